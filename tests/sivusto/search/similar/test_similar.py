"""Similar projects are found in the index, with a reason, and only by who may see them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Implementer, Organisation, Project, Publication, Section
from sivusto.card.queries import cards
from sivusto.search import lookups
from sivusto.search.index import catch_up, reindex
from sivusto.search.similar import hits
from sivusto.search.similar.sources import LONGEST_TEXT
from sivusto.search.similar.wording import any_like, any_like_words, public_like
from tests import hostile
from tests.builders import a_contact, a_draft, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db
HIDDEN = [Publication.DRAFT, Publication.IN_REVIEW, Publication.WITHDRAWN]


def others(number=12):
    """Public projects about something else, among which rare words are rare."""
    for index in range(number):
        a_project(f"Venevalkama {index}", actual_start_date=date(2001, 1, 1))


def a_pair():
    """Two public projects about artificial intelligence in child welfare, with one funder."""
    first, second = (a_project(f"Tekoäly lastensuojelussa {n}") for n in "ab")
    for project in (first, second):
        a_share(project, "Euroopan aluekehitysrahasto")
    others()
    catch_up()
    return first, second


def like(project, find=public_like):
    return [alike.project.name for alike in find(cards().get(pk=project.pk))]


def test_the_reason_is_told_in_words():
    first, second = a_pair()
    (alike,) = public_like(cards().get(pk=first.pk))
    assert alike.project == second
    assert alike.reason == (
        "Sama rahoittaja Euroopan aluekehitysrahasto; molemmissa: lastensuojelu, tekoäly; "
        "osin samaan aikaan"
    )


def test_words_of_shared_things_are_told_once():
    first, _second = a_pair()
    (alike,) = public_like(cards().get(pk=first.pk))
    assert "aluekehitysrahasto;" in alike.reason
    assert "molemmissa: aluekehitys" not in alike.reason


def test_portfolio_and_implementer_are_reasons_too():
    first, second = a_project("Uimaranta"), a_project("Torikauppa")
    unit = Organisation.objects.create(name="Kaupunkiympäristö")
    for project in (first, second):
        project.portfolios.add(a_portfolio())
        Implementer.objects.create(project=project, organisation=unit)
    others()
    catch_up()
    (alike,) = public_like(cards().get(pk=first.pk))
    assert alike.reason.startswith(
        "Sama salkku Hyvän arjen salkku 2024–2028, sama toteuttaja Kaupunkiympäristö"
    )


def test_an_inflected_word_in_the_text_is_the_same_word():
    first = a_project("Digiarki")
    Section.objects.create(project=first, kind="goals", body="<p>Lastensuojelua varten.</p>")
    a_project("Lastensuojelun uudet välineet")
    others()
    catch_up()
    assert like(first) == ["Lastensuojelun uudet välineet"]


def test_a_person_is_never_the_reason():
    for name in ("Silta", "Torni"):
        project = a_project(name)
        a_contact(project, person_name="Aamu Ruskotunturi")
        Section.objects.create(project=project, body="<p>Aamu Ruskotunturi.</p>")
    others()
    catch_up()
    assert like(Project.objects.get(name="Silta")) == []


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_public_is_shown_to_staff_only(client, state):
    first, second = a_pair()
    Project.objects.filter(pk=second.pk).update(publication=state)  # still in the index
    assert like(first) == []
    assert second.name not in client.get(first.get_absolute_url()).text
    assert second.name not in client.get(f"{first.get_absolute_url()}kortti.json").text
    catch_up()
    assert like(first, any_like) == [second.name]


def test_a_draft_is_compared_as_it_reads():
    first, second = a_pair()
    draft = a_draft("Lastensuojelun tekoäly")
    assert set(like(draft, any_like)) == {first.name, second.name}


def test_a_change_that_waits_to_be_indexed_counts_already():
    first, _second = a_pair()
    Project.objects.filter(pk=first.pk).update(name="Hiihtolatu")
    assert like(first) == []


def test_nothing_is_like_a_lonely_card(client):
    assert like(a_project()) == []
    assert "Samankaltaiset" not in client.get(Project.objects.get().get_absolute_url()).text


def test_the_card_shows_them_and_its_preview_and_paper_do_not(client):
    first, second = a_pair()
    text = client.get(first.get_absolute_url()).text
    section = text[text.index("Samankaltaiset hankkeet") :]
    assert f'<a href="/hankkeet/{second.code}/">{second.name}</a>' in section
    assert text.index("</article>") < text.index("Samankaltaiset hankkeet")


def test_the_cards_other_languages_give_the_reason_in_them(client):
    first, _second = a_pair()
    text = client.get(f"/en/hankkeet/{first.code}/").text
    assert re.search(r'<h3 lang="fi"><a href="/en/hankkeet/', text)


def test_a_database_too_busy_for_them_costs_no_card(client, monkeypatch):
    first, _second = a_pair()
    monkeypatch.setattr(hits, "WORD_HITS", "SELECT pg_sleep(2), %s, %s, %s")
    monkeypatch.setattr(lookups, "TIME_LIMIT", "20ms")
    text = client.get(first.get_absolute_url()).text
    assert first.name in text
    assert "Samankaltaiset" not in text


def test_typed_words_are_enough():
    first, second = a_pair()
    found = any_like_words("Apua", "<p>Kokeillaan <b>tekoälyä</b> työssä.</p>")
    assert {alike.project for alike in found} == {first, second}
    assert found[0].reason == "Molemmissa: tekoäly"


def test_markup_in_a_name_is_text_in_the_reason(client):
    a_pair()
    first = a_project("Lastensuojelu")
    for project in Project.objects.filter(name__contains="astensuojelu"):
        a_share(project, "<script>alert(1)</script>")
    catch_up()
    text = client.get(first.get_absolute_url()).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_hostile_words_are_only_words():
    a_pair()
    for text in [*hostile.queries(60), "tekoäly " * LONGEST_TEXT, "\0"]:
        assert any_like_words(text, text) is not None


@pytest.mark.parametrize("find", [public_like, any_like])
def test_five_hundred_take_as_many_queries_as_one(find):
    first, _second = a_pair()
    loaded = cards().get(pk=first.pk)
    find(loaded)
    with CaptureQueriesContext(connection) as few:
        find(loaded)
    for index in range(500):
        a_share(a_project(f"Tekoäly {index}"), "Euroopan aluekehitysrahasto")
    reindex()
    find(loaded)
    with CaptureQueriesContext(connection) as many:
        find(loaded)
    assert len(many) <= len(few) <= 10  # four of them begin and end the careful reading
