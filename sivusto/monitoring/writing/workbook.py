"""A report as an XLSX file: titles over the whole width, years over their months."""

import tempfile
from typing import IO, Any

import xlsxwriter

from sivusto.monitoring.writing.sheet import MARK, Sheet

LONGEST_CELL = 32_767  # Excel's own limit
HEAD_ROWS = 2


def workbook(sheet: Sheet, author: str = "") -> IO[bytes]:
    """Write the workbook, from its beginning to be read. No text turns into a formula or link."""
    # Closed by the response that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": sheet.title, "author": author, "subject": sheet.period})
        _Filler(book, sheet).fill()
    file.seek(0)
    return file


class _Filler:
    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.sheet = sheet
        self.page = book.add_worksheet("Seuranta")
        frame = {"border": 1, "valign": "top"}
        self.head = book.add_format({**frame, "bold": True, "text_wrap": True})
        self.month = book.add_format({**frame, "bold": True, "align": "center"})
        self.title = book.add_format(
            {**frame, "bold": True, "bg_color": "#E4EFF3", "text_wrap": True}
        )
        self.text = book.add_format({**frame, "text_wrap": True})
        self.mark = book.add_format({**frame, "align": "center"})

    def fill(self) -> None:
        """Write heads and rows, and how they are printed."""
        self._heads()
        row = HEAD_ROWS
        for package in self.sheet.report.work_packages:
            if package.title:
                area = (row, 0, row, self.sheet.width - 1)
                self._merged(area, package.title, self.title)
                row += 1
            for measure in package.measures:
                for place, column in enumerate(self.sheet.columns):
                    text = self.sheet.text(measure, column)[:LONGEST_CELL]
                    self.page.write_string(row, place, text, self.text)
                planned = set(measure.months)
                for place, month in enumerate(self.sheet.months, start=len(self.sheet.columns)):
                    mark = MARK if month in planned else ""
                    self.page.write_string(row, place, mark, self.mark)
                row += 1
        self.page.freeze_panes(HEAD_ROWS, 1)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0, HEAD_ROWS - 1)

    def _heads(self) -> None:
        for place, column in enumerate(self.sheet.columns):
            self.page.set_column(place, place, column.width)
            self._merged((0, place, HEAD_ROWS - 1, place), column.head, self.head)
        place = len(self.sheet.columns)
        for year, months in self.sheet.years():
            self._merged((0, place, 0, place + len(months) - 1), f"Vuosi {year}", self.month)
            for month in months:
                self.page.set_column(place, place, 4)
                self.page.write_number(1, place, month.month, self.month)
                place += 1

    def _merged(self, area: tuple[int, int, int, int], text: str, style: Any) -> None:
        """Write a text over an area: its top, left, bottom and right."""
        top, left, bottom, right = area
        if (top, left) != (bottom, right):
            self.page.merge_range(*area, "", style)
        self.page.write_string(top, left, text, style)
