"""Table files to test with, as spreadsheets and people make them."""

import io
import zipfile
from typing import Any

import openpyxl


def workbook(*rows: Any, others: tuple[str, ...] = ()) -> bytes:
    """A workbook of rows, and empty sheets after it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for name in others:
        book.create_sheet(name)
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, **cells: Any) -> bytes:
    """The workbook with some cells of its first sheet changed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    return saved(book)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of the files in it replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry.filename))
        new.writestr(name, content)
    return out.getvalue()
