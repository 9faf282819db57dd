"""What a reader types finds what was meant, best first."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hankkeet.models import Project, Section
from sivusto.models import Synonym
from sivusto.search import engine
from sivusto.search.bitmaps import ready
from sivusto.search.bitmaps.keeper import keeper
from sivusto.search.engine import search
from sivusto.search.index import catch_up
from sivusto.search.lookups import careful_reading
from tests.builders import a_draft, a_portfolio, a_project, a_share

pytestmark = pytest.mark.django_db


def ranked(words):
    asked = search(words)
    best = asked.best(asked.matching(Project.objects.all()))
    names = dict(Project.objects.values_list("pk", "name"))
    return [names[pk] for pk in best]


def a_card(name, *bodies, **values):
    project = a_project(name, **values)
    for body in bodies:
        Section.objects.create(project=project, body=body)
    return project


@pytest.fixture
def register():
    a_card("Joenrannat", "Puistot, joissa asumisen viihtyisyys lisääntyy. Joen rannalla.")
    a_card("Kirjastoauto kylille", "Palvelut lähelle ikäihmisiä ja lapsiperheitä.")
    a_card("Hyvinvointipalvelut", "Sosiaali- ja terveyspalvelujen uudistus maakunnassa.")
    a_card("Making-City", "Avointa dataa ja energiaa kaduille.", "OuluHealth, ei dataa avointa.")
    a_card("Tjänster", "Projektet skapar nya tjänster för äldre invånare och barn i kommunen.")
    a_share(Project.objects.get(name="Making-City"), "Euroopan aluekehitysrahasto")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("palvelu", ["Hyvinvointipalvelut", "Kirjastoauto kylille"]),
        ("PALVELUISTA", ["Hyvinvointipalvelut", "Kirjastoauto kylille"]),
        ("ikäihminen", ["Kirjastoauto kylille"]),
        ("katu", ["Making-City"]),
        ("joki", ["Joenrannat"]),
        ("sosiaalipalvelu", ["Hyvinvointipalvelut"]),
        ("sosiaali- ja terveyspalvelut", ["Hyvinvointipalvelut"]),
        ("kunta", []),
        ("making city", ["Making-City"]),
        ("Making-City", ["Making-City"]),
        ('"avoin data"', ["Making-City"]),
        ('"data energia"', []),
        ('"dataa ja energiaa"', ["Making-City"]),
        ("palvelu -kirjasto", ["Hyvinvointipalvelut"]),
        ("palvelu -kirjastoauto", ["Hyvinvointipalvelut"]),
        ("kirjas*", ["Kirjastoauto kylille"]),
        ("ikäihmis*", ["Kirjastoauto kylille"]),
        ("aluekehitysrahasto data", ["Making-City"]),
        ("tjänst", ["Tjänster"]),
        ("lapsiperheet ja ikäihmiset", ["Kirjastoauto kylille"]),
        ("kylä palvelu energia", []),
    ],
)
def test_words_find_what_has_them_all(register, words, names):
    assert ranked(words) == names


def test_a_code_finds_its_card(register):
    project = Project.objects.get(name="Making-City")
    assert ranked(project.code.lower()) == ["Making-City"]


def test_the_weightier_place_comes_first():
    a_card("Muu hanke", "Lumityö ja muuta, mutta ei enempää kuin tämä.")
    a_card("Lumityöt", "Muuta.")
    a_card("Salkussa").portfolios.add(a_portfolio("Lumityösalkku"))
    assert ranked("lumityö") == ["Lumityöt", "Salkussa", "Muu hanke"]


@pytest.mark.parametrize(
    ("typed", "shown", "names"),
    [
        ("ikäihmien", "ikäihminen", ["Kirjastoauto kylille"]),
        ("palvleut", "palvelut", ["Hyvinvointipalvelut", "Kirjastoauto kylille"]),
        ("avoin energja", "avoin energia", ["Making-City"]),
        ("asuminne", "asuminen", ["Joenrannat"]),
        ("kirjastoau", "kirjastoau*", ["Kirjastoauto kylille"]),
    ],
)
def test_what_finds_nothing_is_corrected_and_the_reader_is_told(register, typed, shown, names):
    asked = search(typed)
    assert (asked.notice.typed, asked.notice.shown) == (typed, shown)
    assert ranked(typed) == names
    assert search(asked.notice.way_back).notice is None
    assert ranked(asked.notice.way_back) == []


def test_words_that_are_found_only_apart_are_not_corrected(register):
    assert search("kirjastoauto energia").notice is None


def test_no_correction_gives_away_what_is_not_public(register):
    a_draft("Lumityö")
    assert search("lumityöt").notice is None
    assert search("lunityö").notice is None


def test_staff_decide_which_words_find_each_other(register, client):
    client.force_login(get_user_model().objects.create_superuser("yllapito"))
    assert ranked("vanhus") == []
    form = {"word": "vanhus", "others": "ikäihminen, seniori", "is_two_way": "on"}
    assert client.post("/yllapito/sivusto/synonym/add/", form).status_code == 302
    assert ranked("vanhuksille") == ["Kirjastoauto kylille"]
    Synonym.objects.update(is_two_way=False, word="energia", others="Euroopan aluekehitysrahasto")
    assert ranked("energia") == ["Making-City"]


def test_a_synonym_without_a_word_is_refused(client):
    client.force_login(get_user_model().objects.create_superuser("yllapito"))
    form = {"word": "?", "others": ", ,"}
    response = client.post("/yllapito/sivusto/synonym/add/", form)
    assert response.text.count("Kirjoita ainakin yksi sana.") == 2


def test_many_hits_are_ranked_by_the_weightiest_and_none_is_left_out(client, monkeypatch):
    monkeypatch.setattr(engine, "MOST_RANKED", 5)
    for number in range(30):
        a_card(f"Hanke {number}", "Lumityö.")
    old = a_card("Lumityö", "Lumityö.")
    Project.objects.filter(pk=old.pk).update(actual_start_date="1995-01-01")
    catch_up(budget_s=None)
    pages = [client.get(f"/hankkeet/?q=lumityö&sivu={page}").context["projects"] for page in (1, 2)]
    assert pages[0][0].name == "Lumityö"
    assert len({project.pk for page in pages for project in page}) == 31


@pytest.fixture
def _bitmaps():
    yield
    keeper.forget()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_bitmaps")
def test_a_searched_list_takes_eight_queries_however_long(client, django_assert_max_num_queries):
    for number in range(25):
        a_card(f"Lumityö {number}", "Lumityöt alkavat.", "Toinen osa.")
    catch_up()
    ready.tend()
    keeper.build()
    client.get("/hankkeet/?q=alku")
    with django_assert_max_num_queries(8) as asked:  # the word is met the first time
        assert "25 hanketta" in client.get("/hankkeet/?q=lumityö").text
    assert not any("@@" in one["sql"] for one in asked)
    with django_assert_max_num_queries(7):
        client.get("/hankkeet/?q=lumityö&vaihe=paattynyt")


def test_a_list_searched_by_sql_takes_the_same_queries_however_long(
    client, django_assert_num_queries
):
    for number in range(45):
        a_card(f"Lumityö {number}", "Lumityöt alkavat.", "Toinen osa.")
    client.get("/hankkeet/?q=lumityö")
    with CaptureQueriesContext(connection) as asked:
        client.get("/hankkeet/?q=lumityö")
    many = len(asked)
    Project.objects.filter(name__regex="[1-4]$").delete()
    client.get("/hankkeet/?q=lumityö")
    with django_assert_num_queries(many):
        client.get("/hankkeet/?q=lumityö")


def test_the_list_shows_what_was_found_and_where(client, register):
    text = client.get("/hankkeet/?q=palvelu").text
    assert "<mark>Hyvinvointipalvelut</mark>" in text
    assert "<mark>Palvelut</mark> lähelle ikäihmisiä" in text
    assert "Osuvin ensin" in text
    assert "Osuvin ensin" not in client.get("/hankkeet/").text


def test_the_list_tells_of_a_correction_with_a_way_back(client, register):
    text = client.get("/hankkeet/?q=ikäihmien").text
    assert "<q>ikäihmien</q> ei löytynyt mitään. Näytetään <b>ikäihminen</b>." in text
    assert "?q=%22ik%C3%A4ihmien%22" in text


def test_another_order_may_be_asked_for(client, register):
    response = client.get("/hankkeet/?q=palvelu&jarjestys=nimi")
    assert [p.name for p in response.context["projects"]] == [
        "Hyvinvointipalvelut",
        "Kirjastoauto kylille",
    ]
    assert client.get("/hankkeet/?jarjestys=osuvin").status_code == 200


def test_a_filter_and_words_hold_together(client, register):
    project = Project.objects.get(name="Kirjastoauto kylille")
    project.portfolios.add(a_portfolio("Kylät"))
    response = client.get("/hankkeet/?q=palvelu&salkku=kylat")
    assert [p.name for p in response.context["projects"]] == ["Kirjastoauto kylille"]


def test_no_query_of_the_search_unpacks_the_rows_that_do_not_answer(register):
    """PostgreSQL would walk the table or its primary key for the first row that matches."""
    search("talo")
    with CaptureQueriesContext(connection) as asked:
        search("kirjastoauto energia")
    matching = [query["sql"] for query in asked if "@@" in query["sql"]]
    assert len(matching) >= 2
    with careful_reading(), connection.cursor() as cursor:
        for sql in matching:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Index Scan using" not in plan
            assert "Seq Scan" not in plan


HOSTILE = [
    "'", "\\", "' & !", "a:*", "<->", "(((", '"', '""', "-", "--", "*", "a" * 10_000, "ä " * 200,
    "ja tai sekä on", "\u202e\u200d", "👍" * 50, "%s %(x)s {} $1", "palvelu'::tsquery", "x\ty\nz",
    "-a -b -c", '-"a b"', "a/1/b'",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_no_typed_text_breaks_the_search(register, words):
    asked = search(words)
    found = asked.matching(Project.objects.all())
    assert set(asked.best(found)) == set(found.values_list("pk", flat=True))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_no_generated_text_breaks_the_search(register, words):
    asked = search(words)
    assert len(asked.best(asked.matching(Project.objects.all()))) <= 5
