"""Files are read when they come and by a command; what staff judged and the file itself stay."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction

from hankkeet.models import Attachment, AttachmentText, TextState
from sivusto.documents.store import read_after_commit, read_and_keep
from tests.builders import a_draft, a_project, a_text
from tests.sivusto.documents import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def an_attachment(data, name="a.pptx", project=None):
    return Attachment.objects.create(
        project=project or a_project(), title="Liite", file=ContentFile(data, name)
    )


def slides(*titles):
    return files.a_presentation([(title, ["Autot kulkivat kylille."]) for title in titles])


def run(*arguments):
    out, errors = StringIO(), StringIO()
    call_command("extract_texts", *arguments, stdout=out, stderr=errors)
    return out.getvalue() + errors.getvalue()


def test_a_file_is_read_with_its_digest_and_language():
    text = read_and_keep(an_attachment(slides("Alku", "Loppu")))
    assert text.state == TextState.READ
    assert [part["title"] for part in text.content["parts"]] == ["Alku", "Loppu"]
    assert (text.language, len(text.digest)) == ("fi", 64)
    assert text.source == text.attachment.file.name


def test_a_scanned_file_and_a_broken_one_are_told_apart():
    assert read_and_keep(an_attachment(files.a_scan(), "a.pdf")).state == TextState.WITHOUT_TEXT
    broken = read_and_keep(an_attachment(b"%PDF-1.7 nothing", "a.pdf"))
    assert broken.state == TextState.FAILED
    assert "vioittunut" in broken.message
    assert broken.attachment.file.size > 0


def test_a_file_that_the_disk_has_lost_is_told_of():
    attachment = an_attachment(slides("Alku"))
    attachment.file.storage.delete(attachment.file.name)
    assert "ei löydy" in read_and_keep(attachment).message


def test_a_card_s_new_files_are_read_once_they_are_certain(django_capture_on_commit_callbacks):
    project = a_draft()
    old, new = a_text(project), an_attachment(slides("Alku"), project=project)
    with django_capture_on_commit_callbacks(execute=True):
        read_after_commit(project.pk)
        assert not AttachmentText.objects.filter(pk=new.pk).exists()
    assert AttachmentText.objects.get(pk=new.pk).state == TextState.READ
    assert AttachmentText.objects.get(pk=old.pk).read_at == old.read_at


def test_the_command_is_dry_unless_told_otherwise():
    attachment = an_attachment(slides("Alku"))
    assert "Luettavia liitteitä: 1." in run()
    assert not AttachmentText.objects.exists()
    assert "Luettu 1, ilman tekstiä 0, ei onnistunut 0." in run("--apply")
    assert AttachmentText.objects.get(pk=attachment.pk).state == TextState.READ
    assert "Luettavia liitteitä: 0." in run()


def test_the_command_tells_which_file_it_could_not_read():
    attachment = an_attachment(b"PK\x03\x04 nothing", "a.docx")
    assert f"{attachment.project.code} Liite: Tiedosto on vioittunut" in run("--apply")
    assert "Luettavia liitteitä: 0." in run()
    assert "Luettavia liitteitä: 1." in run("--all")


def test_what_staff_corrected_is_left_alone_until_the_file_changes():
    attachment = an_attachment(slides("Alku"))
    read_and_keep(attachment)
    AttachmentText.objects.update(state=TextState.CORRECTED, content={"parts": "oma"})
    assert read_and_keep(attachment) is None
    run("--apply", "--all")
    assert AttachmentText.objects.get().content == {"parts": "oma"}
    attachment.file.save("b.pptx", ContentFile(slides("Uusi")))
    run("--apply")
    assert AttachmentText.objects.get().content["parts"][0]["title"] == "Uusi"


def test_a_picture_and_a_link_are_not_read():
    Attachment.objects.create(
        project=a_project(), title="Linkki", url="https://www.example.fi/a.pdf"
    )
    an_attachment(b"\x89PNG", "a.png", a_project("Toinen"))
    assert "Luettavia liitteitä: 0." in run("--all")


def test_a_file_that_is_replaced_while_it_is_read_keeps_its_own_text():
    attachment = an_attachment(slides("Vanha"))
    Attachment.objects.filter(pk=attachment.pk).update(file="liitteet/uusi.pptx")
    assert read_and_keep(attachment) is None
    assert not AttachmentText.objects.exists()


def test_a_failure_says_why():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_text(a_project(), state="failed", message="")
