"""The process that reads: a file from standard input, its rows as JSON to standard output.

Started by ``read_table``, never by hand. It ends at its limits.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from sivusto.transfer.tablefile.model import Cell, Limits, TableError, packed
from sivusto.transfer.tablefile.separated import rows_of_text

try:
    import resource
except ImportError:  # no such limits on Windows
    resource = None  # type: ignore[assignment]

WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def main() -> None:
    """Read one file within the limits given as the only argument."""
    limits = Limits(**json.loads(sys.argv[1]))
    _hold(limits)
    data = sys.stdin.buffer.read(limits.file + 1)
    try:
        answer = read(data, limits)
    except TableError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": "Tiedosto vie luettuna liikaa muistia. Tallenna se muodossa CSV."}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def read(data: bytes, limits: Limits) -> dict[str, Any]:
    """Return the table of the file as JSON knows it; raises TableError."""
    sheet, others = "", list[str]()
    rows: Iterable[Iterable[Cell]]
    if data.startswith(OLD_WORKBOOK):
        raise TableError(
            "Tiedosto on vanhaa Excel-muotoa (.xls) tai suojattu salasanalla. Tallenna se muodossa "
            "XLSX ilman salasanaa."
        )
    if data.startswith(WORKBOOK):
        from sivusto.transfer.tablefile import workbook  # noqa: PLC0415 - after the limits

        workbook.check_package(data, limits)
        sheet, others, rows = workbook.first_sheet(data, limits)
    else:
        rows = rows_of_text(data)
    packed_rows = [[packed(cell) for cell in row] for row in _taken(rows, limits)]
    return {"sheet": sheet, "others": others[:20], "rows": packed_rows}


def _taken(rows: Iterable[Iterable[Cell]], limits: Limits) -> Iterator[list[Cell]]:
    """Yield the rows without the empty ones at the end; refuse more than the limits allow."""
    letters, waiting = 0, 0
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if not cells:
            waiting += 1
            continue
        letters += sum(len(cell) for cell in cells if isinstance(cell, str))
        if number > limits.rows:
            raise TableError(
                f"Taulukossa on liikaa rivejä. Kerralla luetaan enintään {limits.rows}."
            )
        if len(cells) > limits.columns:
            raise TableError(
                f"Rivillä {number} on liikaa sarakkeita. Enintään {limits.columns} luetaan."
            )
        if letters > limits.letters:
            raise TableError("Taulukossa on liikaa tekstiä. Jaa se useaan tiedostoon.")
        yield from ([] for _empty in range(waiting))
        waiting = 0
        yield cells


def _hold(limits: Limits) -> None:
    """Let the kernel stop what the checks do not."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
