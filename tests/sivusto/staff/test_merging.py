"""The merge on the staff's screens: chosen, previewed, confirmed, and only by who may."""

import re
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from hankkeet.models import Implementer, Organisation
from rahoitus.models import Funder, Programme
from tests.builders import a_funder, a_project, a_share
from tests.sivusto.staff.helpers import (
    a_coordinator,
    a_manager,
    a_member,
    a_superuser,
    a_viewer,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:rahoitus_funder_changelist")


def page_of(kept, gone):
    named = f"admin:{kept._meta.app_label}_{kept._meta.model_name}_merge"
    return f"{reverse(named)}?jaa={kept.pk}&poistuu={gone.pk}"


def confirm(client, kept, gone, **values):
    page = client.get(page_of(kept, gone))
    seen = re.search(r'name="seen" value="(\w+)"', page.text)
    return client.post(
        page_of(kept, gone), {"seen": seen[1] if seen else "", **values}, follow=True
    )


@pytest.fixture
def pair():
    kept, gone = a_funder("Sosiaali- ja terveysministeriö"), a_funder("Sosiaaliministeriö")
    a_share(a_project(), gone.name, amount=Decimal(5))
    for index in range(2):
        a_share(a_project(f"Toinen {index}"), kept.name)
    return kept, gone


@pytest.fixture
def staff(client):
    client.force_login(a_superuser())


def choose(client, *rows):
    chosen = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, chosen, follow=True)


def test_the_action_leads_to_a_preview_in_which_the_more_used_stays(client, staff, pair):
    kept, gone = pair
    text = choose(client, gone, kept).text
    assert re.search(r"Jää</dt>\s*<dd><b>Sosiaali- ja terveysministeriö</b>", text)
    assert "1 rahoitusosuus siirtyy 1 kortilla." in text
    assert "Muiksi nimiksi jäävät: Sosiaaliministeriö." in text
    assert f"jaa={gone.pk}&amp;poistuu={kept.pk}" in text
    assert Funder.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_two_and_only_two_are_chosen(client, staff, pair, number):
    rows = [*pair, a_funder("Kolmas")][:number]
    assert "Valitse täsmälleen kaksi riviä" in choose(client, *rows).text


def test_confirmed_it_is_done_told_and_logged(client, staff, pair):
    kept, gone = pair
    response = confirm(client, kept, gone)
    assert "Sosiaaliministeriö on nyt sama kuin Sosiaali- ja terveysministeriö." in response.text
    assert response.request["PATH_INFO"] == reverse("admin:rahoitus_funder_change", args=[kept.pk])
    assert not Funder.objects.filter(pk=gone.pk).exists()
    assert "Yhdistetty: Sosiaaliministeriö" in LogEntry.objects.get().get_change_message()


def test_conflicts_are_read_before_anything_is_done(client, staff, pair):
    kept, gone = pair
    Funder.objects.filter(pk=kept.pk).update(business_id="0737546-2")
    Funder.objects.filter(pk=gone.pk).update(business_id="2617416-4")
    text = client.get(page_of(kept, gone)).text
    assert "Jää ”0737546-2”, ja ”2617416-4” jää pois." in text
    assert "Lue ristiriidat" in confirm(client, kept, gone, conflicts="1").text
    assert Funder.objects.count() == 2
    confirm(client, kept, gone, conflicts="1", accepted="1")
    assert Funder.objects.count() == 1


def test_pressed_twice_the_second_is_told_so(client, staff, pair):
    kept, gone = pair
    page = client.get(page_of(kept, gone))
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    client.post(page_of(kept, gone), {"seen": seen})
    response = client.post(page_of(kept, gone), {"seen": seen}, follow=True)
    assert "Riviä ei enää ole" in response.text
    assert response.request["PATH_INFO"] == LIST


def test_an_old_page_is_shown_anew(client, staff, pair):
    kept, gone = pair
    response = client.post(page_of(kept, gone), {"seen": "vanha"})
    assert "Lue suunnitelma uudelleen" in response.text
    assert re.search(r'name="seen" value="\w+"', response.text)
    assert Funder.objects.count() == 2


@pytest.mark.parametrize(
    "query",
    ["", "?jaa=x&poistuu=y", "?jaa=1", "?jaa=999999999&poistuu=888888888", f"?jaa={'9' * 30}"],
)
def test_an_odd_address_leads_back_with_a_word(client, staff, pair, query):
    response = client.get(reverse("admin:rahoitus_funder_merge") + query, follow=True)
    assert response.request["PATH_INFO"] == LIST
    assert "Valitse kaksi eri riviä" in response.text or "Riviä ei enää ole" in response.text


def test_programmes_of_two_funders_are_refused_kindly(client, staff, pair):
    programmes = [Programme.objects.create(funder=funder, name="Kaste") for funder in pair]
    response = client.get(page_of(*programmes), follow=True)
    assert "Ohjelmat ovat eri rahoittajien" in response.text


def test_markup_in_names_is_text(client, staff):
    kept, gone = a_funder("<b>A</b>"), a_funder("<script>alert(1)</script>")
    text = client.get(page_of(kept, gone)).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in confirm(client, kept, gone).text


@pytest.mark.parametrize("which", ["funder", "programme", "organisation"])
@pytest.mark.parametrize(
    ("person", "may"),
    [
        (a_superuser, True),
        (a_coordinator, True),
        (a_manager, False),
        (a_viewer, False),
        (a_member, False),
        (None, False),
    ],
)
def test_who_may_change_them_may_merge_them(client, pair, person, may, which):
    kept, gone = pair
    if which == "programme":
        kept, gone = (Programme.objects.create(funder=kept, name=name) for name in "ab")
    elif which == "organisation":
        kept, gone = (Organisation.objects.create(name=name) for name in "ab")
        Implementer.objects.create(project=a_project(), organisation=gone)
    if person:
        client.force_login(person())
    assert (client.get(page_of(kept, gone)).status_code == 200) is may
    confirm(client, kept, gone)
    assert type(gone).objects.filter(pk=gone.pk).exists() is not may


def test_a_preview_of_five_hundred_cards_takes_as_many_queries_as_one(
    client, staff, pair, django_assert_max_num_queries
):
    kept, gone = pair
    for index in range(500):
        a_share(a_project(f"Kortti {index}"), gone.name, programme=f"Ohjelma {index % 30}")
    with django_assert_max_num_queries(20):
        text = client.get(page_of(kept, gone)).text
    assert "501 rahoitusosuutta siirtyy 501 kortilla." in text
    assert "Ohjelmat siirtyvät: Ohjelma 0, " in text
    assert "…." in text  # thirty are not listed
