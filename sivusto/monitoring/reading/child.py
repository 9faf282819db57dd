"""The process that opens office files: one file in by standard input, its blocks out as JSON.

Started by ``sivusto.monitoring.reading.opening``. A bomb takes only this process with it.
"""

import io
import json
import os
import sys
import zipfile
from typing import Any

from sivusto.monitoring.reading.blocks import UnreadableError, as_data

try:
    import resource
except ImportError:  # no such limits on Windows
    resource = None  # type: ignore[assignment]

MEMORY_LIMIT = 1024**3
LARGEST_UNPACKED = 200 * 1024 * 1024
BROKEN = "Tiedosto on rikki tai suojattu salasanalla. Avaa se ja tallenna uudelleen."
TOO_LARGE = "Tiedosto on purettuna liian suuri luettavaksi."


def main() -> None:
    """Read what the first argument says is in standard input."""
    kind, seconds = sys.argv[1], int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    data = sys.stdin.buffer.read()
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_answer(kind, data), answers, ensure_ascii=False)
    answers.close()


def _answer(kind: str, data: bytes) -> dict[str, Any]:
    try:
        _check_size(data)
        return {"blocks": as_data(_read(kind, data))}
    except UnreadableError as error:
        return {"problem": str(error)}
    except (MemoryError, RecursionError):
        return {"problem": TOO_LARGE}
    except Exception as error:  # the libraries raise whatever a broken file makes them raise
        print(f"{type(error).__name__}: {error}"[:500], file=sys.stderr)  # noqa: T201
        return {"problem": BROKEN}


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
            raise UnreadableError(TOO_LARGE)


def _read(kind: str, data: bytes) -> Any:
    if kind == "docx":
        from sivusto.monitoring.reading.wordfile import read_word  # noqa: PLC0415 - after the limits

        return read_word(data)
    from sivusto.monitoring.reading.workbookfile import read_workbook  # noqa: PLC0415

    return read_workbook(data)


if __name__ == "__main__":
    main()
