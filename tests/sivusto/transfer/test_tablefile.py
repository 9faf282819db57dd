"""A table file is read in a process of its own, however spreadsheets wrote it, within limits."""

import resource
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from sivusto.transfer.tablefile import Limits, TableError, Wrong, read_table
from tests.sivusto.transfer.table.files import saved, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = b"</sheetData></worksheet>"


def test_a_workbook_gives_values_of_their_kinds():
    data = workbook(
        ["Tunnus", None, "Päivä"],
        ["H1", 166666.67, date(2014, 12, 31)],
        [],
        [True, 3, datetime(2014, 12, 31, 10, 30)],  # noqa: DTZ001 as spreadsheets have it
        others=("Ohje",),
    )
    table = read_table(data)
    assert [list(row) for row in table.rows] == [
        ["Tunnus", None, "Päivä"],
        ["H1", Decimal("166666.67"), date(2014, 12, 31)],
        [],
        [True, Decimal(3), date(2014, 12, 31)],
    ]
    assert (table.sheet, list(table.other_sheets)) == ("Sheet", ["Ohje"])


def test_an_error_of_the_spreadsheet_is_no_text():
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "#REF!"
    book.worksheets[0]["A1"].data_type = "e"
    assert read_table(saved(book)).rows == [[Wrong("#REF!")]]


def test_a_workbook_of_another_writer_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["ä", 1.5])
    assert read_table(path.read_bytes()).rows == [["ä", Decimal("1.5")]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_text_tables_are_read_however_they_are_written(encoding, separator, newline):
    lines = [separator.join(row) for row in (["Tunnus", "Päivä", "x"], ["H1", '"a;,b"', ""])]
    table = read_table(newline.join(lines).encode(encoding))
    assert [list(row) for row in table.rows] == [["Tunnus", "Päivä", "x"], ["H1", "a;,b"]]


def test_excels_own_first_line_tells_the_separator():
    assert read_table(b"sep=,\r\na;b;c,d\r\n").rows == [["a;b;c", "d"]]


def test_a_cell_may_hold_lines_and_quotes():
    assert read_table(b'a;"rivi ""1""\r\nrivi 2"').rows == [["a", 'rivi "1"\r\nrivi 2']]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tyhjä"),
        (b"  \r\n", "tyhjä"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "vanhaa Excel-muotoa"),
        (b"PK\x03\x04" + b"x" * 600, "vioittunut"),
        (b"%PDF-1.7\n\x00\x01\x02", "ei ole taulukko"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "ei ole taulukko"),
        (b"x" * (Limits().file + 1), "liian suuri"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, words):
    with pytest.raises(TableError, match=words):
        read_table(data)


def test_another_package_is_no_workbook():
    with pytest.raises(TableError, match="ei ole Excel-työkirja"):
        read_table(
            with_part(workbook(), "xl/workbook.xml", b"").replace(b"xl/workbook", b"xl/wordbook")
        )


def test_a_broken_sheet_is_refused_in_words():
    with pytest.raises(TableError, match="vioittunut"):
        read_table(with_part(workbook(["a"]), SHEET, HEAD + b"<row><c"))


def test_a_far_cell_costs_nothing_and_is_refused():
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["XFD1048576"] = "a", "b"
    assert read_table(saved(book)).rows == [["a"]]
    book.worksheets[0].cell(7, Limits().columns + 1, "c")
    with pytest.raises(TableError, match="Rivillä 7 on liikaa sarakkeita"):
        read_table(saved(book))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(rows=2), "liikaa rivejä"),
        (Limits(columns=1), "liikaa sarakkeita"),
        (Limits(letters=5), "liikaa tekstiä"),
        (Limits(unpacked=100), "purettuna liian suuri"),
        (Limits(seconds=0), "keskeytettiin"),
        (Limits(memory=30_000_000), "keskeytettiin"),
    ],
)
def test_each_limit_is_told(limits, words):
    with pytest.raises(TableError, match=words):
        read_table(workbook(["aaa", "bbb"], ["c", "d"], ["e", "f"]), limits)


BOMBS = {
    "one enormous cell": (
        HEAD
        + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
        + b"a" * 60_000_000
        + b"</t></is></c></row>"
        + FOOT
    ),
    "a gigabyte of nothing": HEAD + b" " * 300_000_000,
    "names within names": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
        + b"ha" * 100
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
        + b"]>"
        + HEAD
        + b'<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>'
        + FOOT
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_dies_alone(bomb):
    data = with_part(workbook(["a"]), SHEET, BOMBS[bomb])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TableError):
        read_table(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
