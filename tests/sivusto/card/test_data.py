"""A card's data tells what the page tells, and holds no person and no mailbox."""

from datetime import date
from decimal import Decimal

import pytest

from hankkeet.models import Attachment, Project, Section
from sivusto.search.index import catch_up
from tests.builders import a_contact, a_draft, a_project, a_share, a_whole_card, successor_of

pytestmark = pytest.mark.django_db


def data(client, project, language=""):
    response = client.get(f"{language}{project.get_absolute_url()}kortti.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_the_facts_are_numbers_and_days(client):
    project = a_whole_card(planned_cost=Decimal("120000.50"))
    found = data(client, project)
    assert found["code"] == project.code
    assert found["name"] == "Kirjastoauto kylille"
    assert found["total_cost"] == 120_000.5
    assert found["start_date"] == "2024-03-01"
    assert found["end_date"] == "2026-12-31"
    assert [share["funder"] for share in found["funding"]][1] == "Jokilahden kaupunki"
    assert found["funding"][0]["amount"] == 90_000
    assert found["implementers"] == ["Kirjastopalvelut"]


def test_an_attachment_is_told_of(client):
    project = a_project()
    facts = {"kind": "final_report", "accessibility": "exempt", "language": "sv"}
    day = date(2017, 6, 15)
    Attachment.objects.create(
        project=project, title="R", url="https://a.example.fi/", document_date=day, **facts
    )
    (found,) = data(client, project)["attachments"]
    assert found.items() >= (facts | {"date": "2017-06-15"}).items()


def test_empty_fields_are_there_and_empty(client):
    bare = a_project(actual_start_date=None, planned_end_date=None, planned_cost=None)
    found = data(client, bare)
    assert (found["start_date"], found["total_cost"], found["chain"]) == (None, None, None)
    assert found["similar"] == found["contacts"] == []


def test_no_person_and_no_mailbox_is_in_it(client):
    project = a_whole_card()
    a_contact(project)
    Section.objects.create(project=project, body="<p>meri.virta@example.fi</p>")
    text = client.get(f"{project.get_absolute_url()}kortti.json").text
    for secret in ("Malliranta", "Aino", "050 000", "@", "mailto"):
        assert secret not in text
    assert "Projektipäällikkö" in text
    assert "meri.virta(at)example.fi" in text


def test_the_chain_and_the_similar_are_in_it(client):
    first = a_project("Tekoäly lastensuojelussa", planned_cost=None)
    later = successor_of(first, "Tekoäly lastensuojelun arjessa")
    a_draft("Tekoäly salassa")
    catch_up()
    found = data(client, first)
    assert found["chain"]["total_cost"] == 120_000
    assert found["chain"]["without_cost"] == 1
    assert [p["code"] for p in found["chain"]["projects"]] == [first.code, later.code]
    assert found["similar"][0]["code"] == later.code
    assert "tekoäly" in found["similar"][0]["reason"]
    assert "salassa" not in str(found)


def test_it_is_the_same_in_every_language(client):
    project = a_whole_card()
    assert data(client, project, "/sv") == data(client, project)


def test_another_spelling_leads_to_it(client):
    project = a_project()
    response = client.get(f"/hankkeet/{project.code.lower()}/kortti.json")
    assert (response.status_code, response.url) == (
        301,
        f"/hankkeet/{project.code}/kortti.json",
    )


def test_five_hundred_shares_take_as_many_queries_as_one(client, django_assert_max_num_queries):
    project = a_whole_card(actual_start_date=date(2020, 1, 1))
    for index in range(500):
        a_share(project, f"Rahoittaja {index % 20}", amount=Decimal(index))
    catch_up()
    with django_assert_max_num_queries(20):
        assert len(data(client, project)["funding"]) == 502
    assert Project.objects.count() == 1
