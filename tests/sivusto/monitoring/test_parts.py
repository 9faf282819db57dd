"""A long report is printed in parts: nothing is lost between them, and each can be printed."""

import io
import re

import pytest
from pypdf import PdfReader

from seuranta.report import MeasureReport, Month, Report, WorkPackageReport
from sivusto.card.printing import check_printable
from sivusto.monitoring.paper import part_html, sheet_on_paper
from sivusto.monitoring.periods import published
from sivusto.monitoring.writing import parts as cutting
from sivusto.monitoring.writing.parts import numbered, parts_of, sheet_of
from sivusto.monitoring.writing.sheet import Sheet
from tests.builders import a_measure, a_project, a_published_period

TEXTS = {
    "short": "On.",
    "long": "Työ etenee, ja seuraavat askeleet on sovittu. " * 60,
    "lists": "\n".join(f"• kohta {number}" for number in range(40)),
    "signs": "<&>\"' " * 400,
    "endless signs": "<&>" * 200,
    "lines": "\n".join("abc"),
    "endless": "ä" * 3000,
}


def report_of(number, status="On.", in_package=10):
    months = tuple(Month(2025, month) for month in range(1, 13))
    measures = [
        MeasureReport(f"Toimi {n}", unit="Kirjasto", months=months[n % 12 :], status=status)
        for n in range(1, number + 1)
    ]
    packages = [measures[start : start + in_package] for start in range(0, number, in_package)]
    return Report(
        tuple(WorkPackageReport(f"Osa {n}", tuple(own)) for n, own in enumerate(packages, start=1))
    )


@pytest.mark.parametrize("status", TEXTS.values(), ids=TEXTS)
@pytest.mark.django_db
def test_every_part_can_be_printed_and_nothing_is_lost(status):
    project = a_project()
    report = report_of(1000, status)
    period = a_published_period(project)
    type(period).objects.filter(pk=period.pk).update(state="open", contents=None)
    period.refresh_from_db()
    period.lock(report)
    period.publish()
    found = published(project)
    sheet = sheet_on_paper(found)
    parts = parts_of(sheet)
    assert [m for part in parts for m in part.report.measures()] == list(report.measures())
    for part in parts:
        check_printable(part_html(found, sheet, part, len(parts)), cutting.MOST_WEIGHT)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert [part.first for part in parts[1:]] == [part.last + 1 for part in parts[:-1]]
    assert parts[-1].last == 1000


def test_a_part_is_no_smaller_than_it_need_be():
    parts = parts_of(Sheet(report_of(1000)))
    assert len(parts) <= 6


def test_a_package_cut_in_two_says_so_and_one_that_is_whole_does_not(monkeypatch):
    monkeypatch.setattr(cutting, "MOST_WEIGHT", 5000)
    parts = parts_of(Sheet(report_of(300, in_package=300)))
    assert len(parts) > 2
    titles = [[package.title for package in part.report.work_packages] for part in parts]
    assert titles == [["Osa 1"], *[["Osa 1 (jatkuu)"]] * (len(parts) - 1)]
    even = parts_of(Sheet(report_of(parts[0].last + 1, in_package=parts[0].last)))
    assert [[p.title for p in part.report.work_packages] for part in even] == [["Osa 1"], ["Osa 2"]]


def test_a_part_keeps_the_columns_of_the_whole():
    report = Report(
        (
            *report_of(600).work_packages,
            WorkPackageReport("Loppu", (MeasureReport("Viimeinen", next_steps="Jatketaan."),)),
        )
    )
    sheet = Sheet(report)
    first, *_others, last = (sheet_of(sheet, part) for part in parts_of(sheet))
    assert first.columns == last.columns == sheet.columns
    assert first.months == last.months == sheet.months


def test_an_empty_report_is_one_part():
    assert len(parts_of(Sheet(Report()))) == 1
    assert list(numbered(parts_of(Sheet(report_of(1))))) == [(1, "1")]


@pytest.mark.django_db
def test_each_part_is_a_file_of_its_own(client, monkeypatch):
    monkeypatch.setattr(cutting, "MOST_WEIGHT", 2500)
    project = a_project()
    for number in range(1, 31):
        a_measure(project, f"Toimenpide {number}", months=((2025, number % 12 + 1),))
    a_published_period(project)
    address = f"/hankkeet/{project.code}/seuranta/"
    page = client.get(address).text
    count = page.count('href="raportti.pdf?osa=')
    assert count > 1
    assert f"PDF {count} osassa, toimenpiteiden mukaan" in page
    seen = []
    for number in range(1, count + 1):
        response = client.get(f"{address}raportti.pdf?osa={number}")
        paper = PdfReader(io.BytesIO(b"".join(response)))
        text = "".join(sheet.extract_text() for sheet in paper.pages)
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert f"osa {number}/{count}" in paper.metadata.title
        assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in paper.pages)
        assert text.count("Vuosi 2025") == len(paper.pages)
        seen += [int(n) for n in re.findall(r"Toimenpide\s+(\d+)", text)]
    assert "-osa-" in response["Content-Disposition"]
    assert list(dict.fromkeys(seen)) == list(range(1, 31))
    for wrong in (count + 1, 0, -1, "x", "²", "9" * 50):
        assert client.get(f"{address}raportti.pdf?osa={wrong}").status_code == 404
