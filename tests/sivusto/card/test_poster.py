"""The poster and the one-pager: the card's gist on one sheet, tagged, and never on more."""

import io
import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from hankkeet.models import Implementer, Organisation, Project, Section
from hankkeet.models.contents import SectionKind
from rahoitus.models import Funder, Stage
from sivusto.card import paper
from sivusto.card.poster import gist
from tests.builders import a_draft, a_project, a_share, a_whole_card

pytestmark = pytest.mark.django_db
SHEETS = {"juliste": (297, 420), "tiiviste": (210, 297)}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "f8cf50000002830101000000000000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PDF_DIR", tmp_path)
    monkeypatch.setattr(paper, "pdf_store", lambda: paper.PdfStore(tmp_path, paper._options()))


def printed(client, project, sheet):
    response = client.get(f"{project.get_absolute_url()}{sheet}.pdf")
    assert response.status_code == 200, response.text
    return PdfReader(io.BytesIO(b"".join(response.streaming_content)))


def words(reader):
    text = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", text.replace("\xad", ""))


def heights(page):
    """Return each piece of text with how far it is from the page's lower edge."""
    found = []
    page.extract_text(
        visitor_text=lambda text, matrix, tm, _font, _size: found.append(
            (text, matrix[3] * tm[5] + matrix[5])
        )
    )
    return [(text, height) for text, height in found if text.strip()]


def a_crowded_project():
    """A project with more of everything than fits by itself."""
    project = a_project("Yhteinen kyläkuljetusten ja kirjastoauton kehittämishanke " * 3)
    for kind in (SectionKind.GOALS, SectionKind.RESULTS):
        items = "".join(f"<li>Kohta {n}: kuljetusten yhdistämistä kylissä</li>" for n in range(30))
        text = "Kuljetukset yhdistetään kaikissa kylissä. " * 40
        Section.objects.create(project=project, kind=kind, body=f"<p>{text}</p><ul>{items}</ul>")
    for number in range(14):
        share = a_share(project, f"Pohjoisen maakunnan kehittämissäätiö numero {number}")
        share.stage, share.amount = Stage.ACTUAL, 1_234_567
        share.save()
        organisation = Organisation.objects.create(name=f"Pohjoisen kehitysyhtiö {number} Oy")
        Implementer.objects.create(project=project, organisation=organisation)
    Funder.objects.update(statement="Hanke saa tukea säätiöltä, joka kehittää maaseutua.")
    for funder in Funder.objects.all():
        funder.logo.save("a.png", ContentFile(PNG), save=False)
        funder.logo_alt = f"{funder.name}: tunnus"
        funder.save()
    return Project.objects.get(pk=project.pk)


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_sheet_tells_the_gist(client, sheet):
    project = a_whole_card("Kirjastoauto kulkee")
    reader = printed(client, project, sheet)
    [page] = reader.pages
    size = [round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height)]
    assert tuple(size) == SHEETS[sheet]
    text = words(reader)
    for said in ("Kirjastoauto kulkee", "Tavoitteet ovat tässä", "Kirjastopalvelut", "Rahoittajat"):
        assert said in text, said
    assert f"/hankkeet/{project.code}/" in text
    assert "Aino Esimerkki" not in text


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_name_is_cut_only_where_a_word_is_longer_than_its_line(client, sheet):
    names = ("Pyöräpysäköinti ja yhteiskäyttöiset tavarapyörät asemanseudulla", "Sana" * 20)
    whole, cut = (printed(client, a_whole_card(name), sheet).pages[0] for name in names)
    head = " ".join(whole.extract_text().split())
    assert names[0] in head
    assert names[1] not in " ".join(cut.extract_text().split())


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_sheet_is_tagged_and_its_pictures_have_words(client, sheet):
    reader = printed(client, a_crowded_project(), sheet)
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fi"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    alts = set()

    def walk(element):
        if element.get("/S") == "/Figure":
            alts.add(str(element.get("/Alt")))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            found = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(found, dict):
                walk(found)

    walk(catalog["/StructTreeRoot"])
    assert any("tunnus" in alt for alt in alts), alts
    assert any("QR-koodi" in alt for alt in alts), alts
    assert "None" not in alts


@pytest.mark.parametrize("sheet", SHEETS)
def test_whatever_a_card_holds_it_is_one_sheet_and_nothing_is_covered(client, sheet):
    reader = printed(client, a_crowded_project(), sheet)
    [page] = reader.pages
    placed = heights(page)
    lowest = min(height for text, height in placed if "muuta" in text or "säätiö numero" in text)
    foot = max(height for text, height in placed if "joka kehittää" in text or "säätiöltä" in text)
    assert lowest > foot


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_card_with_nothing_but_a_name_has_a_sheet_too(client, sheet):
    text = words(printed(client, a_project("Lohi"), sheet))
    assert "Lohi" in text
    assert "Tavoite" not in text
    assert "Rahoittajat" not in text


def test_only_a_public_card_has_sheets_and_another_spelling_leads_to_it(client):
    draft, project = a_draft(), a_project()
    assert client.get(f"/hankkeet/{draft.code}/juliste.pdf").status_code == 404
    response = client.get(f"/hankkeet/{project.code.lower()}/tiiviste.pdf")
    assert response.headers["Location"] == f"/hankkeet/{project.code}/tiiviste.pdf"
    html = client.get(project.get_absolute_url()).text
    assert f"/hankkeet/{project.code}/juliste.pdf" in html
    assert f"/hankkeet/{project.code}/tiiviste.pdf" in html
    Project.objects.all().withdraw()
    assert client.get(f"/hankkeet/{project.code}/juliste.pdf").status_code == 404


def test_nobodys_mailbox_stands_on_a_sheet(client):
    project = a_project()
    Section.objects.create(
        project=project, kind=SectionKind.GOALS, body="<p>Kysy: etunimi@kunta.fi, 040 123 4567.</p>"
    )
    text = words(printed(client, project, "juliste"))
    assert "@" not in text
    assert "123 4567" not in text


@given(st.text(alphabet="ab .\n", max_size=200), st.integers(10, 100))
def test_a_gist_is_the_beginning_of_the_text_and_fits(text, most):
    short = gist(text, most)
    assert len(short) <= most + 1
    assert text.strip().startswith(short.removesuffix("…").strip())
