"""Reports of the demo register, brought in and published as staff would do it."""

import tomllib
from pathlib import Path

from django.db import transaction

from hankkeet.models import Project
from seuranta.models import ReportingPeriod
from seuranta.tables import report_of
from sivusto.monitoring.intake.apply import apply
from sivusto.monitoring.intake.plan import ReportRefusedError, plan
from sivusto.monitoring.reading.blocks import UnreadableError
from sivusto.monitoring.reading.opening import blocks_of
from sivusto.monitoring.reading.reader import read
from sivusto.transfer.demo import DemoError

LIST = "reports.toml"


def load_reports(folder: Path) -> int:
    """Bring the folder's reports in and publish them; return how many. All or nothing.

    A folder without a list of them has none. Raises DemoError that tells which cannot be read.
    """
    if not (folder / LIST).exists():
        return 0
    listed = tomllib.loads((folder / LIST).read_text("utf-8"))["report"]
    with transaction.atomic():
        for row in listed:
            try:
                project = Project.objects.get(name=row["project"])
                reading = read(blocks_of((folder / "reports" / row["file"]).read_bytes()))
                days = row["start_date"], row["end_date"]
                apply(plan(project, reading, days))
            except (Project.DoesNotExist, OSError, UnreadableError, ReportRefusedError) as error:
                raise DemoError(f"{LIST}: {row['file']}: {error}") from error
            period = ReportingPeriod.objects.get(
                project=project, start_date=days[0], end_date=days[1]
            )
            period.lock(report_of(project, period))
            period.publish()
    return len(listed)
