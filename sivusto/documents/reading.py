"""The asking side: one child process for each file, killed if it lasts."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sivusto.documents.model import DocumentError, Limits, Text

PROJECT = Path(__file__).resolve().parents[2]
READ = (".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".txt", ".csv")
# What the process needs to find its libraries; secrets of the site stay out of it.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
TOO_HEAVY = (
    "Tiedoston lukeminen keskeytettiin, sillä se vei liikaa aikaa tai muistia. Tiedosto on "
    "tallessa ja ladattavissa."
)


def read_document(path: Path, limits: Limits | None = None) -> Text:
    """Return the text of a file, read by its ending, which was checked when it came.

    Raises DocumentError for what cannot be read and when the reader ends at its limits, at the
    latest after ``limits.seconds`` of any time; this process keeps only the text in memory.
    """
    limits = limits or Limits()
    answer = _asked(path, limits)
    if "error" in answer:
        raise DocumentError(answer["error"])
    return Text.unpacked(answer)


def _asked(path: Path, limits: Limits) -> dict[str, Any]:
    arguments = [path.suffix.lower(), json.dumps(asdict(limits))]
    try:
        with path.open("rb") as file:
            done = subprocess.run(  # noqa: S603 our own module; nothing of the file is in the command
                [sys.executable, "-m", "sivusto.documents.worker", *arguments],
                stdin=file,
                capture_output=True,
                timeout=limits.seconds,
                cwd=PROJECT,
                env=_environment(),
                check=False,
            )
    except OSError as error:
        raise DocumentError("Tiedostoa ei löydy palvelimelta.") from error
    except subprocess.TimeoutExpired as error:
        raise DocumentError(TOO_HEAVY) from error
    if done.returncode != 0:
        raise DocumentError(TOO_HEAVY)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    # One arena: each further one reserves address space, which the memory limit counts.
    return passed | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}
