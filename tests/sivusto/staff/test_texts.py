"""Staff are told of files without text, correct what was read, and mark what is scanned."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hankkeet.models import Attachment, AttachmentText, TextState
from tests.builders import a_draft, a_part, a_portfolio, a_project, a_text
from tests.sivusto.documents import files
from tests.sivusto.staff.helpers import a_coordinator, a_manager, a_superuser, filled_in

pytestmark = pytest.mark.django_db
LIST = "admin:hankkeet_attachmenttext_changelist"


@pytest.fixture(autouse=True)
def _staff(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(a_superuser())


def form_of(text):
    return reverse("admin:hankkeet_attachmenttext_change", args=[text.pk])


def correct(client, text, **fields):
    address = form_of(text)
    return client.post(address, filled_in(client.get(address), **fields))


def upload(client, data, name):
    project = a_draft()
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    page = client.get(address)
    rows = {"attachments-TOTAL_FORMS": 1, "attachments-0-file": SimpleUploadedFile(name, data)}
    return project, client.post(address, filled_in(page, **rows), follow=True).text


def test_a_file_is_read_when_its_card_is_saved(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        project, _page = upload(client, files.a_report(3), "Raportti.pdf")
    text = AttachmentText.objects.get(attachment__project=project)
    assert text.state == TextState.READ
    assert (
        f'<a href="{form_of(text)}">Luettu tiedostosta</a>'
        in client.get(reverse("admin:hankkeet_project_change", args=[project.pk])).text
    )


@pytest.mark.django_db(transaction=True)
def test_an_unreadable_file_is_kept_and_told_of(client):
    broken = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    project, page = upload(client, broken, "Rikki.pdf")
    attachment = Attachment.objects.get(project=project)
    assert attachment.file.size == len(broken)
    assert attachment.text_version.state == TextState.FAILED
    assert "Liitteen ”Rikki” tekstiä ei saatu luettua: Tiedosto on vioittunut." in page


def test_a_corrected_text_is_shown_and_marked(client):
    text = a_text(a_project(), parts=[a_part(1, "Alkv"), a_part(2, "Loppu")])
    page = client.get(form_of(text))
    lines = page.context["adminform"].form.initial["lines"]
    assert lines.startswith("=== dia 1: Alkv")
    assert correct(client, text, lines=lines.replace("Alkv", "Alku")).status_code == 302
    text.refresh_from_db()
    assert text.state == TextState.CORRECTED
    public = client.get(text.get_absolute_url()).text
    assert "Alku" in public
    assert "korjattu käsin" in public


def test_saving_without_a_change_corrects_nothing(client):
    text = a_text(a_project())
    lines = client.get(form_of(text)).context["adminform"].form.initial["lines"]
    typed = lines.replace("\n", "\r\n")
    assert correct(client, text, language="sv", lines=typed).status_code == 302
    text.refresh_from_db()
    assert (text.state, text.language) == (TextState.READ, "sv")


def test_a_mistake_is_told_by_its_line_and_nothing_is_lost(client):
    text = a_text(a_project())
    response = correct(client, text, lines="=== dia 1\nOma teksti\n=== kuva 2\n")
    assert "Rivi 3" in response.text
    assert "Oma teksti" in response.text
    assert "merkitse tiedosto skannatuksi" in correct(client, text, lines="").text
    text.refresh_from_db()
    assert text.state == TextState.READ


def test_a_file_marked_scanned_says_so(client):
    text = a_text(a_project())
    correct(client, text, is_scanned="on")
    text.refresh_from_db()
    assert (text.state, text.content) == (TextState.SCANNED, {})
    assert "pelkkää kuvaa" in client.get(text.get_absolute_url()).text


def test_a_file_is_read_again_when_staff_ask_for_it(client):
    text = a_text(a_project(), state="corrected")
    text.attachment.file.storage.delete(text.source)
    data = {"action": "read_again", "_selected_action": [text.pk]}
    page = client.post(reverse(LIST), data, follow=True).text
    assert "ei saatu luettua: Tiedostoa ei löydy palvelimelta. Liite on tallessa." in page
    text.refresh_from_db()
    assert text.state == TextState.FAILED


def test_those_that_could_not_be_read_are_found_in_a_list(client, django_assert_num_queries):
    project = a_project()
    a_text(project, "Rikkinäinen", state="failed", message="Tiedosto on vioittunut.", content={})
    a_text(project, "Ehjä")
    page = client.get(reverse(LIST) + "?state__exact=failed").text
    assert "Rikkinäinen" in page
    assert "Tiedosto on vioittunut." in page
    assert "Ehjä" not in page


def test_each_corrects_the_texts_of_her_own_cards_only(client):
    mine, other = a_project(), a_project("Toinen")
    mine.portfolios.add(a_portfolio())
    texts = [a_text(mine), a_text(other)]
    client.force_login(a_coordinator(a_portfolio()))
    assert [client.get(form_of(text)).status_code for text in texts] == [200, 302]
    assert client.get(reverse(LIST)).context["cl"].result_count == 1


def test_a_manager_sees_the_text_of_a_public_card_and_does_not_change_it(client):
    project = a_project()
    text = a_text(project)
    client.force_login(a_manager(project))
    assert client.get(form_of(text)).status_code == 200
    assert client.post(form_of(text), {"lines": "=== dia 1\nToinen"}).status_code == 403
    draft = a_draft("Oma luonnos")
    own = a_text(draft)
    client.force_login(a_manager(draft, name="toinen"))
    assert correct(client, own, lines="=== dia 1\nToinen").status_code == 302
