"""A report as a DOCX file: one table on landscape A4, its head repeated on every page.

The table's XML is written here: the library makes a table of a thousand rows cell by cell, which
takes it minutes.
"""

import tempfile
from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from seuranta.report import BULLET, MeasureReport
from sivusto.monitoring.writing.sheet import MARK, Sheet

TWIPS_PER_CM = 567
WIDTH = 26.7  # cm of an A4 on its side between margins of 1.5 cm
MONTH_WIDTH = 0.62
WIDE_MONTH = 1.15
FEW_MONTHS = 12
NARROWEST = 8.0  # cm for all columns before the months
HEAD = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
BODY = "<w:trPr><w:cantSplit/></w:trPr>"
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E4EFF3"/>'


def word_document(sheet: Sheet, author: str = "") -> IO[bytes]:
    """Write the document, from its beginning to be read."""
    document = Document()
    _set_up(document, sheet, author)
    document.add_paragraph(sheet.title or "Seurantaraportti", style="Title")
    if sheet.period:
        document.add_paragraph(f"Raportointijakso {sheet.period}", style="Subtitle")
    body = document.element.body
    body.insert(len(body) - 1, parse_xml("".join(_table(sheet))))  # before the section's own
    # Closed by the response that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    document.save(file)
    file.seek(0)
    return file


def _set_up(document: "Document", sheet: Sheet, author: str) -> None:  # type: ignore[valid-type]
    section = document.sections[0]  # type: ignore[attr-defined]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    properties = document.core_properties  # type: ignore[attr-defined]
    properties.title, properties.author = sheet.title, author
    properties.subject, properties.language = sheet.period, "fi-FI"
    normal = document.styles["Normal"]  # type: ignore[attr-defined]
    normal.font.size = Pt(9)
    normal.paragraph_format.space_after = Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fi-FI")
    normal.element.get_or_add_rPr().append(language)
    document.styles["Title"].font.size = Pt(20)  # type: ignore[attr-defined]


def _table(sheet: Sheet) -> Iterator[str]:
    widths = _widths(sheet)
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
    yield '<w:tblLayout w:type="fixed"/>'
    yield '<w:tblCellMar><w:left w:w="55" w:type="dxa"/>'
    yield '<w:right w:w="55" w:type="dxa"/></w:tblCellMar>'
    yield '<w:tblLook w:firstRow="1" w:val="0020"/></w:tblPr>'
    yield "<w:tblGrid>"
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield from _heads(sheet)
    for package in sheet.report.work_packages:
        if package.title:
            title = _cell(package.title, span=sheet.width, more=SHADE, is_bold=True)
            yield f"<w:tr>{BODY}{title}</w:tr>"
        for measure in package.measures:
            yield _row(sheet, measure)
    yield "</w:tbl>"


def _widths(sheet: Sheet) -> list[int]:
    """Share the page's width, in twentieths of a point; many months make each narrower."""
    most = WIDTH - NARROWEST
    wanted = WIDE_MONTH if len(sheet.months) <= FEW_MONTHS else MONTH_WIDTH
    month = min(wanted, most / max(1, len(sheet.months)))
    left = WIDTH - month * len(sheet.months)
    parts = sum(column.width for column in sheet.columns)
    shares = [left * column.width / parts for column in sheet.columns]
    return [round(cm * TWIPS_PER_CM) for cm in [*shares, *[month] * len(sheet.months)]]


def _heads(sheet: Sheet) -> Iterator[str]:
    has_months = bool(sheet.months)
    begins = '<w:vMerge w:val="restart"/>' if has_months else ""
    yield f"<w:tr>{HEAD}"
    yield from (_cell(column.head, more=begins, is_bold=True) for column in sheet.columns)
    for year, months in sheet.years():
        label = f"Vuosi {year}" if len(months) > 2 else str(year)
        yield _cell(label, span=len(months), is_bold=True)
    yield "</w:tr>"
    if has_months:
        yield f"<w:tr>{HEAD}"
        yield from (_cell("", more="<w:vMerge/>") for _column in sheet.columns)
        yield from (_cell(str(month.month), is_bold=True) for month in sheet.months)
        yield "</w:tr>"


def _row(sheet: Sheet, measure: MeasureReport) -> str:
    planned = set(measure.months)
    texts = (_cell(sheet.text(measure, column)) for column in sheet.columns)
    marks = (_cell(MARK if month in planned else "") for month in sheet.months)
    return f"<w:tr>{BODY}{''.join(texts)}{''.join(marks)}</w:tr>"


def _cell(text: str, *, span: int = 1, more: str = "", is_bold: bool = False) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    lines = "".join(_paragraph(line, is_bold=is_bold) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{merged}{more}</w:tcPr>{lines}</w:tc>"


def _paragraph(line: str, *, is_bold: bool) -> str:
    if not line:
        return "<w:p/>"
    is_item = line.startswith(BULLET)
    style = '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>' if is_item else ""
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    words = escape(line.removeprefix(BULLET))
    return f'<w:p>{style}<w:r>{bold}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
