"""The demo register's reports come in whole, understood to the last word."""

from pathlib import Path

import pytest
from django.conf import settings

from seuranta.models import ReportingPeriod
from sivusto.monitoring.demo import load_reports
from sivusto.monitoring.reading.opening import blocks_of
from sivusto.monitoring.reading.reader import read
from sivusto.transfer.demo import DemoError
from tests.builders import a_project

pytestmark = pytest.mark.django_db
DEMO = Path(settings.BASE_DIR) / "fixtures" / "demo"


def test_the_reports_are_published(tmp_path):
    for name in ("Torin tulevaisuus", "Bothnian Winter Route"):
        a_project(name)
    assert load_reports(DEMO) == 3
    told = ReportingPeriod.objects.public().order_by("project_id", "end_date")
    assert [period.figures["standings"] for period in told] == [
        {"running": 2, "planned": 3},
        {"done": 2, "late": 1, "running": 1, "planned": 1, "silent": 1},
        {"done": 2, "running": 2},
    ]
    assert load_reports(tmp_path) == 0


def test_every_word_of_them_is_understood():
    for file in sorted((DEMO / "reports").iterdir()):
        assert read(blocks_of(file.read_bytes())).not_understood == ()


def test_a_report_of_no_project_is_told():
    with pytest.raises(DemoError, match=r"tori-2025\.csv"):
        load_reports(DEMO)
    assert not ReportingPeriod.objects.exists()
