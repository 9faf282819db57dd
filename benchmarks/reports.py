"""How reading, the page and the PDF of a progress report grow from 10 to 5 000 measures.

Run ``python -m benchmarks.reports``. Every measure has four marked months of twenty-four and some
two hundred letters of status. Reading is measured for text here and for Word and Excel in the
process that opens them, memory included; the page and the parts of the PDF are made of the report
that was read. Each time is told as a multiple of that of ten measures, beside how many times as
many measures there are: what grows less than they do is at most linear.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

SIZES = (10, 100, 1_000, 5_000)
ROOT = Path(__file__).resolve().parents[1]
TEXT = "Työ etenee suunnitelman mukaan, ja seuraavat askeleet on sovittu kylien kanssa. "


def made(number: int) -> Any:
    """Return a report of so many measures in packages of ten."""
    from seuranta.report import MeasureReport, Month, Report, WorkPackageReport

    first = Month(2025, 1).ordinal
    measures = [
        MeasureReport(
            title=f"Kehitetään palvelua {n} yhdessä kylien kanssa",
            months=tuple(sorted(Month.at(first + (n + k) % 24) for k in range(4))),
            status=(TEXT * 3).strip(),
            state="running",
        )
        for n in range(number)
    ]
    return Report(
        tuple(
            WorkPackageReport(
                f"Työpaketti {start // 10 + 1}: Osa", tuple(measures[start : start + 10])
            )
            for start in range(0, number, 10)
        )
    )


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of a call, the better of two, and what it gave."""
    best, result = float("inf"), None
    for _attempt in range(2):
        start = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - start)
    return best, result


def child(kind: str, data: bytes) -> tuple[float, float]:
    """Return the seconds and the megabytes of the process that opens an office file."""
    code = (
        "import re, runpy, sys; sys.argv = ['child', sys.argv[1], '60'];"
        "runpy.run_module('sivusto.monitoring.reading.child', run_name='__main__');"
        "status = open('/proc/self/status').read();"
        "print(re.search(r'VmHWM:\\s*([0-9]+)', status)[1], file=sys.stderr)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, kind],
        input=data,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    seconds = time.perf_counter() - start
    return seconds, int(done.stderr.split()[-1]) / 1024


def page(report: Any) -> int:
    """Make the page of a report from what the database keeps; return its length."""
    from datetime import UTC, date, datetime

    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from hankkeet.models import Project
    from seuranta.models import ReportingPeriod
    from seuranta.standing import figures
    from sivusto.monitoring.periods import Published
    from sivusto.monitoring.project_page import page_context

    project = Project(pk=1, code="H1", name="Kirjastoauto kylille")
    period = ReportingPeriod(
        pk=1,
        project=project,
        start_date=date(2025, 1, 1),
        end_date=date(2025, 6, 30),
        published_at=datetime(2025, 7, 1, tzinfo=UTC),
        contents=report.as_data(),
    )
    period.figures = figures(report, period.last_month)
    found = Published(project, (period,), period, period, is_asked=True)
    request = RequestFactory().get("/hankkeet/H1/seuranta/")
    return len(render_to_string("seuranta/project.html", page_context(found, None), request))


def paper(report: Any) -> tuple[int, float, float, float]:
    """Print all parts of a report, one by one.

    Return how many there are, the seconds of the slowest and of all, and the megabytes that the
    printing process, started anew, has taken at most.
    """
    from datetime import date

    from hankkeet.models import Project
    from seuranta.models import ReportingPeriod
    from sivusto.card.paper import _options
    from sivusto.card.printing import Printer
    from sivusto.monitoring.paper import part_html, sheet_on_paper
    from sivusto.monitoring.periods import Published
    from sivusto.monitoring.writing.parts import MOST_WEIGHT, parts_of

    project = Project(pk=1, code="H1", name="Kirjastoauto kylille")
    days = {"start_date": date(2025, 1, 1), "end_date": date(2025, 6, 30)}
    period = ReportingPeriod(pk=1, project=project, **days, contents=report.as_data())
    found = Published(project, (period,), period, None, is_asked=True)
    printer = Printer(_options())
    printer.print_html("<!doctype html><html lang=fi><title>a</title><p>a</p>")
    sheet = sheet_on_paper(found)
    parts = parts_of(sheet)
    times = []
    for part in parts:
        start = time.perf_counter()
        printer.print_html(part_html(found, sheet, part, len(parts)), MOST_WEIGHT)
        times.append(time.perf_counter() - start)
    status = Path(f"/proc/{printer.process_id}/status").read_text()
    printer.close()
    return len(parts), max(times), sum(times), int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Measure and print one table."""
    from sivusto.monitoring.reading.opening import text_blocks
    from sivusto.monitoring.reading.reader import read
    from sivusto.monitoring.writing.commas import csv_lines
    from sivusto.monitoring.writing.sheet import Sheet
    from sivusto.monitoring.writing.worddocument import word_document
    from sivusto.monitoring.writing.workbook import workbook

    heads = (
        "read text",
        "read Word",
        "MB",
        "read Excel",
        "MB",
        "write Word",
        "page",
        "PDF parts",
        "slowest",
        "all parts",
        "MB",
    )
    print(f"{'measures':>9}", *(f"{head:>11}" for head in heads))
    first: list[float] = []
    for number in SIZES:
        report = made(number)
        text = "".join(csv_lines(report))
        read_s, found = timed(lambda text=text: read(text_blocks(text)))
        assert found.report == report
        write_s, word = timed(lambda report=report: word_document(Sheet(report)))
        word_s, word_mb = child("docx", word.read())
        excel_s, excel_mb = child("xlsx", workbook(Sheet(report)).read())
        page_s, _length = timed(lambda report=report: page(report))
        printed = paper(report)
        values = [read_s, word_s, word_mb, excel_s, excel_mb, write_s, page_s, *printed]
        first = first or values
        print(f"{number:>9}", *(f"{value:>11.3f}" for value in values))
        print(
            f"{f'× {number // SIZES[0]}':>9}",
            *(f"{f'× {v / f:.1f}':>11}" for v, f in zip(values, first, strict=True)),
        )
    print(
        f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
    )


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
    django.setup()
    main()
