"""A report as CSV for Excel in Finnish: one line a measure, its work package in the first cell."""

import csv
import io
from collections.abc import Iterator

from seuranta.report import Report
from sivusto.answers.tables import BOM, as_text
from sivusto.monitoring.writing.sheet import MARK, PACKAGE, Sheet


def csv_lines(report: Report) -> Iterator[str]:
    """Write the table: BOM, semicolons, CRLF; no cell is a formula."""
    sheet = Sheet(report)
    heads = [column.head for column in sheet.columns]
    yield BOM + _line([PACKAGE, *heads, *map(str, sheet.months)])
    for package in report.work_packages:
        if not package.measures:
            yield _line([package.title, *[""] * sheet.width])
        for measure in package.measures:
            planned = set(measure.months)
            yield _line(
                [
                    package.title,
                    *(sheet.text(measure, column) for column in sheet.columns),
                    *(MARK if month in planned else "" for month in sheet.months),
                ]
            )


def _line(cells: list[str]) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerow(map(_guarded, cells))
    return file.getvalue()


def _guarded(cell: str) -> str:
    """Keep a cell text; an apostrophe of its own gets one before it, which reading takes off."""
    return f"'{cell}" if cell.startswith("'") else as_text(cell)
