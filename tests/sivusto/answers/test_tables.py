"""A list as CSV, XLSX, JSON and Atom: the page's own answer, whole, and safe to open."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from hankkeet.models import Phase, Section
from sivusto.answers.columns import COLUMNS
from sivusto.answers.tables import as_text, csv_lines
from tests.builders import a_portfolio, a_project, a_whole_card

FORMATS = ("csv", "xlsx", "json")
ATOM = "{http://www.w3.org/2005/Atom}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def body(client, form, query=""):
    response = client.get(f"/hankkeet/luettelo.{form}{query}")
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def csv_rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))


def names(client, form, query):
    data = body(client, form, query)
    if form == "csv":
        return [row[2] for row in csv_rows(data)[1:]]
    if form == "json":
        return [project["name"] for project in json.loads(data)["projects"]]
    return ["".join(row[2].itertext()) for row in list(sheet(data).iter(f"{SHEET}row"))[1:]]


@pytest.fixture
def register(db):
    ended = a_project("Öljytön koulu", phase=Phase.ENDED, actual_start_date=date(2020, 1, 1))
    ended.portfolios.add(a_portfolio("Kulttuurisalkku"))
    a_project("Alku", planned_cost=Decimal("1000.50"), actual_start_date=date(2022, 1, 1))
    a_project("Koulun katto", planned_cost=None, actual_start_date=date(2021, 1, 1))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?vaihe=paattynyt",
        "?salkku=kulttuurisalkku",
        "?q=koulu",
        "?q=koulu&jarjestys=vanhin",
        "?jarjestys=nimi",
        "?vuosi=2020",
        "?vaihe=outo",
        "?vuosi=kaksi&vaihe=kaynnissa",
        "?sivu=3",
        "?q=xyzzy",
    ],
)
def test_every_format_answers_what_the_page_does(client, register, form, query):
    page = client.get(f"/hankkeet/{query}")
    assert names(client, form, query) == [project.name for project in page.context["projects"]]


@pytest.mark.parametrize("form", FORMATS)
def test_the_best_come_first_in_every_format(client, db, form):
    a_project("Koulu", actual_start_date=date(2010, 1, 1))
    newer = a_project("Piha", actual_start_date=date(2025, 1, 1))
    Section.objects.create(project=newer, heading="Tavoitteet", body="<p>Koulu on lähellä.</p>")
    assert names(client, form, "?q=koulu") == ["Koulu", "Piha"]


def test_csv_opens_as_it_is_in_finnish_excel(client, db):
    a_whole_card("Ääni", actual_cost=Decimal("1234.50"))
    data = body(client, "csv")
    assert data.startswith(b"\xef\xbb\xbfTunnus;Osoite;Hankkeen nimi;")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    row = dict(zip(*csv_rows(data), strict=True))
    assert row["Osoite"].endswith(f"/hankkeet/{row['Tunnus']}/")
    assert row["Aloittamispvm"] == "1.3.2024"
    assert row["Kustannukset (€)"] == "1234,50"
    assert row["Rahoittajat"] == "Sosiaali- ja terveysministeriö, Jokilahden kaupunki"
    assert row["Rahoitusohjelmat"] == "Kaste-ohjelma"


@given(
    st.text(" \t\r\n\xa0\ufeff\x0b\x1c\u3000", max_size=3),
    st.sampled_from("=+-@\t\r\n＝＋－＠"),
    st.text(),
)
def test_no_cell_of_csv_begins_like_a_formula(blanks, sign, rest):
    assert as_text(blanks + sign + rest).startswith("'")


@pytest.mark.parametrize("text", ["Koulu", "a=b", "2024–2028", "'=1", ""])
def test_plain_text_stays_as_it_is(text):
    assert as_text(text) == text


@pytest.mark.parametrize("name", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "12"])
def test_text_stays_text_in_csv_and_xlsx(client, db, name):
    a_project(name)
    assert csv_rows(body(client, "csv"))[1][2] == (name if name == "12" else f"'{name}")
    root = sheet(body(client, "xlsx"))
    assert not list(root.iter(f"{SHEET}f"))
    cell = next(cell for cell in root.iter(f"{SHEET}c") if cell.get("r") == "C2")
    assert cell.get("t") == "inlineStr"
    assert "".join(cell.itertext()) == name


def test_xlsx_has_true_dates_and_numbers_a_filter_and_a_frozen_header(client, db):
    a_project(planned_cost=Decimal("1234.50"), actual_start_date=date(2024, 3, 1))
    root = sheet(body(client, "xlsx"))
    cells = {cell.get("r"): cell for cell in root.iter(f"{SHEET}c")}
    assert cells["G2"].findtext(f"{SHEET}v") == "45352"
    assert cells["I2"].findtext(f"{SHEET}v") == "1234.5"
    assert {cells["G2"].get("t"), cells["I2"].get("t")} <= {None, "n"}
    assert root.find(f".//{SHEET}pane").get("ySplit") == "1"
    assert root.find(f"{SHEET}autoFilter").get("ref") == "A1:N2"


def test_xlsx_says_what_it_answers(client, db):
    a_project()
    with zipfile.ZipFile(io.BytesIO(body(client, "xlsx"))) as book:
        properties = book.read("docProps/core.xml").decode()
    assert "1 hanke; kustannukset" in properties


@pytest.mark.parametrize("form", ["csv", "atom"])
def test_a_list_as_data_is_in_finnish_for_every_reader(client, db, form):
    a_project()
    response = client.get(f"/sv/hankkeet/luettelo.{form}")
    assert "Käynnissä" in b"".join(response).decode()


def test_json_is_data_with_its_licence(client, db):
    project = a_whole_card()
    data = json.loads(body(client, "json", "?vaihe=kaynnissa&vaihe=outo"))
    assert (data["total"], data["licence"]) == (1, "CC BY 4.0")
    assert data["address"].endswith("/hankkeet/?vaihe=kaynnissa&vaihe=outo")
    assert "Vaihetta ”outo” ei ole" in data["remarks"][0]
    found = data["projects"][0]
    assert list(found) == [column.key for column in COLUMNS]
    assert (found["code"], found["start_date"]) == (project.code, "2024-03-01")
    assert found["phase"] == "running"
    assert (found["total_cost"], found["programmes"]) == (120_000, ["Kaste-ohjelma"])


def test_the_sentence_names_the_word_that_was_searched_in_place_of_a_slip(client, register):
    data = json.loads(body(client, "json", "?q=kolulu"))
    assert data["sentence"].startswith("2 hanketta, joissa sana ”koulu”")


@pytest.mark.parametrize("form", [*FORMATS, "atom"])
def test_nobody_can_be_reached_through_a_list(client, db, form):
    a_whole_card()
    data = body(client, form)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    text = data.decode()
    assert "Kirjastoauto" in text
    assert not re.findall(r"[\w.]+(?:@|\(at\))[\w.]+\.\w+|050 000|Aino", text)


@pytest.mark.parametrize(("form", "most"), [("csv", 1), ("xlsx", 2), ("json", 2), ("atom", 4)])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, db, form, most):
    counts = []
    for more in (5, 495):
        for _index in range(more):
            a_project()
        a_whole_card()
        body(client, form)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body(client, form)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most


def test_the_feed_tells_the_newest_changes_first(client, db):
    for index in range(52):
        a_project(f"Hanke {index}", actual_start_date=date(2024, 1 + index % 12, 1))
    a_project("Ei tämä", phase=Phase.ENDED)
    feed = ElementTree.fromstring(body(client, "atom", "?vaihe=kaynnissa&jarjestys=vanhin"))
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == [f"Hanke {index}" for index in range(51, 1, -1)]
    own = next(link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own.get("href").endswith("/luettelo.atom?vaihe=kaynnissa&jarjestys=vanhin")
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert all(entry.findtext(f"{ATOM}id").startswith("http") for entry in entries)


@pytest.mark.parametrize("query", ["", "?q=%01%0B%EF%BF%BE", "?q=%3Cb%3E%26"])
def test_a_feed_is_whole_xml_whatever_is_asked(client, db, query):
    a_project("Merkki \x01\x0b <b>&")
    feed = ElementTree.fromstring(body(client, "atom", query))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.findtext(f"{ATOM}updated")


def test_browsers_learn_to_search_here(client):
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    urls = ElementTree.fromstring(response.content).findall(
        "{http://a9.com/-/spec/opensearch/1.1/}Url"
    )
    templates = {url.get("type"): url.get("template") for url in urls}
    assert templates["text/html"].endswith("/hankkeet/?q={searchTerms}")
    assert templates["application/atom+xml"].endswith("/luettelo.atom?q={searchTerms}")


def test_csv_begins_before_its_rows_are_asked_for():
    def rows():
        raise AssertionError("asked")
        yield

    assert next(csv_lines(rows())).startswith("\ufeffTunnus;Osoite;")
