"""Style sheets are smaller once collected, and say what they said."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import override_settings

SHEET = re.compile(r"site\.[0-9a-f]{12}\.css")


@pytest.fixture
def folder(tmp_path):
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "sivusto.security.files.SmallFiles"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_a_collected_sheet_keeps_its_rules_and_loses_its_comments(folder):
    written = Path(find("site.css")).read_text()
    sheets = [path for path in folder.iterdir() if SHEET.fullmatch(path.name)]

    [collected] = [sheet.read_text() for sheet in sheets]

    assert collected == (folder / "site.css").read_text()
    assert "/*" in written
    assert "/*" not in collected
    assert collected.count("{") == written.count("{")
    assert 'content:"· "' in collected
    assert 0.7 * len(written) < len(collected) < 0.95 * len(written)
    assert (folder / f"{sheets[0].name}.br").stat().st_size < 3600
