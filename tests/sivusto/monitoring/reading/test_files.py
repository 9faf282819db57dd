"""Office files are read in a process of their own, and what is wrong with them is told."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from sivusto.monitoring.reading.blocks import UnreadableError
from sivusto.monitoring.reading.opening import LARGEST_FILE, blocks_of
from sivusto.monitoring.reading.reader import read


def shape(data):
    reading = read(blocks_of(data))
    return {
        package.title: {m.title: [str(month) for month in m.months] for m in package.measures}
        for package in reading.report.work_packages
    }


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def shaded(cell, colour):
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), colour)
    shade.set(qn("w:val"), "clear")
    cell._tc.get_or_add_tcPr().append(shade)


@pytest.fixture
def word():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Luottamuksellinen"
    document.add_heading("Kirjastoauto", 1)
    table = document.add_table(8, 5)
    texts = {
        (0, 0): "Toimenpide",
        (0, 1): "Tilanne",
        (0, 2): "2025",
        (1, 2): "11",
        (1, 3): "12",
        (1, 4): "1",
        (2, 0): "Työpaketti 1: Auto",
        (3, 0): "Hankitaan auto",
        (3, 1): "Tilattu.",
        (3, 2): "v",
        (4, 1): "Saapuu.",
        (5, 0): "Lihavoitu otsikko",
        (6, 0): "Ajetaan",
        (7, 0): "Huolletaan",
    }
    for (row, column), text in texts.items():
        table.cell(row, column).text = text
    table.cell(0, 2).merge(table.cell(0, 4))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(2, 4))
    table.cell(3, 0).merge(table.cell(4, 0))
    table.cell(5, 0).paragraphs[0].runs[0].bold = True
    shaded(table.cell(6, 4), "92D050")
    table.cell(6, 1).add_paragraph("yksi", style="List Bullet")
    for column in range(5):
        shaded(table.cell(7, column), "EEEEEE")
    return document


def test_a_word_file_gives_titles_merged_cells_lists_and_colours(word):
    data = saved(word)
    assert shape(data) == {
        "Työpaketti 1: Auto": {"Hankitaan auto": ["11/2025"]},
        "Lihavoitu otsikko": {"Ajetaan": ["1/2026"], "Huolletaan": []},
    }
    reading = read(blocks_of(data))
    assert [measure.status for measure in reading.report.measures()] == [
        "Tilattu.\nSaapuu.",
        "• yksi",
        "",
    ]
    assert {scrap.text for scrap in reading.not_understood} == {
        "Kirjastoauto",
        "Luottamuksellinen",
    }


def test_a_workbook_gives_dates_merged_cells_and_colours():
    from datetime import date

    book = Workbook()
    sheet = book.active
    sheet.append(["Toimenpide", "Vastuu", "Tilanne", date(2025, 11, 1), date(2025, 12, 1)])
    sheet.append(["Auto ja reitit"])
    sheet.merge_cells("A2:E2")
    sheet.append(["Hankitaan auto", "Kirjasto", "Tilattu.\nSaapuu.", None, True])
    sheet.append(["Ajetaan", None, None, None, 1])
    sheet["D4"].fill = PatternFill("solid", fgColor="FF92D050")
    sheet["A3"].font = Font(bold=True)
    assert shape(saved(book)) == {
        "Auto ja reitit": {"Hankitaan auto": ["12/2025"], "Ajetaan": ["11/2025", "12/2025"]}
    }
    first = next(read(blocks_of(saved(book))).report.measures())
    assert (first.unit, first.status) == ("Kirjasto", "Tilattu.\nSaapuu.")


def test_hidden_sheets_stay_hidden_and_others_follow_each_other():
    book = Workbook()
    rows = [["Toimenpide", "Tilanne", "1/2025"], ["Hankitaan auto", "On.", "x"]]
    for row in rows:
        book.active.append(row)
    other, hidden = book.create_sheet("Osahanke"), book.create_sheet("Salaisuus")
    other.append(["Ajetaan", "Ei."])
    hidden.append(["Salataan", "Ei."])
    hidden.sheet_state = "hidden"
    assert shape(saved(book)) == {
        "Sheet": {"Hankitaan auto": ["1/2025"]},
        "Osahanke": {"Ajetaan": []},
    }


def bomb(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 300 * 1024 * 1024)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"0" * (LARGEST_FILE + 1), "liian suuri"),
        (b"", "tyhjä"),
        (b"PK\x03\x04word/ rikki", "rikki"),
        (b"%PDF-1.7", "PDF-tiedosto"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "vanha Office-tiedosto"),
        (b"\x89PNG\r\n", "kuva"),
    ],
)
def test_what_cannot_be_read_is_told_in_finnish(data, message):
    with pytest.raises(UnreadableError, match=message):
        blocks_of(data)


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml"])
def test_a_bomb_is_refused_before_it_is_opened(name):
    with pytest.raises(UnreadableError, match="purettuna liian suuri"):
        blocks_of(bomb(name))


def test_a_bomb_that_lies_of_its_size_ends_alone():
    data = bytearray(bomb("word/document.xml"))
    at = data.rindex(b"PK\x01\x02")  # the list of contents says how large the member is
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(UnreadableError):
        blocks_of(bytes(data))


def test_a_file_that_takes_too_long_is_given_up(monkeypatch, word):
    monkeypatch.setattr("sivusto.monitoring.reading.opening.SECONDS", 0)
    with pytest.raises(UnreadableError, match="ei saatu luettua ajassa"):
        blocks_of(saved(word))


def test_a_table_that_reaches_too_far_is_refused():
    with pytest.raises(UnreadableError, match="saraketta"):
        blocks_of(b"<table><tr>" + b"<td colspan=1000000>a</td>" * 500 + b"</tr></table>")
