"""Measure the list of all projects as CSV, XLSX and JSON; run it from the project's root.

    python -m benchmarks.export [csv|xlsx|json …]

Asks the site's own views in this process, on the database of DATABASE_URL (a register made with
`manage.py make_register`), and takes the answer piece by piece as a server would. The peer is one
COPY … TO STDOUT (FORMAT csv) of the same columns, the names put together by the database.

Prints the time to the first byte and the last, by the clock and in processor time of this process,
the growth of this process's largest memory over what a first small answer left, and the ratio of
the whole to the peer's, both measured in the same run.
"""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from hankkeet.models import Project  # noqa: E402
from sivusto.answers.views import list_csv, list_json, list_xlsx  # noqa: E402

VIEWS = {"csv": list_csv, "xlsx": list_xlsx, "json": list_json}
PEER = """
COPY (
    SELECT p.code, 'https://hankkeet.example.fi/hankkeet/' || p.code, p.name, p.phase, t.name,
        (SELECT string_agg(o.name, ', ') FROM hankkeet_project_portfolios l
            JOIN salkut_portfolio o ON o.id = l.portfolio_id WHERE l.project_id = p.id),
        p.start_date, p.end_date, p.total_cost,
        (SELECT string_agg(DISTINCT f.name, ', ') FROM rahoitus_fundingshare s
            JOIN rahoitus_funder f ON f.id = s.funder_id WHERE s.project_id = p.id),
        (SELECT string_agg(DISTINCT f.name, ', ') FROM rahoitus_fundingshare s
            JOIN rahoitus_programme f ON f.id = s.programme_id WHERE s.project_id = p.id),
        (SELECT string_agg(o.name, ', ' ORDER BY i.position) FROM hankkeet_implementer i
            JOIN hankkeet_organisation o ON o.id = i.organisation_id WHERE i.project_id = p.id),
        p.updated_at::date
    FROM hankkeet_project p LEFT JOIN hankkeet_projecttype t ON t.id = p.project_type_id
    WHERE p.publication = 'published' ORDER BY p.start_date DESC NULLS LAST, p.id DESC
) TO STDOUT (FORMAT csv, DELIMITER ';')
"""


def memory(field: str) -> float:
    """Return a figure of this process's memory in MB: VmRSS now, VmHWM at most."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{field}:")[1].split()[0]) / 1024


def forget_peak() -> None:
    """Let the kernel count the largest memory from here on."""
    Path("/proc/self/clear_refs").write_text("5")


def taken(kind: str, query: str = "") -> tuple[int, float, float, float]:
    """Take a whole answer; return its bytes, seconds to the first, to the last, of processor."""
    start, processor = time.perf_counter(), time.process_time()
    response = VIEWS[kind](RequestFactory().get(f"/hankkeet.{kind}{query}"))
    size, first = 0, 0.0
    for piece in response.streaming_content:
        first = first or time.perf_counter() - start
        size += len(piece)
    response.close()
    return size, first, time.perf_counter() - start, time.process_time() - processor


def peer() -> tuple[int, float]:
    """Copy the same columns out; return bytes and seconds."""
    start, size = time.perf_counter(), 0
    with connection.cursor() as cursor, cursor.copy(PEER) as copy:
        for piece in copy:
            size += len(piece)
    return size, time.perf_counter() - start


def main(kinds: list[str]) -> None:
    rows = Project.objects.public().count()
    for kind in kinds:
        taken(kind, "?vuosi=1900")
        before = memory("VmRSS")
        forget_peak()
        size, first, last, processor = taken(kind)
        growth = memory("VmHWM") - before
        copied, seconds = peer()
        print(
            f"{kind}: {rows} rows, {size / 1e6:.1f} MB, first byte {first:.2f} s, last {last:.1f} s"
        )
        print(
            f"  {processor:.1f} s of processor, {rows / last:.0f} rows/s, memory +{growth:.1f} MB"
        )
        print(f"  COPY {copied / 1e6:.1f} MB in {seconds:.1f} s, ratio {last / seconds:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(VIEWS))
