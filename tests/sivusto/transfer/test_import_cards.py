"""The command line."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from hankkeet.models import Finding, Project, Publication
from sivusto.transfer.apply import ImportRefusedError
from tests.sivusto.transfer.builders import card_text

pytestmark = pytest.mark.django_db


def run(*args):
    """Return the exit code and what was printed."""
    out, code = io.StringIO(), 0
    try:
        call_command("import_cards", *map(str, args), stdout=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "kortti.txt").write_text(card_text())
    (tmp_path / "muu.txt").write_text("Kokouksen muistio\n\nPuhuttiin kahvista.\n")
    return tmp_path


def test_the_command_is_dry_unless_told_otherwise(folder):
    code, out = run(folder / "kortti.txt")
    assert code == 0
    assert "UUSI" in out
    assert "1 tiedosto: 1 uusi, 0 muuttuu" in out
    assert "Tallenna valitsimella --apply" in out
    assert not Project.objects.exists()


def test_a_folder_brings_its_cards_in_and_reports_the_rest(folder):
    code, out = run(folder, "--apply")
    project = Project.objects.get()
    assert code == 1
    assert f"({project.code})" in out
    assert "VIRHEELLINEN" in out
    assert "ei ole vanhan rekisterin hankekortti" in out
    assert project.publication == Publication.PUBLISHED


def test_what_is_brought_in_is_checked_against_itself(folder):
    (folder / "kortti.txt").write_text(card_text(name="Kirjastoauto,"))
    run(folder)
    assert not Finding.objects.exists()
    run(folder, "--apply")
    assert "untidy_name" in Finding.objects.values_list("kind", flat=True)


def test_changes_are_told_field_by_field(folder):
    run(folder, "--apply")
    (folder / "kortti.txt").write_text(card_text(end_date="30.6.2016"))
    _code, out = run(folder / "kortti.txt", "--apply")
    assert "MUUTTUU" in out
    assert "Päättymispvm: 31.12.2015 → 30.6.2016" in out
    _code, out = run(folder / "kortti.txt", "--apply")
    assert "ENNALLAAN" in out
    assert "Tallennettavaa ei ole." in out


def test_a_conflict_tells_both_values(folder):
    run(folder, "--apply")
    Project.objects.update(actual_end_date="2016-05-01")
    (folder / "kortti.txt").write_text(card_text(end_date="30.6.2016"))
    code, out = run(folder / "kortti.txt")
    assert code == 0
    assert "RISTIRIITA" in out
    assert "kortilla on ”1.5.2016”, tekstissä ”30.6.2016”" in out


def test_json_is_a_list_with_one_object_a_file(folder):
    code, out = run(folder, "--format", "json", "--apply")
    card, other = json.loads(out)
    assert code == 1
    assert list(card) == ["source", "action", "code", "missing", "messages", "card"]
    assert (card["action"], card["code"]) == ("new", Project.objects.get().code)
    assert card["card"]["name"] == "Kirjaston yöt"
    assert card["card"]["start_date"] == "2014-01-01"
    assert (other["action"], other["code"], other["card"]) == ("faulty", None, None)
    assert other["messages"]


def test_a_path_that_is_not_there_is_reported(folder):
    code, out = run(folder / "kortti.txt", folder / "puuttuu.txt", "--apply")
    assert code == 1
    assert "Tiedostoa tai kansiota ei ole." in out
    assert Project.objects.count() == 1


def test_standard_input_is_read(monkeypatch):
    data = card_text().encode("windows-1252")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert run("-", "--apply", "--draft")[0] == 0
    assert Project.objects.get().publication == Publication.DRAFT


def test_a_refused_import_is_a_clear_error(folder, monkeypatch):
    def refuse(plan):
        raise ImportRefusedError("Rekisteri on muuttunut.")

    monkeypatch.setattr("sivusto.management.commands.import_cards.apply", refuse)
    with pytest.raises(CommandError, match="Rekisteri on muuttunut"):
        run(folder, "--apply")
