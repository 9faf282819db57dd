"""The site's own settings, with some files and pages to measure against."""

import os
import random
from pathlib import Path

from sivusto.settings import *  # noqa: F403
from sivusto.settings import MIDDLEWARE, STATICFILES_DIRS, VAR_DIR

ROOT_URLCONF = "benchmarks.served.urls"
MIDDLEWARE = ["benchmarks.served.urls.tell_worker", *MIDDLEWARE]
STATIC_ROOT = VAR_DIR / "benchmark_static"
FILE_SIZES = range(1000, 20_000, 250)

# Files that cannot be made smaller, so that as many bytes go over the wire as they have.
_files = Path(VAR_DIR) / "benchmark_files"
_files.mkdir(parents=True, exist_ok=True)
for _size in FILE_SIZES:
    if not (_file := _files / f"koe-{_size}.txt").exists():
        _whole = _file.with_suffix(f".{os.getpid()}")
        _whole.write_bytes(random.Random(_size).randbytes(_size))
        _whole.rename(_file)
STATICFILES_DIRS = [*STATICFILES_DIRS, _files]
