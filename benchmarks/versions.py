"""Measure what history costs: bytes and time a version, and the page of a past day.

    python -m benchmarks.versions [versions]

Loads the demo register into a database of its own (DATABASE_URL; must be empty) and changes one
card again and again: dates, sums, words of the summary, funding. Prints, per version, bytes on
disk against the whole card stored each time as JSON, and the time of keeping one against the time
of reading the card; then the page of a past day and of the history against the plain card,
measured in turn.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.conf import settings  # noqa: E402 Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from hankkeet.models import Project, Version  # noqa: E402
from sivusto.card.queries import cards  # noqa: E402
from sivusto.history.recording import record  # noqa: E402
from sivusto.history.snapshot import snapshot  # noqa: E402
from sivusto.transfer.demo import load_demo, register_is_empty  # noqa: E402

PAGES = 40


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def fullest() -> Project:
    """Return the public card whose content is longest."""
    return max(cards().public(), key=lambda project: len(json.dumps(snapshot(project))))


def change(project: Project, number: int) -> None:
    """Change the card as staff do: mostly a fact, now and then a text or a sum."""
    if number % 4 == 1:
        section = project.sections.all()[number % project.sections.count()]
        section.body += f"<p>Tilanne {number}: työ etenee suunnitellusti.</p>"
        section.save()
    elif number % 4 == 2:
        share = project.funding_shares.first()
        share.amount = 1000 + number
        share.save()
    else:
        day = date(2030, 1, 1) + timedelta(days=number)
        Project.objects.filter(pk=project.pk).update(planned_end_date=day, actual_end_date=None)


def bytes_of(project: Project) -> tuple[float, float, float]:
    """Return bytes a version: stored, the whole card stored each time, and as plain JSON."""
    whole = json.dumps(snapshot(cards().get(pk=project.pk)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT avg(pg_column_size(v.*)) FROM hankkeet_version v WHERE project_id = %s",
            [project.pk],
        )
        (stored,) = cursor.fetchone()
        cursor.execute("CREATE TEMP TABLE whole (content jsonb)")
        cursor.execute("INSERT INTO whole VALUES (%s)", [whole])
        cursor.execute("SELECT pg_column_size(content) FROM whole")
        (alone,) = cursor.fetchone()
    return float(stored), float(alone), len(whole.encode())


def main(count: int) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    if register_is_empty():
        load_demo(Path(settings.BASE_DIR) / "fixtures" / "demo")
    project = fullest()
    keeping, reading = [], []
    while project.versions.count() < count:
        change(project, project.versions.count())
        keeping.append(milliseconds(lambda: record([project])))
        reading.append(milliseconds(lambda: snapshot(cards().get(pk=project.pk))))
    stored, alone, plain = bytes_of(project)
    keep, read = statistics.median(keeping), statistics.median(reading)
    print(f"{Version.objects.filter(project=project).count()} versions of {project.code}")
    print(f"bytes a version {stored:.0f}, the whole card each time {alone:.0f} ({plain} of JSON)")
    print(f"ratio {stored / alone:.2f}")
    print(f"keeping {keep:.1f} ms, reading the card {read:.1f} ms, ratio {keep / read:.2f}")
    pages(project)


def pages(project: Project) -> None:
    client = Client()
    address = f"/hankkeet/{project.code}/"
    today = date.today().isoformat()  # noqa: DTZ011 any day after the last version
    asked = {"plain": address, "past": f"{address}?pvm={today}", "history": f"{address}muutokset/"}
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(PAGES):
        for name, path in asked.items():
            times[name].append(milliseconds(lambda path=path: client.get(path)))
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name in ("past", "history"):
        ratio = medians[name] / medians["plain"]
        print(f"{name} {medians[name]:.1f} ms, plain card {medians['plain']:.1f} ms, {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
