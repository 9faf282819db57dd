"""A report of 42 slides as LibreOffice makes it, put on a card, read, and found on its slide."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hankkeet.models import Attachment, AttachmentText, Project
from tests.office import convert, flat_slide
from tests.sivusto.staff.card_form import add
from tests.sivusto.staff.helpers import a_superuser

pytestmark = pytest.mark.django_db

SLIDES = 42
# One thing on each of some slides that is nowhere else in the report.
TOOLS = ["telineet", "kalusteet", "opasteet", "valaisimet", "penkit", "aidat", "portaat"]
GOALS = ["Kylien aikataulu", "Asukkaiden kuuleminen", "Kunnan talousarvio"]
RARE = {3: "pyörätelineet", 17: "kuorma-autot", 31: "lumikolat", 42: "kiitoskahvit"}


def tool(number):
    return RARE.get(number, TOOLS[number % 7])


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report as PPTX and PDF."""
    slides = [
        flat_slide(
            number,
            f"Välietappi {number}",
            points=[GOALS[number % 3], f"Hankitaan {tool(number)}"],
            rows=[("Vuosi", "Euroa"), ("2024", f"{number} 000")] if number % 6 == 0 else (),
            notes=f"Kerro tässä naapurikunnan esimerkki {number}." if number % 7 == 0 else "",
        )
        for number in range(1, SLIDES + 1)
    ]
    return convert(slides, tmp_path_factory.mktemp("office"), "pptx", "pdf")


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Files of this test's own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def uploaded(client, django_capture_on_commit_callbacks, report):
    """Put the report on a new public card through its form; return its text."""

    def upload(kind):
        client.force_login(a_superuser())
        file = SimpleUploadedFile(f"Loppuraportti 2024.{kind}", report[kind].read_bytes())
        values = {"attachments-0-file": file, "attachments-0-title": "Loppuraportti"}
        with django_capture_on_commit_callbacks(execute=True):
            answer = add(client, name="Kylät liikkeelle", **values)
        assert answer.status_code == 302
        Project.objects.update(publication="published")
        client.logout()
        return AttachmentText.objects.get()

    return upload


def found(client, words):
    html = client.get("/hankkeet/", {"q": words}).text
    return [int(number) for number in re.findall(r'#(?:dia|sivu)-(\d+)"', html)]


@pytest.mark.parametrize(("kind", "part"), [("pptx", "dia"), ("pdf", "sivu")])
def test_every_slide_is_read_with_its_title_and_list(uploaded, kind, part):
    text = uploaded(kind)
    parts = text.content["parts"]
    assert [(p["kind"], p["number"]) for p in parts] == [(part, n + 1) for n in range(SLIDES)]
    told = [str(p) for p in parts]
    assert [f"Välietappi {n + 1}" in told[n] for n in range(SLIDES)] == [True] * SLIDES
    assert [tool(n + 1) in told[n] for n in range(SLIDES)] == [True] * SLIDES


def test_notes_lists_and_tables_of_slides_are_kept_as_such(uploaded):
    parts = uploaded("pptx").content["parts"]
    kinds = [{block["kind"] for block in part["blocks"]} for part in parts]
    assert ["table" in some for some in kinds] == [n % 6 == 0 for n in range(1, SLIDES + 1)]
    assert ["notes" in some for some in kinds] == [n % 7 == 0 for n in range(1, SLIDES + 1)]
    assert "naapurikunnan esimerkki 21" in str(parts[20])


@pytest.mark.parametrize("kind", ["pptx", "pdf"])
@pytest.mark.parametrize(
    ("words", "slide"),
    [("pyöräteline", 3), ("kuorma-autoista", 17), ("lumikola", 31), ("kiitoskahvia", 42)],
)
def test_a_word_in_another_form_leads_to_the_slide_where_it_is(
    client, uploaded, kind, words, slide
):
    uploaded(kind)
    assert found(client, words) == [slide]
    attachment = Attachment.objects.get()
    anchor = f"{'dia' if kind == 'pptx' else 'sivu'}-{slide}"
    address = f"/hankkeet/{attachment.project.code}/liitteet/{attachment.pk}/teksti/?kohta={anchor}"
    assert f'id="{anchor}"' in client.get(address).text


def test_a_new_file_keeps_the_addresses_and_the_old_text_is_not_shown(client, uploaded, report):
    """The row stays, so its addresses do; the text belongs to the file that it was read from."""
    text = uploaded("pptx")
    attachment = text.attachment
    address = attachment.get_absolute_url()
    attachment.file.save("Uusi.pdf", SimpleUploadedFile("Uusi.pdf", report["pdf"].read_bytes()))
    moved = client.get(address)
    assert (moved.status_code, moved.url) == (301, attachment.get_absolute_url())
    answer = client.get(moved.url)
    assert b"".join(answer.streaming_content) == report["pdf"].read_bytes()
    assert answer.headers["Content-Type"] == "application/pdf"
    page = client.get(f"/hankkeet/{attachment.project.code}/liitteet/{attachment.pk}/teksti/")
    assert "Välietappi" not in page.text
