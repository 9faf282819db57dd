"""The asking side: one child process for each file, killed if it lasts."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sivusto.transfer.tablefile.model import Limits, Table, TableError, unpacked

PROJECT = Path(__file__).resolve().parents[3]
# What the process needs to find its libraries; secrets of the site stay out of it.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
PATIENCE = 2  # times the processor time: a busy machine is slower than its clock says


def read_table(data: bytes, limits: Limits | None = None) -> Table:
    """Return the rows of an XLSX or CSV file, whichever it is by its content.

    CSV may be UTF-8, UTF-16 or Windows-1252 and have semicolons, commas or tabs. Raises TableError
    for what is no table, for what is too large, and when the reader ends at its limits; this
    process keeps only the file and its rows in memory.
    """
    limits = limits or Limits()
    if len(data) > limits.file:
        size = limits.file // (1024 * 1024)
        raise TableError(f"Tiedosto on liian suuri. Kerralla luetaan enintään {size} Mt.")
    if not data.strip():
        raise TableError("Tiedosto on tyhjä.")
    answer = _asked(data, limits)
    if "error" in answer:
        raise TableError(answer["error"])
    rows = [[unpacked(cell) for cell in row] for row in answer["rows"]]
    return Table(rows, answer["sheet"], answer["others"])


def _asked(data: bytes, limits: Limits) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 our own module; nothing of the file is in the command
            [sys.executable, "-m", "sivusto.transfer.tablefile.worker", json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            timeout=limits.seconds * PATIENCE,
            cwd=PROJECT,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TableError(_too_heavy()) from error
    if done.returncode != 0:
        raise TableError(_too_heavy())
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _too_heavy() -> str:
    return (
        "Tiedoston lukeminen keskeytettiin, sillä se vei liikaa aikaa tai muistia. Tallenna "
        "taulukko muodossa CSV ja yritä uudelleen."
    )


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    # One arena: each further one reserves address space, which the memory limit counts.
    return passed | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}
