"""What an attachment says is found, and a hit leads to the very page of its text."""

import pytest

from hankkeet.models import Attachment, AttachmentText, Section
from sivusto.models import Page
from sivusto.search.index import catch_up
from tests.builders import a_part, a_project, a_text

pytestmark = pytest.mark.django_db


def paragraph(text):
    return {"kind": "paragraph", "text": text}


def a_report(project, title="Loppuraportti", **values):
    """A report of three slides; the second one has a list and a table, the third one notes."""
    items = {"kind": "list", "items": [[0, "Lumityöt kylillä"], [1, "Auraus"]]}
    table = {"kind": "table", "rows": [["Vuosi", "Kiinteistöt"], ["2014", "kolmetoista"]]}
    parts = [
        a_part(1, "Alku", paragraph("Kirjastoauto kulkee.")),
        a_part(2, "Talvi", items, table),
        a_part(3, "Loppu", {"kind": "notes", "text": "Muista kiittää talkoolaisia lumitöistä."}),
    ]
    return a_text(project, title, parts=parts, **values)


def found(client, words):
    response = client.get("/hankkeet/", {"q": words})
    return [row.project.name for row in response.context["rows"]], response.content.decode()


def test_a_word_in_another_inflection_leads_to_its_slide(client):
    project = a_project("Kylät liikkeelle")
    report = a_report(project)
    names, html = found(client, "aurauksista")
    assert names == ["Kylät liikkeelle"]
    assert "<mark>Auraus</mark>" in html
    address = f"{report.get_absolute_url()}?kohta=dia-2#dia-2"
    assert f'Liitteessä: <a href="{address}">Loppuraportti, Dia\xa02</a>' in html
    assert 'id="dia-2"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("words", "slide"),
    [("kiinteistö", 2), ("kolmetoista", 2), ("talkoolaiset", 3), ("lumityö talkoolainen", 3)],
)
def test_lists_tables_and_notes_are_found_and_the_slide_that_answers_most_is_shown(
    client, words, slide
):
    a_report(a_project())
    assert f"#dia-{slide}" in found(client, words)[1]


def test_the_card_itself_answers_before_its_attachments(client):
    project = a_project("Kylät liikkeelle")
    a_report(project)
    Section.objects.create(project=project, body="<p>Lumitöitä tehdään.</p>")
    assert "Liitteessä" not in found(client, "lumityö")[1]
    assert "Liitteessä" in found(client, "lumityö auraus")[1]


def test_a_name_weighs_more_than_an_attachment(client):
    a_report(a_project("Kylät liikkeelle"))
    a_project("Lumityö")
    assert found(client, "lumityö")[0] == ["Lumityö", "Kylät liikkeelle"]


def test_a_phrase_is_found_in_an_attachment(client):
    a_report(a_project())
    assert found(client, '"lumityöt kylillä"')[0]
    assert not found(client, '"kylillä lumityöt"')[0]


def test_the_end_of_a_long_report_is_found_too(client):
    pages = [a_part(n, f"Luku {n}", paragraph(f"sana{n % 97} " * 400)) for n in range(1, 60)]
    last = a_part(60, "Lopuksi", paragraph("Tuloksena syntyi kirjastoauto ja auraussuunnitelma."))
    a_text(a_project(), parts=[*pages, last])
    for words in ("auraussuunnitelmista", "kirjasto"):
        assert "#dia-60" in found(client, words)[1]


def test_what_is_hidden_replaced_or_failed_is_not_found(client):
    project = a_project()
    hidden, replaced = a_report(project, "Salainen"), a_report(project, "Vanha")
    failed = a_report(project, "Rikki", state="failed", message="Rikki.")
    assert found(client, "auraus")[0]
    Attachment.objects.filter(pk=hidden.pk).update(is_hidden=True)
    Attachment.objects.filter(pk=replaced.pk).update(file="liitteet/uusi.pdf")
    assert found(client, "auraus")[0] == []
    assert not Page.objects.exists()
    assert failed.attachment.title == "Rikki"


def test_pages_go_with_their_text(client):
    text = a_report(a_project())
    catch_up()
    assert Page.objects.count() == 3
    AttachmentText.objects.filter(pk=text.pk).update(
        content={"parts": [], "language": "", "is_cut": False}
    )
    assert found(client, "auraus")[0] == []
    assert not Page.objects.exists()
    text.attachment.delete()


def test_nobodys_address_or_phone_stands_in_a_found_passage(client):
    said = "Auraus: etunimi.sukunimi@kunta.fi, 040 123 4567."
    a_text(a_project(), parts=[a_part(1, "Yhteys", paragraph(said))])
    html = found(client, "auraus")[1]
    assert "@kunta" not in html
    assert "123 4567" not in html


def test_a_list_asks_once_for_all_pages(client, django_assert_max_num_queries):
    for number in range(8):
        a_report(a_project(f"Hanke {number}"))
    found(client, "auraus")
    with django_assert_max_num_queries(30) as few:
        found(client, "lumityöt")
    number = len(few)
    for more in range(8, 16):
        a_report(a_project(f"Hanke {more}"))
    found(client, "auraus")
    with django_assert_max_num_queries(number):
        found(client, "lumitöistä")
