"""The text of an attachment is a page that one can link into, light and in its own language."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Attachment
from tests.builders import a_draft, a_part, a_project, a_text, a_whole_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paragraphs(count, letters=900):
    return [
        {"kind": "paragraph", "text": f"Sana {n}. " + "virke " * (letters // 6)}
        for n in range(count)
    ]


def test_slides_have_anchors_headings_lists_tables_and_notes(client):
    blocks = [
        {"kind": "heading", "text": "Väliotsikko", "level": 5},
        {"kind": "list", "items": [[0, "yksi"], [1, "alempi"], [0, "kaksi"]]},
        {"kind": "table", "rows": [["Vuosi", ""], ["2024", "10 €"]], "has_head": True},
        {"kind": "notes", "text": "Puhu hitaasti."},
    ]
    text = a_text(a_project(), parts=[a_part(12, "Tulokset", *blocks)])
    page = client.get(text.get_absolute_url()).text.replace("\n", "")
    assert text.get_absolute_url().endswith(f"/liitteet/{text.pk}/teksti/")
    assert '<section id="dia-12">' in page
    assert "<h3>Väliotsikko</h3>" in page
    assert "<ul><li>yksi<ul><li>alempi</li></ul></li><li>kaksi</li></ul>" in page
    assert '<th scope="col">Vuosi</th><td></td>' in page
    assert "<td>10 €</td>" in page
    assert "muistiinpanot:</b> Puhu hitaasti." in page


def test_the_card_leads_to_the_text_and_says_where_there_is_none(client):
    project = a_project()
    text = a_text(project)
    a_text(project, "Rikki", state="failed", message="Tiedosto on vioittunut.", content={})
    a_text(project, "Skannattu", state="scanned", content={})
    card = client.get(project.get_absolute_url()).text
    assert f'href="{text.get_absolute_url()}"' in card
    assert card.count("/teksti/") == 1
    assert "tekstiä ei saatu luettua" in card
    assert "kuvana, ei tekstiversiota" in card


def test_the_text_of_a_replaced_file_is_not_shown(client):
    text = a_text(a_project())
    Attachment.objects.filter(pk=text.pk).update(file="liitteet/uusi.pdf")
    assert client.get(text.get_absolute_url()).status_code == 404
    assert "/teksti/" not in client.get(text.attachment.project.get_absolute_url()).text


@pytest.mark.parametrize(
    ("state", "words"), [("failed", "ei saatu luettua"), ("without_text", "pelkkää kuvaa")]
)
def test_a_file_that_was_not_read_says_so_and_can_be_downloaded(client, state, words):
    text = a_text(a_project(), state=state, message="Tiedosto on vioittunut.", content={})
    page = client.get(text.get_absolute_url()).text
    assert words in page
    assert text.attachment.get_absolute_url() in page


def test_a_long_text_is_cut_and_every_slide_is_reached(client):
    parts = [a_part(n, f"Dian {n} aihe", *paragraphs(2)) for n in range(1, 43)]
    text = a_text(a_project(), parts=parts)
    address = text.get_absolute_url()
    first = client.get(address).text
    assert '<section id="dia-1">' in first
    assert '<section id="dia-42">' not in first
    assert '<li id="dia-42"><a href="?kohta=dia-42#dia-42">' in first
    for number in range(1, 43):
        page = client.get(f"{address}?kohta=dia-{number}")
        assert page.text.count(f'id="dia-{number}"') == 1
        assert f'<section id="dia-{number}">' in page.text


def test_an_unknown_place_shows_the_beginning_and_says_so(client):
    page = client.get(a_text(a_project()).get_absolute_url() + "?kohta=dia-99").text
    assert "Pyydettyä kohtaa ei ole" in page
    assert "Autot kulkivat" in page


def test_a_report_of_sixty_pages_is_light_page_by_page(client):
    parts = [a_part(n, f"Sivun {n} aihe", *paragraphs(3, 800)) for n in range(1, 61)]
    words = iter(range(10**6))
    for part in parts:  # no word twice, so that it packs as badly as it can
        for block in part["blocks"]:
            block["text"] = re.sub(
                "virke", lambda _: f"v{next(words) * 7919 % 10007}", block["text"]
            )
    address = a_text(a_project(), parts=parts).get_absolute_url()
    sizes = [
        len(client.get(f"{address}?kohta=dia-{n}", headers={"accept-encoding": "gzip"}).content)
        for n in (1, 30, 60)
    ]
    assert max(sizes) <= 10_000


def test_a_table_and_a_paragraph_without_end_are_cut_too(client):
    rows = [["Vuosi", "Summa"], *[[str(n), "x" * 50] for n in range(1000)]]
    blocks = [
        {"kind": "table", "rows": rows, "has_head": True},
        {"kind": "paragraph", "text": "Pitkä virke. " * 4000},
    ]
    address = a_text(a_project(), parts=[a_part(1, "Kulut", *blocks)]).get_absolute_url()
    page = client.get(f"{address}?kohta=dia-1-2").text
    assert '<section id="dia-1-2">' in page
    assert "jatkuu" in page
    assert '<th scope="col">Vuosi</th>' in page
    assert len(page) < 25_000


def test_the_documents_language_is_marked_and_the_sites_words_keep_theirs(client):
    notes = {"kind": "notes", "text": "Tala långsamt."}
    text = a_text(a_project(), language="sv", parts=[a_part(1, "Början", notes)])
    page = client.get(text.get_absolute_url()).text
    assert '<div class="prose" lang="sv">' in page
    assert '<span lang="sv">Början</span>' in page
    assert '<b lang="fi">Esittäjän muistiinpanot:</b>' in page
    assert 'class="prose" lang' not in client.get(f"/sv{text.get_absolute_url()}").text


def test_what_a_document_says_is_never_markup(client):
    blocks = [
        {"kind": "paragraph", "text": "<script>x</script>"},
        {"kind": "list", "items": [[0, "<img src=x>"]]},
        {"kind": "table", "rows": [["<b>a</b>"]]},
    ]
    text = a_text(a_project(), "<i>a</i>", parts=[a_part(1, "<u>a</u>", *blocks)])
    page = client.get(text.get_absolute_url()).text
    assert not re.search(r"<(?:script|img|b>a|i>a|u>a)", page)


def test_another_spelling_of_the_code_leads_to_the_right_one(client):
    text = a_text(a_project())
    response = client.get(text.get_absolute_url().replace("/H", "/h"))
    assert (response.status_code, response["Location"]) == (301, text.get_absolute_url())


def test_texts_of_drafts_and_of_hidden_attachments_are_nowhere(client):
    draft = a_text(a_draft())
    hidden = a_text(a_project("Toinen"))
    Attachment.objects.filter(pk=hidden.pk).update(is_hidden=True)
    never = client.get("/hankkeet/H999999/liitteet/999999/teksti/")
    for text in (draft, hidden):
        response = client.get(text.get_absolute_url())
        assert response.status_code == 404
        assert response.content == never.content


def test_a_page_asks_the_database_the_same_however_long(client, django_assert_num_queries):
    short = a_text(a_project())
    long = a_text(a_project("Toinen"), parts=[a_part(n, "a", *paragraphs(9)) for n in range(1, 60)])
    for text in (short, long):
        with django_assert_num_queries(1):
            client.get(text.get_absolute_url())


def test_the_card_asks_no_more_for_its_texts(client, django_assert_num_queries):
    plain, rich = a_whole_card(), a_whole_card("Toinen")
    for number in range(5):
        a_text(rich, f"Liite {number}")
    client.get(plain.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(plain.get_absolute_url())
    with django_assert_num_queries(len(asked)):
        assert client.get(rich.get_absolute_url()).text.count("/teksti/") == 5


def test_a_text_is_in_the_sitemap_and_in_the_cards_data_while_it_is_public(client):
    text = a_text(a_project())
    a_text(text.attachment.project, "Kuva", state="scanned")
    project = text.attachment.project

    def told():
        attachments = client.get(f"/hankkeet/{project.code}/kortti.json").json()["attachments"]
        return client.get("/sitemap-liitteet.xml").text, [each["text"] for each in attachments]

    sitemap, addresses = told()
    assert sitemap.count("<loc>") == 1
    assert f"{text.get_absolute_url()}</loc>" in sitemap
    assert addresses[0].endswith(text.get_absolute_url())
    assert addresses[1] is None
    Attachment.objects.update(is_hidden=True)
    sitemap, addresses = told()
    assert "<loc>" not in sitemap
    assert addresses == []


def test_the_sitemap_asks_the_same_of_the_database_however_many_the_texts(
    client, django_assert_max_num_queries
):
    project = a_project()
    for number in range(12):
        a_text(project, f"Liite {number}")
    with django_assert_max_num_queries(4) as asked:
        assert client.get("/sitemap-liitteet.xml").text.count("<loc>") == 12
    assert not any('"content"' in query["sql"] for query in asked.captured_queries)
