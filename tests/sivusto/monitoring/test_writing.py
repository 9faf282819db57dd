"""What went in comes out the same, in every kind of file."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from seuranta.report import MeasureReport, Month, Report, WorkPackageReport
from sivusto.monitoring.reading.opening import blocks_of, text_blocks
from sivusto.monitoring.reading.reader import read
from sivusto.monitoring.reading.wordfile import read_word
from sivusto.monitoring.reading.workbookfile import read_workbook
from sivusto.monitoring.writing.commas import csv_lines
from sivusto.monitoring.writing.sheet import Sheet
from sivusto.monitoring.writing.webtable import table_html
from sivusto.monitoring.writing.worddocument import word_document
from sivusto.monitoring.writing.workbook import workbook
from tests.sivusto.monitoring.reading.samples import TORN


def bytes_of(file):
    with file:
        return file.read()


def through_csv(report):
    return text_blocks("".join(csv_lines(report)))


def through_page(report):
    return text_blocks(f"<!doctype html>{table_html(Sheet(report))}")


def through_word(report):
    return read_word(bytes_of(word_document(Sheet(report, "Auto", "1.1.2025 – 30.6.2025"))))


def through_workbook(report):
    return read_workbook(bytes_of(workbook(Sheet(report, "Auto"))))


WAYS = [through_csv, through_page, through_word, through_workbook]
HAND_MADE = Report(
    (
        WorkPackageReport("", (MeasureReport("Aloitetaan", status="On."),)),
        WorkPackageReport(
            "Työpaketti 1: Auto",
            (
                MeasureReport(
                    "Hankitaan <auto> & perävaunu",
                    details="Kahdessa osassa:\n• auto\n• perävaunu",
                    unit="Kirjastopalvelut",
                    months=(Month(2024, 12), Month(2025, 1), Month(2025, 3)),
                    state="running",
                    status='=SUMMA(A1) on 3 000 €\n• yksi\n• kaksi\nloppu; "lainaus"',
                    next_steps="'Tilataan",
                ),
                MeasureReport("Ei vielä raportoitu"),
            ),
        ),
        WorkPackageReport("Kylien oma tavoite", (MeasureReport("Ajetaan", state="late"),)),
        WorkPackageReport("TAVOITE 9. Tyhjä"),
    )
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("report", [HAND_MADE, read(text_blocks(TORN)).report])
def test_a_report_comes_back_as_it_went(way, report):
    assert read(way(report)).report == report


@pytest.mark.parametrize("way", WAYS)
def test_nothing_but_the_documents_own_name_is_left_over(way):
    texts = {scrap.reason for scrap in read(way(HAND_MADE)).not_understood}
    assert texts <= {"Asiakirjan tai taulukon nimi."}


SENTENCES = st.lists(
    st.sampled_from(
        ["Hankitaan", "auto", "kylille", "2025", "3 000 €", "<b>", "&amp;", "ja", "-", "x.", "Åbo"]
    ),
    min_size=1,
    max_size=6,
).map(lambda words: " ".join(["Teksti", *words]))
TEXTS = st.lists(st.builds(str.__add__, st.sampled_from(["", "• "]), SENTENCES), max_size=4).map(
    "\n".join
)
MEASURES = st.builds(
    MeasureReport,
    title=SENTENCES,
    details=TEXTS,
    unit=st.sampled_from(["", "Kirjasto", "Liikenne ja katu"]),
    months=st.sets(st.builds(Month, st.integers(2023, 2025), st.integers(1, 12)), max_size=6).map(
        lambda months: tuple(sorted(months))
    ),
    state=st.sampled_from(["", "not_started", "running", "done", "late", "discontinued"]),
    status=TEXTS,
    next_steps=TEXTS,
)
PACKAGES = st.lists(st.lists(MEASURES, max_size=3), min_size=1, max_size=4)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40, deadline=None)
@given(packages=PACKAGES)
def test_any_report_comes_back_as_it_went(way, packages):
    # A text that looks like a tag is taken for one where cells may hold tags.
    report = Report(
        tuple(
            WorkPackageReport(f"Tavoite {number}: Osa", tuple(measures))
            for number, measures in enumerate(packages, start=1)
        )
    )
    if way is through_csv:
        report = Report.from_data(_without_tags(report.as_data()))
    assert read(way(report)).report == report


def _without_tags(value):
    if isinstance(value, str):
        return value.replace("<b>", "b").replace("&amp;", "ja")
    if isinstance(value, dict):
        return {key: _without_tags(inner) for key, inner in value.items()}
    return [_without_tags(inner) for inner in value] if isinstance(value, list | tuple) else value


def test_no_cell_is_a_formula():
    report = Report(
        (WorkPackageReport("=1+1", (MeasureReport("@SUMMA", status="+3", unit="-4"),)),)
    )
    cells = "".join(csv_lines(report)).splitlines()[1].split(";")
    assert all(cell.startswith("'") for cell in cells if cell)
    book = load_workbook(io.BytesIO(bytes_of(workbook(Sheet(report)))))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}


def test_office_files_open_as_files_too():
    for make in (word_document, workbook):
        data = bytes_of(make(Sheet(HAND_MADE)))
        assert read(blocks_of(data)).report == HAND_MADE


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_a_report_that_libreoffice_has_saved_is_still_the_same(kind):
    """The files are the hand-made report, opened and saved anew by LibreOffice 7.4."""
    data = (Path(__file__).parent / "files" / f"libreoffice.{kind}").read_bytes()
    report = read(blocks_of(data)).report
    kept = [package for package in HAND_MADE.work_packages if package.measures]
    assert [package for package in report.work_packages if package.measures] == kept
