"""Periods are opened, filled in, reminded of, locked and published by those whose work it is."""

from datetime import date
from smtplib import SMTPException

import pytest
from django.core import mail
from django.urls import reverse

from hankkeet.models import Phase
from seuranta.models import Measure, PeriodState, ReportingPeriod, StatusEntry
from seuranta.report import Month
from tests.builders import (
    a_measure,
    a_period,
    a_portfolio,
    a_project,
    a_published_period,
    an_entry,
)
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_member, a_viewer

pytestmark = pytest.mark.django_db
LIST = "/yllapito/seuranta/reportingperiod/"


def of_portfolio(name="Kirjastoauto kylille", **values):
    project = a_project(name, **values)
    project.portfolios.add(a_portfolio())
    return project


def fill_address(period):
    return reverse("admin:seuranta_reportingperiod_fill", args=[period.pk])


def opened(client, period):
    """What a browser that has the form open would send as it stands."""
    page = client.get(fill_address(period))
    forms = [each.form for each in page.context["filled"]]
    values = {field.html_name: field.value() or "" for form in forms for field in form}
    return values | {"version": page.context["version"]}


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def act(client, action, *periods):
    data = {"action": action, "_selected_action": [period.pk for period in periods]}
    return client.post(LIST, data, follow=True)


# Opening


def test_a_period_opens_for_a_whole_portfolio_at_once(client):
    projects = [of_portfolio(f"Hanke {number}") for number in range(3)]
    of_portfolio("Päättynyt", phase=Phase.ENDED)
    a_project("Muun salkun")
    a_period(projects[0])
    client.force_login(a_coordinator(a_portfolio()))
    days = {"start_date": "1.1.2025", "end_date": "30.6.2025", "due_date": "15.7.2025"}
    response = client.post(f"{LIST}avaa/", days | {"portfolio": a_portfolio().pk}, follow=True)
    assert messages_of(response) == ["Jakso avattiin 2 hankkeelle; 1 hankkeella se oli jo."]
    periods = ReportingPeriod.objects.order_by("project_id")
    assert [period.project for period in periods] == projects
    assert periods[1].due_date == date(2025, 7, 15)


def test_an_impossible_period_is_told_on_the_form(client):
    client.force_login(a_coordinator(a_portfolio()))
    days = {"start_date": "1.6.2025", "end_date": "1.1.2025", "portfolio": a_portfolio().pk}
    response = client.post(f"{LIST}avaa/", days)
    assert "Raportointijakso ei voi päättyä ennen kuin se alkaa." in response.text
    assert 'value="1.6.2025"' in response.text
    assert not ReportingPeriod.objects.exists()


def test_only_her_own_portfolios_can_be_opened(client):
    other = a_portfolio("Toinen salkku")
    client.force_login(a_coordinator(a_portfolio()))
    days = {"start_date": "1.1.2025", "end_date": "30.6.2025", "portfolio": other.pk}
    assert client.post(f"{LIST}avaa/", days).status_code == 200
    assert not ReportingPeriod.objects.exists()


# Filling in


def test_a_manager_sees_last_periods_words_beside_the_new(client):
    project = of_portfolio()
    a_measure(project, months=((2025, 3),))
    a_published_period(project, year=2024)
    client.force_login(a_manager(project))
    text = client.get(fill_address(a_period(project))).text
    assert "Edellinen jakso 1.1.2024 – 30.6.2024" in text
    assert "Hankitaan kirjastoauto etenee." in text
    assert "3/2025" in text


def test_a_draft_is_saved_and_then_sent(client):
    project = of_portfolio()
    measure = a_measure(project)
    period = a_period(project)
    client.force_login(a_manager(project))
    values = opened(client, period) | {
        f"m{measure.pk}-state": "running",
        f"m{measure.pk}-status": "Auto  on tilattu.\r\n- yksi\r\n\r\n",
    }
    client.post(fill_address(period), values | {"_save": "1"})
    entry = StatusEntry.objects.get()
    assert (entry.state, entry.status) == ("running", "Auto on tilattu.\n• yksi")
    assert ReportingPeriod.objects.missing().exists()
    response = client.post(
        fill_address(period), opened(client, period) | {"_send": "1"}, follow=True
    )
    assert "Raportti lähetettiin salkkukoordinaattorille." in messages_of(response)
    assert not ReportingPeriod.objects.missing().exists()


def test_sending_tells_of_measures_that_were_left_out(client):
    project = of_portfolio()
    a_measure(project, "Ajetaan reitti")
    period = a_period(project)
    client.force_login(a_manager(project))
    response = client.post(
        fill_address(period), opened(client, period) | {"_send": "1"}, follow=True
    )
    assert messages_of(response)[-1] == "Toimenpiteestä ”Ajetaan reitti” ei ole kerrottu mitään."


def test_last_periods_words_are_copied_to_empty_fields_only_and_not_yet_saved(client):
    project = of_portfolio()
    first, second = a_measure(project), a_measure(project, "Ajetaan reitti")
    a_published_period(project, year=2024)
    period = a_period(project)
    client.force_login(a_manager(project))
    values = opened(client, period) | {f"m{second.pk}-status": "Uutta.", "_copy": "1"}
    page = client.post(fill_address(period), values)
    forms = {each.measure: each.form for each in page.context["filled"]}
    assert forms[first]["status"].value() == "Hankitaan kirjastoauto etenee."
    assert forms[first]["state"].value() == "running"
    assert forms[second]["status"].value() == "Uutta."
    assert not StatusEntry.objects.filter(period=period).exists()


def test_the_second_editor_loses_nothing_and_overwrites_nothing(client):
    project = of_portfolio()
    measure = a_measure(project)
    period = a_period(project)
    client.force_login(a_manager(project))
    mine = opened(client, period) | {f"m{measure.pk}-status": "Minun.", "_save": "1"}
    theirs = opened(client, period) | {f"m{measure.pk}-status": "Heidän.", "_save": "1"}
    client.post(fill_address(period), theirs)
    page = client.post(fill_address(period), mine)
    assert StatusEntry.objects.get().status == "Heidän."
    assert "Minun." in page.text
    client.post(fill_address(period), mine | {"version": page.context["version"]})
    assert StatusEntry.objects.get().status == "Minun."


def test_a_bad_value_is_told_and_the_text_stays(client):
    project = of_portfolio()
    measure = a_measure(project)
    period = a_period(project)
    client.force_login(a_manager(project))
    values = opened(client, period) | {
        f"m{measure.pk}-state": "outo",
        f"m{measure.pk}-status": "Tallessa.",
    }
    page = client.post(fill_address(period), values | {"_save": "1"})
    assert "Korjaa alla olevat kohdat." in messages_of(page)
    assert "Tallessa." in page.text
    assert not StatusEntry.objects.exists()


def test_a_locked_report_takes_no_more(client):
    project = of_portfolio()
    measure = a_measure(project)
    period = a_period(project)
    client.force_login(a_manager(project))
    values = opened(client, period) | {f"m{measure.pk}-status": "Myöhässä.", "_save": "1"}
    period.lock(period.report)
    client.post(fill_address(period), values)
    assert not StatusEntry.objects.exists()
    assert "<textarea" not in client.get(fill_address(period)).text


def test_the_form_takes_as_many_queries_for_many_measures(client, django_assert_max_num_queries):
    project = of_portfolio()
    for number in range(30):
        a_measure(project, f"Toimi {number}", months=((2025, 1),))
    a_published_period(project, year=2024)
    period = a_period(project)
    client.force_login(a_manager(project))
    with django_assert_max_num_queries(24):
        client.get(fill_address(period))


# Rights


@pytest.mark.parametrize(
    ("who", "sees", "writes", "locks"),
    [
        (a_manager, 200, 302, 403),
        (lambda project: a_manager(), 200, 403, 403),
        (lambda project: a_coordinator(a_portfolio()), 200, 302, 302),
        (lambda project: a_coordinator(a_portfolio("Toinen")), 200, 403, 403),
        (lambda project: a_viewer(), 200, 403, 403),
        (lambda project: a_member(), 403, 403, 403),
    ],
    ids=["manager", "another manager", "coordinator", "another coordinator", "viewer", "staff"],
)
def test_rights_are_those_of_the_card(client, who, sees, writes, locks):
    project = of_portfolio()
    a_measure(project)
    period = a_period(project)
    client.force_login(who(project))
    assert client.get(fill_address(period)).status_code == sees
    version = ReportingPeriod.objects.get().updated_at.isoformat()
    measure = Measure.objects.get()
    values = {"version": version, f"m{measure.pk}-status": "On."}
    assert client.post(fill_address(period), values).status_code == writes
    assert StatusEntry.objects.exists() == (writes == 302)
    assert client.post(fill_address(period), {"_lock": "1"}).status_code == locks
    assert ReportingPeriod.objects.open().exists() == (locks != 302)


def test_a_manager_edits_only_her_own_measures(client):
    mine, other = of_portfolio(), of_portfolio("Toinen")
    hers, theirs = a_measure(mine), a_measure(other)
    client.force_login(a_manager(mine))
    pages = {
        each: client.get(f"/yllapito/seuranta/measure/{each.pk}/change/").text
        for each in (hers, theirs)
    }
    assert 'name="_save"' in pages[hers]
    assert 'name="_save"' not in pages[theirs]


# The coordinator


def test_the_coordinator_sees_who_is_missing(client):
    missing, sent = a_period(of_portfolio("Puuttuva")), a_period(of_portfolio("Tullut"))
    ReportingPeriod.objects.filter(pk=sent.pk).update(submitted_at="2025-07-01T12:00Z")
    client.force_login(a_coordinator(a_portfolio()))
    page = client.get(f"{LIST}?raportti=puuttuu")
    assert page.text.count("puuttuu</span>") == 1
    assert [period.pk for period in page.context["cl"].queryset] == [missing.pk]


def test_those_whose_report_is_missing_are_reminded_and_others_are_not(client):
    late, sent, nobody = (of_portfolio(name) for name in ("Myöhä\nssä", "Tullut", "Yksin"))
    manager = a_manager(late, sent)
    manager.email = "paula.paallikko@jokilahti.example.fi"
    manager.save()
    periods = [a_period(project, due_date="2025-07-15") for project in (late, sent, nobody)]
    ReportingPeriod.objects.filter(pk=periods[1].pk).update(submitted_at="2025-07-01T12:00Z")
    client.force_login(a_coordinator(a_portfolio()))
    response = act(client, "send_reminders", *periods)
    assert [letter.to for letter in mail.outbox] == [["paula.paallikko@jokilahti.example.fi"]]
    assert mail.outbox[0].subject == "Muistutus seurantaraportista: Myöhä ssä"
    assert "Määräpäivä on 15.7.2025." in mail.outbox[0].body
    assert fill_address(periods[0]) in mail.outbox[0].body
    assert messages_of(response) == [
        "Muistutuksia lähetettiin 1.",
        "Näillä hankkeilla ei ole projektipäällikköä, jolla on osoite: Yksin.",
    ]
    reminded = ReportingPeriod.objects.filter(reminded_at__isnull=False)
    assert [period.pk for period in reminded] == [periods[0].pk]


def test_a_reminder_that_cannot_be_mailed_is_told_and_not_noted(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise SMTPException

    project = of_portfolio()
    manager = a_manager(project)
    manager.email = "paula.paallikko@jokilahti.example.fi"
    manager.save()
    period = a_period(project)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    client.force_login(a_coordinator(a_portfolio()))
    response = act(client, "send_reminders", period)
    assert "Sähköpostipalvelin ei ottanut vastaan" in messages_of(response)[-1]
    assert not ReportingPeriod.objects.filter(reminded_at__isnull=False).exists()


def test_reports_are_locked_published_and_opened_again(client):
    project = of_portfolio()
    measure = a_measure(project, months=((2025, 3),))
    period = a_period(project)
    an_entry(period, measure, "Etenee.", state="running")
    client.force_login(a_coordinator(a_portfolio()))
    assert messages_of(act(client, "publish", period))[-1].startswith("Julkaistiin 0 raporttia.")
    assert messages_of(act(client, "lock", period))[-1] == "Lukittiin 1 raportti."
    period.refresh_from_db()
    assert period.state == PeriodState.LOCKED
    assert "puuttuu</span>" not in client.get(LIST).text
    assert next(period.report.measures()).months == (Month(2025, 3),)
    assert period.figures["standings"] == {"late": 1}
    act(client, "publish", period)
    assert client.get(f"/hankkeet/{project.code}/seuranta/").status_code == 200
    act(client, "reopen", period)
    assert client.get(f"/hankkeet/{project.code}/seuranta/").status_code == 404


def test_actions_pass_by_what_is_not_hers(client):
    project = a_project("Muun salkun")
    period = a_period(project)
    client.force_login(a_coordinator(a_portfolio()))
    act(client, "lock", period)
    assert ReportingPeriod.objects.open().exists()
