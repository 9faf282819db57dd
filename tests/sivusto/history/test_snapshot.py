"""A card goes into a version and comes out the same, except for what today does not let out."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.test import override_settings

from hankkeet.models import Attachment, Contact, Logo, Project
from sivusto.card.card import Card
from sivusto.card.queries import cards
from sivusto.history.differences import differences
from sivusto.history.present import present_of
from sivusto.history.restore import restore
from sivusto.history.snapshot import snapshot
from sivusto.transfer.demo import load_demo
from tests.builders import a_draft, a_project, a_share, a_whole_card, successor_of

pytestmark = pytest.mark.django_db


def kept(project):
    """The card's content as it comes back from the database."""
    return json.loads(json.dumps(snapshot(cards().get(pk=project.pk))))


def html(project):
    return render_to_string(
        "card/_card.html", {"card": Card(project), "project": project, "fi": ""}
    )


def shown(project, content):
    return html(restore(content, present_of(project, [content])))


def test_every_card_of_the_demo_register_comes_back_the_same(django_assert_num_queries):
    load_demo(Path(settings.BASE_DIR) / "fixtures" / "demo")
    for project in cards().public():
        content = json.loads(json.dumps(snapshot(project)))
        present = present_of(project, [content])
        with django_assert_num_queries(0):
            again = html(restore(content, present))
        assert again == html(project)
        assert snapshot(restore(content, present)) == content


def test_no_person_is_kept():
    text = json.dumps(kept(a_whole_card()), ensure_ascii=False)
    for word in ("Aino", "Esimerkki", "aino.esimerkki", "050 000 0001"):
        assert word not in text
    assert "Projektipäällikkö" in text


def test_what_the_public_does_not_see_makes_no_difference():
    project = a_whole_card()
    Contact.objects.update(visibility="role")
    before = kept(project)
    Contact.objects.update(person_name="Toinen", phone="1", email="a@example.fi")
    Attachment.objects.create(project=project, title="Piilossa", is_hidden=True)
    a_draft("Salainen osa", parent=project)
    project.funding_shares.update(quote="lause")
    assert kept(project) == before


CHANGES = {
    "erased": {"person_name": "", "phone": "", "email": ""},
    "replaced": {"person_name": "Maija Malli"},
    "hidden": {"visibility": "role"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_person_is_shown_only_as_far_as_today(change):
    project = a_whole_card()
    content = kept(project)
    assert "Aino Esimerkki" in shown(project, content)
    Contact.objects.update(**CHANGES[change])
    text = shown(project, content)
    assert "Projektipäällikkö, Kirjastopalvelut" in text
    for word in ("Aino", "Maija", "050 000 0001"):
        assert word not in text


def test_a_person_who_was_hidden_then_is_not_shown_now():
    project = a_whole_card()
    Contact.objects.update(visibility="role")
    content = kept(project)
    Contact.objects.update(visibility="all")
    assert "Aino" not in shown(project, content)


def test_a_deleted_contact_leaves_a_role():
    project = a_whole_card()
    content = kept(project)
    Contact.objects.all().delete()
    assert "Projektipäällikkö, Kirjastopalvelut" in shown(project, content)
    assert "Aino" not in shown(project, content)


def test_another_secret_key_hides_names_and_tells_of_no_change():
    project = a_whole_card()
    content = kept(project)
    with override_settings(SECRET_KEY="toinen avain"):
        assert "Aino" not in shown(project, content)
        assert differences(content, kept(project)) == []


def test_a_hidden_attachment_is_not_in_an_old_version():
    project = a_whole_card()
    content = kept(project)
    Attachment.objects.update(is_hidden=True)
    assert "Loppuraportti" not in shown(project, content)


def test_what_an_attachment_was_is_told_and_what_was_not_noted_is_not():
    project = a_project()
    facts = {"kind": "final_report", "document_date": date(2017, 6, 15), "accessibility": "exempt"}
    Attachment.objects.create(
        project=project, title="Raportti", file=ContentFile(b"%PDF-1.4", "r.pdf"), **facts
    )
    content = kept(project)
    told = "PDF, loppuraportti, 15.6.2017, ei saavutettava: julkaistu ennen 23.9.2018</small>"
    assert told in shown(project, content)
    for row in content["attachments"]:
        for name in facts:
            del row[name]
    assert "<small>PDF</small>" in shown(project, content)
    assert differences(content, kept(project)) == []


def test_an_old_card_has_the_emblem_of_today_its_programmes_own():
    project = a_project()
    share = a_share(project, programme="Elpymisväline")
    content = kept(project)
    share.programme.logo, share.programme.logo_alt = "logot/a.png", "Euroopan unioni"
    share.programme.statement = "NextGenerationEU"
    share.programme.save()
    text = shown(project, content)
    assert 'alt="Euroopan unioni"' in text
    assert "<p>NextGenerationEU</p>" in text


@pytest.mark.parametrize("fate", ["deleted", "replaced"])
def test_a_file_that_is_gone_is_named_and_not_offered(fate):
    project = a_project()
    attachment = Attachment.objects.create(
        project=project, title="Raportti", file=ContentFile(b"%PDF-1.4", "r.pdf")
    )
    content = kept(project)
    assert f"/liitteet/{attachment.pk}/" in shown(project, content)
    if fate == "deleted":
        attachment.delete()
    else:
        attachment.file.save("r.pdf", ContentFile(b"%PDF-1.5"))
    text = shown(project, content)
    assert "/liitteet/" not in text
    assert "Raportti</span> <small>ei enää saatavilla" in text


def test_a_logo_that_is_gone_is_not_shown():
    project = a_project()
    logo = Logo.objects.create(project=project, image="logot/a.png", alt="Merkki")
    content = kept(project)
    assert "logot/a.png" in shown(project, content)
    logo.delete()
    assert "logot/a.png" not in shown(project, content)


def test_a_relative_that_is_out_of_sight_today_is_not_shown():
    project = a_project()
    later = successor_of(project, "Salattu jatko")
    content = kept(project)
    assert "Salattu jatko" in shown(project, content)
    Project.objects.filter(pk=later.pk).withdraw()
    assert "Salattu" not in shown(project, content)
