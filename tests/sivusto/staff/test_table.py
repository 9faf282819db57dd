"""The staff's list goes out as a table, and the edited table comes in once it has been shown."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hankkeet.models import Project
from sivusto.staff import table_import
from tests.builders import a_draft, a_portfolio, a_project
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_superuser, a_viewer

pytestmark = pytest.mark.django_db
LIST = "admin:hankkeet_project_changelist"
TABLE = "admin:hankkeet_project_table"


@pytest.fixture
def staff(client):
    user = a_superuser()
    client.force_login(user)
    return user


def out(client, action, *projects):
    keys = [project.pk for project in projects]
    response = client.post(reverse(LIST), {"action": action, "_selected_action": keys})
    return b"".join(response) if response.streaming else response.content


def table(client, *projects):
    return out(client, "export_csv", *projects).decode()


def sent(client, text, **more):
    data = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("hankkeet.csv", data)
    return client.post(reverse(TABLE), {"upload": file, "reason": ""} | more)


def confirmed(client, page):
    digest = re.search(r'name="confirm" value="([^"]*)"', page.text).group(1)
    return client.post(reverse(TABLE), {"confirm": digest}, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def names():
    return sorted(Project.objects.values_list("name", flat=True))


def test_the_chosen_cards_go_out_as_a_workbook_and_as_text(client, staff):
    one, _other = a_project("A"), a_project("B")
    book = openpyxl.load_workbook(io.BytesIO(out(client, "export_workbook", one)))
    assert [row[1] for row in book.worksheets[0].values] == ["Hankkeen nimi", "A"]
    assert table(client, one).startswith("\ufeffTunnus;Hankkeen nimi;")


def test_an_edited_table_is_shown_and_then_written(client, staff):
    one, two = a_project("A"), a_draft("B")
    text = table(client, one, two).replace(";A;", ";Uusi A;")
    page = sent(client, text, reason="Nimet yhtenäistettiin")
    assert "2 riviä: 1 muuttuva, 1 ennallaan." in page.text
    assert "Tiedoston rivi 2" in page.text
    assert names() == ["A", "B"]
    assert told(confirmed(client, page)) == [
        "Taulukko tuotiin: 0 uutta luonnosta, 1 kortti muuttui."
    ]
    assert names() == ["B", "Uusi A"]
    assert one.versions.get().reason == "Nimet yhtenäistettiin"


def test_a_faulty_row_is_shown_with_nothing_to_confirm(client, staff):
    page = sent(client, table(client, a_project("A")).replace("Käynnissä", "Kesken"))
    assert "ei voi tallentaa" in page.text
    assert "käsittelyvaihetta ”Kesken” ei ole rekisterissä" in page.text
    assert 'name="confirm"' not in page.text


def test_a_card_changed_after_it_was_shown_stops_all(client, staff):
    project = a_project("A")
    page = sent(client, table(client, project).replace(";A;", ";Uusi A;"))
    project.save()
    again = confirmed(client, page)
    assert "Rekisteri on muuttunut" in told(again)[0]
    assert names() == ["A"]
    confirmed(client, again)
    assert names() == ["Uusi A"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tyhjä"),
        (b"a;b\r\n", "ei löydy otsikkoriviä"),
        (b"\xd0\xcf\x11\xe0zzz", "vanhaa Excel-muotoa"),
        (b"Tunnus\n" + b"x" * (20 * 1024 * 1024), "liian suuri"),
    ],
)
def test_a_file_that_is_no_table_comes_back_with_a_reason(client, staff, data, words):
    page = sent(client, data, reason="Perustelu säilyy")
    assert words in page.text
    assert "Perustelu säilyy" in page.text


def test_more_rows_than_one_waits_for_are_refused(client, staff, monkeypatch):
    monkeypatch.setattr(table_import, "MOST_WRITTEN", 1)
    page = sent(client, "Hankkeen nimi\nYksi\nKaksi\n")
    assert "liikaa muuttuvia rivejä" in page.text
    assert names() == []


def test_confirming_what_is_gone_starts_over(client, staff):
    response = client.post(reverse(TABLE), {"confirm": "x"}, follow=True)
    assert told(response) == ["Taulukkoa ei enää ole. Valitse tiedosto uudelleen."]


def test_a_new_row_of_a_manager_is_hers(client):
    manager = a_manager()
    client.force_login(manager)
    confirmed(client, sent(client, "Hankkeen nimi\nUusi hanke\n"))
    assert list(Project.objects.get().managers.all()) == [manager]


def test_a_manager_does_not_change_public_cards_or_others_by_a_table(client):
    mine, others = a_project("Oma"), a_draft("Muiden")
    client.force_login(a_manager(mine))
    text = table(client, mine, others)
    page = sent(client, text.replace(";Oma;", ";X;").replace(";Muiden;", ";Y;"))
    assert "Julkaistua korttia muutat muutosehdotuksella" in page.text
    assert "Kortti ei ole sinun." in page.text
    assert 'name="confirm"' not in page.text


def test_a_coordinator_changes_the_cards_of_her_portfolios(client):
    portfolio, project = a_portfolio(), a_project("Oma")
    project.portfolios.add(portfolio)
    client.force_login(a_coordinator(portfolio))
    confirmed(client, sent(client, table(client, project).replace(";Oma;", ";Uusi;")))
    assert names() == ["Uusi"]


def test_a_viewer_takes_out_and_brings_nothing_in(client):
    project = a_project("A")
    client.force_login(a_viewer())
    assert ";A;" in table(client, project)
    assert client.get(reverse(TABLE)).status_code == 403
