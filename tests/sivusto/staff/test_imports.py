"""The staff's screen for bringing card texts in."""

import html

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import path

from hankkeet.models import Finding, Project, Publication
from sivusto import urls
from sivusto.staff.imports import SESSION_KEY, import_view
from tests.builders import a_portfolio
from tests.sivusto.staff.helpers import a_coordinator, a_superuser
from tests.sivusto.transfer.builders import card_text

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ADDRESS = "/tuonti/"
urlpatterns = [path("tuonti/", import_view), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Ask for no collected static files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def member(*permissions):
    user = User.objects.create_user("tuoja", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def staff(client):
    client.force_login(a_superuser())
    return client


def file(text="", name="kortti.txt", data=None):
    return SimpleUploadedFile(name, (text or card_text()).encode() if data is None else data)


def send(client, *files, text="", publication="published"):
    fields = {"uploads": list(files), "text": text, "publication": publication}
    return client.post(ADDRESS, {key: value for key, value in fields.items() if value})


def words(response):
    return html.unescape(response.content.decode())


def confirm(client, shown):
    return client.post(ADDRESS, {"confirm": shown.context["plan"].digest})


def test_only_who_may_add_and_change_projects_comes_in(client):
    assert client.get(ADDRESS).status_code == 403
    client.force_login(member("add_project"))
    assert client.get(ADDRESS).status_code == 403


def test_the_form_works_without_a_script(staff):
    page = words(staff.get(ADDRESS))
    assert 'enctype="multipart/form-data"' in page
    assert 'name="uploads"' in page
    assert "multiple" in page
    assert "style=" not in page.partition('id="content-main"')[2]


def test_the_plan_is_shown_before_anything_is_saved(staff):
    shown = send(staff, file(), file("Muistio\n\nKahvia.", "muistio.txt"))
    page = words(shown)
    assert "Uudet (1)" in page
    assert "Virheelliset (1)" in page
    assert "ei ole vanhan rekisterin hankekortti" in page
    assert "Kirjaston yöt" in page
    assert not Project.objects.exists()


def test_confirming_saves_what_was_shown(staff):
    done = confirm(staff, send(staff, file()))
    assert done.status_code == 302
    assert Project.objects.get().publication == Publication.PUBLISHED
    assert SESSION_KEY not in staff.session


def test_what_was_saved_is_checked_against_itself(staff):
    confirm(staff, send(staff, text=card_text(name="Kirjastoauto,")))
    assert "untidy_name" in Finding.objects.values_list("kind", flat=True)


def test_new_cards_may_be_left_as_drafts(staff):
    confirm(staff, send(staff, file(), publication="draft"))
    assert Project.objects.get().publication == Publication.DRAFT


def test_a_pasted_text_is_read_and_its_changes_shown(staff):
    confirm(staff, send(staff, file()))
    page = words(send(staff, text=card_text(end_date="30.6.2016")))
    assert "Muuttuvat (1)" in page
    assert "31.12.2015" in page
    assert "30.6.2016" in page
    assert "liitetty teksti" in page


def test_a_conflict_is_shown_with_both_values(staff):
    confirm(staff, send(staff, file()))
    Project.objects.update(actual_end_date="2016-05-01")
    page = words(send(staff, text=card_text(end_date="30.6.2016")))
    assert "Ristiriita: kortti jää ennalleen" in page
    assert "1.5.2016" in page
    assert "Tallennettavaa ei ole." in page


def test_a_register_that_changed_meanwhile_is_shown_anew(staff):
    shown = send(staff, file())
    Project.objects.create(name="Kirjaston yöt", actual_start_date="2014-01-01")
    again = confirm(staff, shown)
    assert "Rekisteri on muuttunut" in words(again)
    assert Project.objects.count() == 1
    assert confirm(staff, again).status_code == 302


def test_a_lost_session_asks_for_the_files_again(staff):
    shown = send(staff, file())
    session = staff.session
    del session[SESSION_KEY]
    session.save()
    assert confirm(staff, shown).headers["Location"] == ADDRESS
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "Valitse tiedosto tai liitä kortin teksti."),
        ([file(name=f"{n}.txt", data=b"a") for n in range(51)], "enintään 50 tiedostoa"),
        ([file(data=b"a" * (5 * 1024 * 1024 + 1))], "liian suuret"),
    ],
    ids=["nothing", "too many", "too large"],
)
def test_limits_are_told_in_finnish(staff, files, message):
    assert message in words(send(staff, *files))
    assert not Session.objects.filter(session_data__contains=SESSION_KEY).exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "Tiedosto on tyhjä"), (b"%PDF-1.7", "PDF"), (b"\x00\x01\x02" * 99, "ei ole tekstiä")],
)
def test_a_file_that_is_no_text_is_reported(staff, data, message):
    page = words(send(staff, file(data=data)))
    assert message in page
    assert "Tallennettavaa ei ole." in page


def test_files_of_one_name_are_told_apart(staff):
    page = words(send(staff, file(), file(card_text(name="Toinen"))))
    assert "kortti.txt (2)" in page
    assert "Uudet (2)" in page


def test_a_hostile_text_is_shown_as_text(staff):
    page = send(staff, text=card_text(name="<script>alert(1)</script> hanke")).content.decode()
    assert "<script>alert(1)" not in page


def test_the_screen_stands_in_the_staffs_site(staff):
    page = words(staff.get(ADDRESS))
    assert str(admin.site.site_header) in page


def test_a_coordinator_brings_in_cards_of_her_portfolios_only(client):
    client.force_login(a_coordinator(a_portfolio("Toinen salkku")))
    refused = confirm(client, send(client, file()))
    assert "eivät kuulu salkkuihisi" in words(refused)
    assert not Project.objects.exists()
    client.force_login(a_coordinator(*_portfolios_of(refused), name="oikea"))
    assert confirm(client, send(client, file())).status_code == 302
    assert Project.objects.get().portfolios.exists()


def _portfolios_of(page):
    (card,) = page.context["plan"].cards
    return [a_portfolio(name) for name in card.text.card.portfolios]
