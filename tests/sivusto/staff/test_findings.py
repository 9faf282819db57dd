"""The panel of findings: shown, mended with one button, marked as known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from hankkeet.models import Finding, KnownFinding, Project
from sivusto.checks.store import refresh
from sivusto.transfer.apply import settle
from tests.builders import a_funder, a_project, a_share, a_whole_card
from tests.sivusto.staff.helpers import a_member, a_superuser, filled_in
from tests.sivusto.transfer.builders import bring_in, source

pytestmark = pytest.mark.django_db
TEXT = (
    "Rahoitus\n90 000 euroa, josta Rantakosken sairaanhoitopiiri 30 000 euroa ja Jokilahden "
    "kaupunki 60 000 euroa."
)


@pytest.fixture(autouse=True)
def _staff(client):
    client.force_login(a_superuser())


def a_card_without_its_funder():
    settle(bring_in(source(summary=TEXT, name="Kirjaston yöt,")))
    return Project.objects.get()


def page_of(client, project):
    return client.get(reverse("admin:hankkeet_project_change", args=[project.pk]))


def press(client, step, project, finding, **data):
    address = reverse(f"admin:hankkeet_project_finding_{step}", args=[project.pk])
    sent = {"key": finding.key, "version": project.version} | data
    return client.post(address, sent, follow=True)


def told(page):
    return " ".join(str(message) for message in page.context["messages"])


def kinds(project):
    return [finding.kind for finding in project.findings.unknown().worst_first()]


def test_the_panel_shows_findings_with_their_quotes_and_mends(client):
    project = a_card_without_its_funder()
    page = page_of(client, project)
    assert [f.kind for f in page.context["findings"]] == ["funder_missing", "untidy_name"]
    html = page.content.decode()
    assert "Lisää rahoittaja Rantakosken sairaanhoitopiiri, 30\xa0000\xa0€</button>" in html
    assert "<blockquote>Rantakosken sairaanhoitopiiri 30 000 euroa</blockquote>" in html
    assert "Merkitse tunnetuksi" in html


def test_a_missing_funder_is_declared_with_one_button(client):
    project = a_card_without_its_funder()
    page = press(client, "korjaa", project, project.findings.get(kind="funder_missing"))
    assert "Korjattu: Lisää rahoittaja Rantakosken" in told(page)
    share = project.funding_shares.get(funder__name="Rantakosken sairaanhoitopiiri")
    assert (share.is_declared, share.is_proposal, share.amount) == (True, False, 30_000)
    assert kinds(project) == ["untidy_name"]
    assert LogEntry.objects.filter(change_message__startswith="Lisää rahoittaja").exists()


def test_a_funder_that_has_no_row_gets_one_under_its_own_name(client):
    hospital = a_funder("Rantakosken sairaanhoitopiiri", short_name="RSHP")
    project = a_project(planned_cost=Decimal(90_000))
    a_share(project, "Jokilahden kaupunki", amount=Decimal(60_000))
    project.sections.create(heading="Rahoitus", body="<p>RSHP 30 000 €, kaupunki 60 000 €</p>")
    refresh([project.pk])
    press(client, "korjaa", project, project.findings.get(kind="funder_missing"))
    share = project.funding_shares.get(funder=hospital)
    assert (share.amount, share.is_declared, share.quote) == (30_000, True, "RSHP 30 000 €")
    assert "funder_missing" not in kinds(project)


def test_a_name_is_mended_and_its_old_address_still_works(client):
    project = a_card_without_its_funder()
    press(client, "korjaa", project, project.findings.get(kind="untidy_name"))
    project.refresh_from_db()
    assert project.name == "Kirjaston yöt"


def test_a_mend_seen_on_an_old_page_changes_nothing(client):
    project = a_card_without_its_funder()
    finding = project.findings.get(kind="funder_missing")
    Project.objects.get(pk=project.pk).save()
    page = press(client, "korjaa", project, finding)
    assert "mitään ei korjattu" in told(page)
    assert kinds(project) == ["funder_missing", "untidy_name"]


@pytest.mark.parametrize("key", ["", "untidy_name:0", "x" * 500])
def test_a_mend_of_what_is_gone_changes_nothing(client, key):
    project = a_card_without_its_funder()
    page = press(client, "korjaa", project, Finding(key=key))
    assert "Havaintoa ei enää ole" in told(page)
    assert len(kinds(project)) == 2


def test_a_known_finding_comes_back_only_when_its_figures_change(client):
    project = a_whole_card(planned_cost=Decimal(100_000))
    refresh([project.pk])
    finding = project.findings.get(kind="shares_differ_from_cost")
    press(client, "tunnettu", project, finding, reason="Loput maksaa naapuri.")
    page = page_of(client, project)
    assert "shares_differ_from_cost" not in kinds(project)
    assert "Loput maksaa naapuri." in page.content.decode()
    client.post(page.request["PATH_INFO"], filled_in(page, name="Uusi nimi"))
    assert "shares_differ_from_cost" not in kinds(project)
    client.post(page.request["PATH_INFO"], filled_in(page_of(client, project), planned_cost="90"))
    assert "shares_differ_from_cost" in kinds(project)


def test_a_known_finding_is_brought_back(client):
    project = a_card_without_its_funder()
    finding = project.findings.first()
    press(client, "tunnettu", project, finding, reason="Näin on.")
    press(client, "palauta", project, finding)
    assert len(kinds(project)) == 2
    assert not KnownFinding.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "\0", "x" * 501])
def test_nothing_is_known_without_a_short_reason(client, reason):
    project = a_card_without_its_funder()
    page = press(client, "tunnettu", project, project.findings.first(), reason=reason)
    assert "Kirjoita lyhyt perustelu" in told(page)
    assert len(kinds(project)) == 2


@pytest.mark.parametrize("step", ["korjaa", "tunnettu", "palauta"])
def test_who_may_only_look_sees_findings_and_presses_nothing(client, step):
    project = a_card_without_its_funder()
    finding = project.findings.first()
    client.force_login(a_member("view_project"))
    page = page_of(client, project)
    assert "Tekstissä rahoittajana on" in page.content.decode()
    assert "/havainto/" not in page.content.decode()
    assert press(client, step, project, finding, reason="Ei").status_code == 403
    assert len(kinds(project)) == 2


def test_a_button_address_is_not_opened_as_a_page(client):
    project = a_card_without_its_funder()
    address = reverse("admin:hankkeet_project_finding_korjaa", args=[project.pk])
    assert client.get(address).status_code == 403


def test_saving_the_form_checks_the_card(client):
    project = a_whole_card()
    page = page_of(client, project)
    late = date.today() - timedelta(1)  # noqa: DTZ011 the site's own day
    dates = {"planned_end_date": f"{late.day}.{late.month}.{late.year}"}
    client.post(page.request["PATH_INFO"], filled_in(page, **dates))
    assert "running_after_end" in kinds(project)


def test_the_list_shows_and_filters_findings_by_weight(client, django_assert_max_num_queries):
    a_card_without_its_funder()
    a_project("Toinen")
    address = reverse("admin:hankkeet_project_changelist")
    with django_assert_max_num_queries(20):
        page = client.get(address)
    assert "2 · vakava" in page.content.decode()
    for value, names in (
        ("serious", ["Kirjaston yöt,"]),
        ("any", ["Kirjaston yöt,"]),
        ("none", ["Toinen"]),
    ):
        shown = client.get(address, {"havainnot": value}).context["cl"].queryset
        assert [project.name for project in shown] == names
