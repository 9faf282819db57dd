"""A card is the start of its successor: what carries over does, and nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from hankkeet.models import Logo, Phase, Publication, Section
from rahoitus.models import Programme
from sivusto.history.recording import record
from tests.builders import a_contact, a_portfolio, a_project, a_share, a_whole_card
from tests.sivusto.staff.helpers import (
    a_coordinator,
    a_manager,
    a_member,
    a_superuser,
    a_viewer,
)

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


def start(client, project, **options):
    return client.post(reverse("admin:hankkeet_project_succeed", args=[project.pk]), **options)


def successor(client, project):
    response = start(client, project)
    assert response.status_code == 302
    return project.successors.get()


@pytest.fixture
def staff(client):
    user = a_superuser()
    client.force_login(user)
    return user


def test_it_is_a_draft_that_carries_the_project_on(client, staff):
    project = a_whole_card(phase=Phase.ENDED)
    draft = successor(client, project)
    assert draft.name == "Kirjastoauto kylille, jatkohanke"
    assert (draft.publication, draft.phase) == (Publication.DRAFT, Phase.PLANNED)
    assert list(draft.predecessors.all()) == [project]
    assert draft.project_type == project.project_type
    assert list(draft.portfolios.all()) == list(project.portfolios.all())
    assert [o.name for o in draft.implementers.all()] == ["Kirjastopalvelut"]


def test_dates_sums_attachments_and_keys_stay_behind(client, staff):
    draft = successor(client, a_whole_card(actual_cost=Decimal(1)))
    assert (draft.start_date, draft.end_date, draft.total_cost) == (None, None, None)
    assert not draft.attachments.exists()
    assert not draft.external_keys.exists()
    assert draft.published_at is None


def test_each_declared_funder_comes_once_and_without_figures(client, staff):
    project = a_project()
    for stage in ("planned", "actual"):
        a_share(project, "EAKR", stage=stage, amount=Decimal(5), percent=Decimal(50), quote="5 €")
    a_share(project, "Tekstistä", is_declared=False, is_proposal=True, amount=Decimal(1))
    (share,) = successor(client, project).funding_shares.all()
    assert share.funder.name == "EAKR"
    assert (share.amount, share.percent, share.quote, share.stage) == (None, None, "", "planned")
    assert share.is_declared
    assert not share.is_proposal


def test_an_ended_programme_is_left_out_and_told(client, staff):
    project = a_project()
    a_share(project, "STM", programme="Kaste")
    Programme.objects.update(end_year=2015)
    page = start(client, project, follow=True)
    (share,) = project.successors.get().funding_shares.all()
    assert share.programme is None
    assert "Päättynyt rahoitusohjelma jäi pois: Kaste." in page.text


@pytest.mark.parametrize(
    ("later", "expected", "told"),
    [
        (["Uusi salkku"], ["Uusi salkku"], "tilalla on Uusi salkku"),
        ([], [], "joten se jäi pois"),
        (["Yksi", "Toinen"], [], "joten se jäi pois"),
    ],
)
def test_an_ended_portfolio_gives_way_to_its_only_successor(client, staff, later, expected, told):
    project, old = a_project(), a_portfolio("Vanha salkku", end_date=YESTERDAY)
    project.portfolios.add(old)
    for name in later:
        a_portfolio(name, predecessor=old)
    page = start(client, project, follow=True)
    assert [p.name for p in project.successors.get().portfolios.all()] == expected
    assert told in page.text


def test_aims_come_along_and_results_and_costs_do_not(client, staff):
    project = a_project()
    for kind in ("goals", "measures", "results", "costs", "other"):
        Section.objects.create(project=project, kind=kind, heading=kind, body="<p>Teksti</p>")
    kinds = successor(client, project).sections.values_list("kind", flat=True)
    assert sorted(kinds) == ["goals", "measures", "other"]


def test_a_person_comes_hidden_and_only_if_her_time_is_not_over(client, staff):
    project = a_project()
    a_contact(project, role="Vetäjä", start_date=date(2024, 3, 1))
    a_contact(project, role="Entinen", end_date=YESTERDAY)
    a_contact(project, role="", unit="", person_name="Poissa Oleva", end_date=YESTERDAY)
    present, past = successor(client, project).contacts.all()
    assert (present.person_name, present.visibility) == ("Meri Malliranta", "role")
    assert (present.start_date, present.share_percent) == (None, None)
    assert (past.role, past.person_name, past.email, past.phone) == ("Entinen", "", "", "")
    assert past.unit_email


def test_no_person_comes_from_a_project_whose_time_of_showing_is_over(client, staff):
    dates = {"actual_start_date": date(2014, 1, 1), "actual_end_date": date(2015, 1, 1)}
    project = a_project(phase=Phase.ENDED, **dates)
    a_contact(project)
    (contact,) = successor(client, project).contacts.all()
    assert (contact.person_name, contact.role) == ("", "Projektipäällikkö")


def test_a_logo_is_a_file_of_its_own(client, staff):
    project = a_project()
    Logo.objects.create(project=project, alt="Vaakuna", image=ContentFile(b"kuva", "a.png"))
    Logo.objects.create(project=project, alt="Kadonnut", image="logot/ei-ole.png")
    page = start(client, project, follow=True)
    (copied,) = project.successors.get().logos.all()
    own = project.logos.get(alt="Vaakuna").image.name
    assert copied.image.name != own
    with default_storage.open(copied.image.name) as file:
        assert file.read() == b"kuva"
    assert "Logon ”Kadonnut” kuvaa ei löytynyt" in page.text


def test_pressed_twice_it_makes_one(client, staff):
    project = a_project()
    start(client, project)
    page = start(client, project, follow=True)
    assert project.successors.count() == 1
    assert "on jo aloitettu jatkohankkeen luonnos" in page.text


def test_a_long_name_still_says_what_it_is(client, staff):
    draft = successor(client, a_project("Pitkä nimi " * 27))
    assert draft.name.endswith(", jatkohanke")
    assert len(draft.name) <= 300


def test_the_card_itself_does_not_change(client, staff):
    project = a_whole_card()
    record([project])
    before = client.get(project.get_absolute_url()).text
    start(client, project)
    assert client.get(project.get_absolute_url()).text == before
    assert record([project]) == 0


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (a_superuser, True),
        (a_coordinator, True),
        (a_manager, True),
        (a_viewer, False),
        (a_member, False),
        (None, False),
    ],
)
def test_who_makes_drafts_may_start_one_from_any_card(client, person, may):
    project = a_whole_card()
    user = person() if person else None
    if user:
        client.force_login(user)
    start(client, project)
    assert project.successors.exists() is may
    if may:
        draft = project.successors.get()
        assert draft.managers.filter(pk=user.pk).exists() is not user.is_superuser


def test_only_who_may_sees_the_button(client):
    project = a_whole_card()
    form = reverse("admin:hankkeet_project_change", args=[project.pk])
    client.force_login(a_viewer())
    assert "Jatkohanke tästä kortista" not in client.get(form).text
    client.force_login(a_superuser())
    assert "Jatkohanke tästä kortista" in client.get(form).text
    address = reverse("admin:hankkeet_project_succeed", args=[project.pk])
    assert client.get(address).status_code == 405


def test_a_card_of_five_hundred_rows_takes_as_many_queries_as_one(
    client, staff, django_assert_max_num_queries
):
    project = a_whole_card()
    for index in range(500):
        Section.objects.create(project=project, kind="other", heading=f"Osa {index}")
        a_share(project, f"Rahoittaja {index % 50}")
    with django_assert_max_num_queries(70):
        start(client, project)
    assert project.successors.get().sections.count() == 502
