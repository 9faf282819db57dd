"""XLSX files are read as Excel shows them, however Excel wrote them."""

import pytest

from sivusto.monitoring.reading.opening import blocks_of
from sivusto.monitoring.reading.reader import read
from tests.sivusto.monitoring.reading.office import workbook_file

FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor theme="9" tint="0.59999"/>'
    '<bgColor indexed="64"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor indexed="50"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor theme="0"/><bgColor indexed="64"/>'
    "</patternFill></fill>",
    '<fill><gradientFill degree="90"><stop position="0"><color theme="0"/></stop>'
    '<stop position="1"><color theme="4"/></stop></gradientFill></fill>',
    '<fill><patternFill patternType="lightUp"><fgColor auto="1"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.15"/></patternFill></fill>',
)
THEME, INDEXED, WHITE, GRADIENT, HATCHED, GREY = range(1, 7)  # styles with these fills
MONTH, YEAR, PERCENT = 7, 8, 9  # styles with these number formats
STYLES = f"""<numFmts count="2"><numFmt numFmtId="164" formatCode="[$-40B]mmm\\-yy;@"/>
<numFmt numFmtId="165" formatCode="yyyy"/></numFmts>
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="8">{"".join(FILLS)}</fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="10"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
{"".join(f'<xf numFmtId="0" fontId="0" fillId="{n}" borderId="0" xfId="0"/>' for n in range(2, 8))}
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FF92D050"/></patternFill></fill></dxf></dxfs>
"""
SHARED = (
    "<si><t>Toimenpide</t></si><si><t>Tilanne</t></si>"
    '<si><r><t xml:space="preserve">Hankitaan </t></r><r><rPr><b/><color rgb="FFFF0000"/></rPr>'
    '<t>auto</t></r><rPh sb="0" eb="2"><t>ohje</t></rPh><phoneticPr fontId="1"/></si>'
    "<si><t>Tilattu._x000D_\nSaapuu.</t></si><si><t>Ajetaan</t></si>"
)
NOVEMBER, DECEMBER, JANUARY = 45962, 45992, 46023  # 1.11.2025, 1.12.2025, 1.1.2026 as serials


def c(place, value=None, style=0):
    """Return a cell: a shared string's number as ``s3``, an inline text, or a number."""
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str) and value[0] == "s" and value[1:].isdigit():
        return f'<c r="{place}" t="s" s="{style}"><v>{value[1:]}</v></c>'
    if isinstance(value, str):
        text = f"<is><r><t>{value}</t></r></is>"
        return f'<c r="{place}" t="inlineStr" s="{style}">{text}</c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def row(number, *cells, more=""):
    return f'<row r="{number}" {more}>{"".join(cells)}</row>'


def heads(*, style=MONTH, serials=(NOVEMBER, DECEMBER, JANUARY)):
    months = (c(f"{column}1", day, style) for column, day in zip("CDE", serials, strict=True))
    return row(1, c("A1", "s0"), c("B1", "s1"), *months)


def sheet(*rows, merged=(), before="", after=""):
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return (
        f"{before}<sheetData>{''.join(rows)}</sheetData>"
        f"{f'<mergeCells>{areas}</mergeCells>' if areas else ''}{after}"
    )


def reading_of(*rows, date1904=False, **around):
    sheets = [("Seuranta", "", sheet(*rows, **around))]
    data = workbook_file(sheets, strings=SHARED, styles=STYLES, date1904=date1904)
    return read(blocks_of(data))


def measures_of(reading):
    return [
        (m.title, m.status, " ".join(str(month) for month in m.months))
        for m in reading.report.measures()
    ]


def test_dates_for_heads_and_texts_in_runs_are_read_as_shown():
    reading = reading_of(
        heads(),
        row(2, c("A2", "s2"), c("B2", "s3"), c("D2", 1)),
        row(3, c("A3", "Huolletaan"), c("E3", "x")),
    )
    assert measures_of(reading) == [
        ("Hankitaan auto", "Tilattu.\nSaapuu.", "12/2025"),
        ("Huolletaan", "", "1/2026"),
    ]
    assert reading.not_understood == reading.notes == ()


def test_dates_counted_from_1904_are_the_same_days():
    first = heads(serials=[day - 1462 for day in (NOVEMBER, DECEMBER, JANUARY)])
    reading = reading_of(first, row(2, c("A2", "s4"), c("C2", "x")), date1904=True)
    assert measures_of(reading) == [("Ajetaan", "", "11/2025")]


def test_dates_of_which_only_the_year_is_shown_are_years():
    reading = reading_of(
        row(1, c("A1", "s0"), c("B1", "s1"), c("C1", NOVEMBER, YEAR), c("E1", JANUARY, YEAR)),
        row(2, c("C2", 11), c("D2", 12), c("E2", 1)),
        row(3, c("A3", "s4"), c("D3", "x"), c("E3", "x")),
        merged=["A1:A2", "B1:B2", "C1:D1"],
    )
    assert measures_of(reading) == [("Ajetaan", "", "12/2025 1/2026")]


@pytest.mark.parametrize(
    ("style", "months"),
    [
        (THEME, "11/2025"),
        (INDEXED, "11/2025"),
        (GRADIENT, "11/2025"),
        (HATCHED, "11/2025"),
        (GREY, "11/2025"),
        (WHITE, ""),
    ],
)
def test_a_fill_of_any_kind_marks_a_month_and_white_does_not(style, months):
    reading = reading_of(heads(), row(2, c("A2", "s4"), c("C2", style=style)))
    assert measures_of(reading) == [("Ajetaan", "", months)]


def test_conditional_formats_mark_nothing():
    rule = (
        '<conditionalFormatting sqref="C2:E2"><cfRule type="expression" dxfId="0" priority="1">'
        "<formula>TRUE</formula></cfRule></conditionalFormatting>"
    )
    assert measures_of(reading_of(heads(), row(2, c("A2", "s4")), after=rule)) == [
        ("Ajetaan", "", "")
    ]


def test_merged_cells_reach_over_months_and_titles_over_the_sheet():
    reading = reading_of(
        heads(),
        row(2, c("A2", "Kalusto")),
        row(3, c("A3", "s2"), c("B3", "Yksi."), c("C3", style=THEME), c("D3", style=THEME)),
        row(4, c("B4", "Kaksi.")),
        merged=["A2:E2", "A3:A4", "C3:D3"],
    )
    assert [package.title for package in reading.report.work_packages] == ["Kalusto"]
    assert measures_of(reading) == [("Hankitaan auto", "Yksi.\nKaksi.", "11/2025 12/2025")]


def test_hidden_rows_columns_and_sheets_are_not_read_and_it_is_told():
    shown = sheet(
        heads(),
        row(2, c("A2", "s4"), c("B2", "Salainen."), c("C2", "x"), c("D2", "x"), c("E2", "x")),
        row(3, c("A3", "Piilossa"), c("C3", "x"), more='hidden="1"'),
        row(4, c("A4", "Kalusto")),
        row(5, c("A5", "s2")),
        before='<cols><col min="2" max="3" width="0" hidden="1" customWidth="1"/></cols>',
        merged=["A4:E4"],
    )
    other = sheet(row(1, c("A1", "Muualla"), c("B1", "x")))
    sheets = [
        ("Seuranta", "", shown),
        ("Pohja", 'state="hidden"', other),
        ("Koodit", 'state="veryHidden"', other),
    ]
    reading = read(blocks_of(workbook_file(sheets, strings=SHARED, styles=STYLES)))
    assert measures_of(reading) == [
        ("Ajetaan", "", "12/2025 1/2026"),
        ("Hankitaan auto", "", ""),
    ]
    assert reading.notes == ("Piilotettuja ei luettu: välilehti Seuranta, 1 riviä ja 2 saraketta.",)


def test_a_title_over_hidden_columns_is_seen_where_its_area_is():
    reading = reading_of(
        row(1, c("B1", "s0"), c("C1", "s1"), c("D1", NOVEMBER, MONTH), c("E1", DECEMBER, MONTH)),
        row(2, c("A2", "Kalusto")),
        row(3, c("B3", "s4"), c("D3", "x")),
        before='<cols><col min="1" max="1" hidden="1"/></cols>',
        merged=["A2:E2"],
    )
    assert [package.title for package in reading.report.work_packages] == ["Kalusto"]


def test_each_visible_sheet_is_a_work_package_of_its_own():
    sheets = [
        ("Auto", "", sheet(heads(), row(2, c("A2", "s2"), c("C2", "x")))),
        ("Reitit", "", sheet(heads(), row(2, c("A2", "s4"), c("E2", "x")))),
    ]
    reading = read(blocks_of(workbook_file(sheets, strings=SHARED, styles=STYLES)))
    assert [(p.title, p.measures[0].title) for p in reading.report.work_packages] == [
        ("Auto", "Hankitaan auto"),
        ("Reitit", "Ajetaan"),
    ]


def test_a_hundred_per_cent_is_done():
    reading = reading_of(
        row(1, c("A1", "s0"), c("B1", "Toteutumisaste"), c("C1", NOVEMBER, MONTH)),
        row(2, c("A2", "s4"), c("B2", 1, PERCENT)),
    )
    assert [measure.state for measure in reading.report.measures()] == ["done"]


def test_colours_far_below_the_words_do_not_make_a_sheet_long():
    reading = reading_of(
        heads(), row(2, c("A2", "s4"), c("C2", "x")), row(1048576, c("A1048576", style=THEME))
    )
    assert measures_of(reading) == [("Ajetaan", "", "11/2025")]
