"""Files on the form of a card: judged, stored, replaced and removed, none lost or left behind."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hankkeet.models import Attachment, Project
from hankkeet.storage import TidyStorage
from rahoitus.models import Funder
from tests.sivusto.staff.card_form import ADD, PDF, add, change, files_in, pdf, png
from tests.sivusto.staff.helpers import a_member, a_superuser, errors_of, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(client):
    client.force_login(a_superuser())


def test_a_refused_upload_says_why_and_keeps_the_rest(client, storage):
    bad = SimpleUploadedFile("raportti.pdf", b"<html><script>alert(1)</script>")
    page = add(
        client, name="Hanke", **{"attachments-0-file": bad, "attachments-0-title": "Raportti"}
    )
    assert any("sisältö ei vastaa päätettä .pdf" in error for error in errors_of(page))
    assert filled_in(page)["attachments-0-title"] == "Raportti"
    assert not files_in(storage)


def test_a_good_file_is_taken_after_a_refused_one(client, storage):
    bad = SimpleUploadedFile("raportti.pdf", b"ei ole")
    page = add(client, name="Hanke", **{"attachments-0-file": bad})
    answer = client.post(reverse(ADD), filled_in(page, **{"attachments-0-file": pdf()}))
    assert answer.status_code == 302
    assert Attachment.objects.get().size == len(PDF)


def test_a_link_and_a_file_at_once_are_refused(client, storage):
    row = {"attachments-0-file": pdf(), "attachments-0-url": "https://www.example.fi/"}
    page = add(client, name="Hanke", **row)
    assert "Liite on joko linkki tai tiedosto, ei molempia." in errors_of(page)
    assert not files_in(storage)


def test_a_card_whose_file_is_lost_can_still_be_saved(client, storage):
    add(
        client,
        name="Hanke",
        **{"attachments-0-file": pdf(), "logos-0-image": png(), "logos-0-alt": "x"},
    )
    for path in files_in(storage):
        path.unlink()
    assert change(client, Project.objects.get(), name="Uusi nimi").status_code == 302
    assert Project.objects.get().attachments.get().size == len(PDF)


def test_a_file_is_stored_under_a_name_of_ours(client, storage):
    add(client, name="Hanke", **{"attachments-0-file": pdf("../../Ö;rm -rf.pdf")})
    attachment = Attachment.objects.get()
    assert attachment.file_name == "Ö;rm -rf.pdf"
    assert attachment.file.name.startswith("liitteet/")
    assert "rm" not in attachment.file.name


def stored_link(client, project):
    """Where the form says that the attachment can be opened."""
    page = client.get(reverse("admin:hankkeet_project_change", args=[project.pk])).text
    (link,) = re.findall(r'<a href="([^"]+)">liitteet/', page)
    return link


@pytest.mark.parametrize("permission", ["change_project", "view_project"])
def test_staff_open_the_stored_file_of_a_draft(client, storage, permission):
    add(
        client,
        name="Kirjastoauto",
        **{"attachments-0-file": pdf(), "attachments-0-is_hidden": "on"},
    )
    client.force_login(a_member(permission))
    response = client.get(stored_link(client, Project.objects.get()))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="loppuraportti-2024.pdf"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_nobody_else_opens_a_stored_file(client, storage):
    add(client, name="Kirjastoauto", **{"attachments-0-file": pdf()})
    link = stored_link(client, Project.objects.get())
    client.force_login(a_member("view_funder"))
    assert client.get(link).status_code == 403
    client.logout()
    assert client.get(link)["Location"].startswith("/yllapito/login/")


def test_a_replaced_file_is_removed_once_the_change_is_certain(
    client, storage, django_capture_on_commit_callbacks
):
    add(client, name="Hanke", **{"attachments-0-file": pdf()})
    old = Attachment.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        change(client, Project.objects.get(), **{"attachments-0-file": pdf("Uusi.pdf")})
    attachment = Attachment.objects.get()
    assert attachment.file.name != old
    assert attachment.file_name == "Uusi.pdf"
    assert [path.name for path in files_in(storage)] == [attachment.file.name.split("/")[1]]


@pytest.mark.parametrize("field", ["DELETE", "file-clear"])
def test_a_removed_file_leaves_nothing_behind(
    client, storage, django_capture_on_commit_callbacks, field
):
    add(client, name="Hanke", **{"attachments-0-file": pdf(), "attachments-0-title": "Raportti"})
    with django_capture_on_commit_callbacks(execute=True):
        change(client, Project.objects.get(), **{f"attachments-0-{field}": "on"})
    assert not files_in(storage)
    assert not Attachment.objects.exclude(file="", size=None, file_name="").exists()


def test_a_deleted_draft_takes_its_files_along(client, storage, django_capture_on_commit_callbacks):
    add(
        client,
        name="Hanke",
        **{"attachments-0-file": pdf(), "logos-0-image": png(), "logos-0-alt": "x"},
    )
    assert len(files_in(storage)) == 2
    address = reverse("admin:hankkeet_project_delete", args=[Project.objects.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"post": "yes"})
    assert not Project.objects.exists()
    assert not files_in(storage)


def test_a_full_disk_leaves_no_row_and_no_file_and_says_so(client, storage, monkeypatch, caplog):
    good = TidyStorage._save

    def breaking(self, name, content):
        if name.startswith("logot/"):
            raise OSError(28, "No space left on device")
        return good(self, name, content)

    monkeypatch.setattr(TidyStorage, "_save", breaking)
    fields = {"attachments-0-file": pdf(), "logos-0-image": png(), "logos-0-alt": "Logo"}
    page = add(client, name="Hanke", **fields)
    assert any("levy voi olla täynnä" in error for error in errors_of(page))
    assert filled_in(page)["logos-0-alt"] == "Logo"
    assert not Project.objects.exists()
    assert not files_in(storage)
    assert "could not be stored" in caplog.text


def test_a_funders_logo_is_drawn_anew_and_needs_its_words(client, storage):
    address = reverse("admin:rahoitus_funder_add")
    fields = filled_in(client.get(address), name="Ministeriö", logo=png())
    assert "Kirjoita tunnukselle tekstivastine." in errors_of(client.post(address, fields))
    fields |= {
        "logo": png(),
        "logo_alt": "Ministeriön logo",
        "aliases": " STM \r\n\r\nSTM\r\nSosiaali-, terveys- ja perheministeriö",
    }
    assert client.post(address, fields).status_code == 302
    names = ["STM", "Sosiaali-, terveys- ja perheministeriö"]
    assert Funder.objects.get().aliases == names
    page = client.get(reverse("admin:rahoitus_funder_change", args=[Funder.objects.get().pk]))
    assert page.context["adminform"].form["aliases"].value() == "\n".join(names)
    assert (
        not page.context["adminform"].form.fields["aliases"].has_changed(names, "\r\n".join(names))
    )
    assert len(files_in(storage)) == 1
