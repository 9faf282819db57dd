"""The card shows every field it has, and no row for what it has not."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from hankkeet.models import Attachment, Contact, Project, Section
from sivusto.search.index import catch_up
from tests.builders import a_draft, a_project, a_share, a_whole_card, successor_of

pytestmark = pytest.mark.django_db

FIELDS = [
    "Hankkeen nimi",
    "Hanketyyppi",
    "Salkku",
    "Tiivistelmä",
    "Käsittelyvaihe",
    "Aloittamispvm",
    "Päättymispvm",
    "Rahoittajat",
    "Toteuttajat",
    "Yhteyshenkilöt",
    "Liitteet",
]


def page(client, project):
    response = client.get(project.get_absolute_url())
    assert response.status_code == 200
    return response.text


def card(client, project):
    text = page(client, project)
    return text[text.index('<article class="card">') : text.index("</article>")]


def test_the_fields_stand_in_the_old_registers_order(client):
    text = card(client, a_whole_card())
    places = [text.index(f">{field}<") for field in FIELDS]
    assert places == sorted(places)


def test_an_empty_field_leaves_no_row(client):
    bare = a_project(
        "Pelkkä nimi", actual_start_date=None, planned_end_date=None, planned_cost=None
    )
    text = card(client, bare)
    assert re.findall(r"<dt.*?>(.*?)</dt>", text) == ["Hankkeen nimi", "Käsittelyvaihe"]
    assert "<h2>" not in text
    assert "None" not in text


def test_the_funding_table_sums_up(client):
    text = card(client, a_whole_card())
    assert re.search(r'class="total">.*?100\xa0%.*?120\xa0000', text)
    widths = re.findall(r'<rect x="[\d.]+%" width="([\d.]+)%"', text)
    assert [float(width) for width in widths] == [75, 25]


def test_figures_picked_from_the_text_are_marked_until_checked(client):
    project = a_project()
    a_share(project, amount=Decimal(10), is_proposal=True)
    assert "ole vielä tarkistettu" in card(client, project)
    project.funding_shares.update(is_proposal=False)
    assert "ole vielä tarkistettu" not in card(client, project)


def test_a_funder_found_only_in_the_text_is_not_in_the_field(client):
    project = a_project()
    a_share(project, "Ilmoitettu", amount=Decimal(10))
    a_share(project, "Tekstistä", amount=Decimal(10), is_declared=False, is_proposal=True)
    text = card(client, project)
    field = text[text.index("Rahoittajat") : text.index("<h2>Rahoitus")]
    assert "Ilmoitettu" in field
    assert "Tekstistä" not in field
    assert "Tekstistä" in text


@pytest.mark.parametrize(
    ("visibility", "shown", "hidden"),
    [
        ("all", ["Suunnittelija", "Maija Malli", "050 000 0002", "maija(at)"], ["@jokilahti"]),
        ("name", ["Suunnittelija", "Maija Malli"], ["050 000 0002", "maija(at)"]),
        ("role", ["Suunnittelija", "toimisto(at)"], ["Maija", "050 000 0002", "maija(at)"]),
    ],
)
def test_a_contact_shows_as_much_as_its_visibility_lets(client, visibility, shown, hidden):
    project = a_project()
    Contact.objects.create(
        project=project,
        role="Suunnittelija",
        person_name="Maija Malli",
        phone="050 000 0002",
        email="maija@jokilahti.example.fi",
        unit_email="toimisto@jokilahti.example.fi",
        visibility=visibility,
    )
    text = card(client, project)
    for word in shown:
        assert word in text
    for word in hidden:
        assert word not in text


def test_no_email_of_a_contact_can_be_harvested(client):
    text = page(client, a_whole_card())
    found = set(re.findall(r"[\w.]+@[\w.]+", text))
    assert found == {"palaute@jokilahti.example.fi"}


def with_an_address_in_the_text():
    body = (
        "<p>Kysy lisää: meri.virta@example.fi tai "
        '<a href="mailto:aamu.rusko@example.fi">Aamulta</a>, puh. 050 000 0003.</p>'
    )
    project = a_project()
    Section.objects.create(project=project, body=body)
    return project


def test_an_address_in_the_text_is_read_by_people_only(client):
    text = card(client, with_an_address_in_the_text())
    assert "meri.virta(at)example.fi" in text
    assert "Aamulta (aamu.rusko(at)example.fi)" in text
    assert "@" not in text
    assert "mailto:" not in text


def test_a_passage_in_a_list_has_no_address_and_no_phone_number(client):
    with_an_address_in_the_text()
    text = client.get("/hankkeet/?q=kysyä").text
    assert "virta(at)" in text
    assert "050" not in text
    assert "virta@" not in text


def test_a_units_mailbox_is_a_link(client):
    project = a_project()
    Contact.objects.create(project=project, role="Toimisto", unit_email="toimisto@example.fi")
    link = '<a href="mailto:toimisto&#64;example.fi">toimisto(at)example.fi</a>'
    assert link in card(client, project)


def test_relations_lead_both_ways_and_only_to_public_cards(client):
    first = a_project("Alku")
    later = successor_of(first)
    part = a_project("Osa", parent=first)
    a_draft("Salainen osa", parent=first)
    text = card(client, first)
    assert re.search(r"Kirjastoauto jatkaa</a> <small>jatko<", text)
    assert "Salainen" not in text
    assert re.search(r">Alku</a> <small>edeltäjä<", card(client, later))
    assert re.search(r"Osa hanketta.*>Alku<", card(client, part), re.DOTALL)


def test_an_attachment_without_link_or_file_says_so(client):
    project = a_project()
    Attachment.objects.create(project=project, title="Raportti", file_name="r.pdf", size=2_944_000)
    Attachment.objects.create(project=project, title="Sivusto")
    text = card(client, project)
    assert "PDF, 2\xa0875\xa0kt</small> <small>tiedostoa ei ole vielä siirretty" in text
    assert "osoite puuttuu" in text


def test_the_unions_emblem_is_on_top_and_first_and_the_sentence_in_the_readers_language(client):
    project = a_project()
    foundation, union = (a_share(project, name).funder for name in ("Säätiö", "Unioni"))
    for payer in (foundation, union):
        payer.logo, payer.logo_alt = f"logot/{payer.pk}.png", payer.name
    union.kind, union.statement = "eu", "Euroopan unionin rahoittama"
    union.statement_sv = "Finansieras av Europeiska unionen"
    foundation.save()
    union.save()
    head, _, body = client.get(f"/hankkeet/{project.code}/").text.partition("<article")
    assert re.findall(r'<img[^>]*alt="(\w+)"', head) == ["Unioni"]
    assert re.findall(r'<img[^>]*alt="(\w+)"', body) == ["Unioni", "Säätiö"]
    assert all("<p>Euroopan unionin rahoittama</p>" in part for part in (head, body))
    swedish, english = (
        client.get(f"/{language}/hankkeet/{project.code}/").text for language in ("sv", "en")
    )
    assert '<p lang="sv">Finansieras av Europeiska unionen</p>' in swedish
    assert "<p>Euroopan unionin rahoittama</p>" in english


def an_attachment(project, title, **values):
    file = ContentFile(b"%PDF-1.4", "r.pdf") if values.pop("is_file", True) else ""
    return Attachment.objects.create(project=project, title=title, file=file, **values)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {
                "size": 2_944_000,
                "kind": "final_report",
                "document_date": date(2017, 6, 15),
                "language": "sv",
                "accessibility": "exempt",
            },
            "PDF, 2\xa0875\xa0kt, loppuraportti, 15.6.2017, ruotsiksi, "
            "ei saavutettava: julkaistu ennen 23.9.2018",
        ),
        ({"kind": "other", "language": "fi", "accessibility": "accessible"}, "PDF, saavutettava"),
        (
            {"is_file": False, "url": "https://a.example.fi/", "kind": "decision"},
            "päätös",
        ),
    ],
)
def test_a_card_tells_what_an_attachment_is(client, values, told):
    project = a_project()
    an_attachment(project, "Raportti", **values)
    assert f"<small>{told}</small>" in card(client, project)


def test_a_link_says_nothing_of_its_accessibility_and_a_bare_one_nothing_at_all(client):
    project = a_project()
    address = "https://a.example.fi/"
    an_attachment(project, "Sivu", is_file=False, url=address, accessibility="accessible")
    assert re.search(r">Sivu</a></li>", card(client, project))


def test_the_swedish_page_tells_of_the_language_of_a_finnish_attachment(client):
    project = a_project()
    an_attachment(project, "Raportti", language="fi")
    text = client.get(f"/sv{project.get_absolute_url()}").text
    assert "PDF, på finska</small>" in text


def test_a_card_asks_twenty_things_of_the_database_however_much_it_holds(
    client, django_assert_max_num_queries
):
    project = a_whole_card()
    for index in range(30):
        a_share(project, f"Rahoittaja {index}", amount=Decimal(1), programme="Ohjelma")
        successor_of(project, f"Jatko {index}")
    catch_up()
    # Ten load the card and one its chain; nine find similar ones, of which four only begin and
    # end the reading of the index.
    with django_assert_max_num_queries(20):
        page(client, project)


@pytest.mark.parametrize("suffix", ["", "kortti.pdf"])
def test_other_spellings_and_former_names_lead_to_the_card(client, suffix):
    project = a_project("Vanha nimi")
    project.name = "Uusi nimi"
    project.save()
    for way in (project.code.lower(), "vanha-nimi", "uusi-nimi"):
        response = client.get(f"/hankkeet/{way}/{suffix}")
        assert (response.status_code, response.url) == (301, f"/hankkeet/{project.code}/{suffix}")


@pytest.mark.parametrize(
    "address",
    ["/Hankekortti1.asp?ID={0}", "/hankekortti1.asp?id={0}", "/HANKEKORTTI.ASP?Id={0}&x=1"],
)
def test_the_old_registers_addresses_lead_to_the_card(client, address):
    project = a_whole_card()
    key = project.external_keys.get(kind="old_register").value
    response = client.get(address.format(key))
    assert (response.status_code, response.url) == (301, project.get_absolute_url())


@pytest.mark.parametrize("query", ["", "?ID=", "?ID=999999", "?ID=abc", "?ID=%27"])
def test_an_unknown_old_address_is_not_found(client, query):
    assert client.get(f"/Hankekortti1.asp{query}").status_code == 404


def test_markup_in_a_name_is_text(client):
    text = page(client, a_project("<script>alert(1)</script> & ”lainaus”"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_an_ended_project_tells_what_was_planned(client):
    project = a_project(
        planned_end_date=date(2025, 6, 30),
        actual_end_date=date(2025, 10, 31),
        actual_cost=Decimal(130_000),
    )
    text = card(client, project)
    assert "31.10.2025 <small>suunniteltu 30.6.2025" in text
    assert "130\xa0000\xa0€ <small>suunniteltu 120\xa0000\xa0€" in text
    assert Project.objects.count() == 1


def test_people_of_one_role_are_one_line_once_their_names_are_hidden(client):
    project = a_project("Kolme päällikköä")
    for name, visibility in (("Aino Esimerkki", "role"), ("Onni Esimerkki", "role")):
        Contact.objects.create(
            project=project, role="Projektipäällikkö", person_name=name, visibility=visibility
        )
    assert card(client, project).count("Projektipäällikkö") == 1

    project.contacts.update(visibility="name")

    assert card(client, project).count("Projektipäällikkö") == 2
