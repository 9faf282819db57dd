"""What is not public is nowhere to be seen, and what never was looks the same."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pypdf import PdfReader

from hankkeet.models import (
    Attachment,
    Implementer,
    Logo,
    Organisation,
    Project,
    Publication,
)
from sivusto.history.recording import record
from sivusto.models import PageText
from tests.builders import (
    a_measure,
    a_part,
    a_portfolio,
    a_published_period,
    a_result,
    a_share,
    a_text,
    a_whole_card,
    successor_of,
)

pytestmark = pytest.mark.django_db

SECRET = "Salattu koehanke"
TODAY = timezone.localdate().isoformat()
PARTS = ("hankkeet", "seurannat", "salkkujen-seurannat", "liitteet", "ryhmat", "sivut")
HIDDEN = [Publication.DRAFT, Publication.IN_REVIEW, Publication.WITHDRAWN]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def names_of_public_addresses():
    """Every address of the site but the staff's, by its view's name."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.app_name != "admin":
                    yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield pattern.name or pattern.lookup_str.rpartition(".")[2]

    return set(walk(get_resolver().url_patterns))


@pytest.fixture
def secret():
    return a_secret()


def a_secret():
    """A card that nobody may see, tied to all that anybody may."""
    project = a_whole_card(
        SECRET, publication=Publication.DRAFT, actual_start_date=date(2025, 5, 5)
    )
    public = successor_of(project, "Julkinen jatko")
    public.portfolios.add(a_portfolio())
    a_share(project, "Salattu rahoittaja", amount=7)
    a_result(project, "Salattu tulos")
    a_text(project, "Salattu liite", parts=[a_part(1, "Salattu dia")])
    Logo.objects.create(project=project, alt="Salattu logo", image=ContentFile(PNG, "a.png"))
    a_measure(project, "Salattu toimenpide", months=((2025, 3),))
    a_published_period(project)
    _was_public_once(project, public)
    return project


def _was_public_once(project, other):
    """Versions of the card itself, and of a public one that knew it, from when it was public."""
    Project.objects.filter(pk=project.pk).publish()
    record([project, other])
    Project.objects.filter(pk=project.pk).update(publication=Publication.DRAFT, published_at=None)
    record([project, other])


def addresses(project):
    """One address for each name in the address table, aimed at the project."""
    attachment = project.attachments.exclude(file="").get()
    old_id = project.external_keys.get(kind="old_register").value
    return {
        "front": ["/"],
        "portfolios": ["/salkut/"],
        "portfolio": [a_portfolio().get_absolute_url()],
        "portfolio_book": [f"{a_portfolio().get_absolute_url()}salkkukirja/"],
        "portfolio_book_pdf": [f"{a_portfolio().get_absolute_url()}salkkukirja.pdf"],
        "portfolio_monitoring": [f"{a_portfolio().get_absolute_url()}seuranta/"],
        "portfolio_timeline": [f"{a_portfolio().get_absolute_url()}seuranta/aikajana/"],
        "portfolio_monitoring_file": [
            f"{a_portfolio().get_absolute_url()}seuranta/raportit.{kind}"
            for kind in ("csv", "json", "xlsx")
        ],
        "projects": ["/hankkeet/", "/hankkeet/?q=koehanke", "/hankkeet/?vuosi=2025"],
        **{
            f"list_{form}": [f"/hankkeet/luettelo.{form}", f"/hankkeet/luettelo.{form}?vuosi=2025"]
            for form in ("csv", "xlsx", "json", "atom")
        },
        "facet_values": [f"/hankkeet/rajaukset/{name}/" for name in ("rahoittaja", "toteuttaja")],
        "answer_pdf": ["/hankkeet/vastaus.pdf"],
        "card": [
            f"/hankkeet/{way}/{query}"
            for way in (project.code, project.code.lower(), project.slug)
            for query in ("", f"?pvm={TODAY}", "?pvm=2014-06-01", "?pvm=outo")
        ],
        "card_pdf": [
            f"/hankkeet/{project.code}/kortti.pdf{query}" for query in ("", f"?pvm={TODAY}")
        ],
        "card_poster": [f"/hankkeet/{project.code}/juliste.pdf"],
        "card_one_pager": [f"/hankkeet/{project.code}/tiiviste.pdf"],
        "card_json": [
            f"/hankkeet/{way}/kortti.json" for way in (project.code, project.code.lower())
        ],
        "card_changes": [
            f"/hankkeet/{way}/muutokset/" for way in (project.code, project.code.lower())
        ],
        "monitoring": [
            f"/hankkeet/{way}/seuranta/{query}"
            for way in (project.code, project.code.lower(), project.slug)
            for query in ("", "?jakso=2025-06-30", "?jakso=outo")
        ],
        "monitoring_pdf": [f"/hankkeet/{project.code}/seuranta/raportti.pdf"],
        "monitoring_calendar": [f"/hankkeet/{project.code}/seuranta/kalenteri.ics"],
        "monitoring_file": [
            f"/hankkeet/{project.code}/seuranta/raportti.{kind}"
            for kind in ("csv", "docx", "html", "xlsx")
        ],
        "attachment_text": [
            f"/hankkeet/{way}/liitteet/{attachment.pk}/teksti/{query}"
            for way in (project.code, project.code.lower())
            for query in ("", "?kohta=dia-1")
        ],
        "feedback": [f"/hankkeet/{project.code}/palaute/"],
        "feedback_thanks": [f"/hankkeet/{project.code}/palaute/kiitos/"],
        "confirm": ["/vahvista/abc/"],
        "funders": ["/rahoittajat/"],
        "funder": ["/rahoittajat/salattu-rahoittaja/"],
        "results": ["/tulokset/", f"/tulokset/?salkku={a_portfolio().slug}"],
        "results_csv": ["/tulokset/luettelo.csv"],
        "results_json": ["/tulokset/luettelo.json"],
        "accessibility": ["/saavutettavuus/"],
        "privacy": ["/tietosuoja/"],
        "opensearch": ["/opensearch.xml"],
        "robots": ["/robots.txt"],
        "icon": ["/favicon.ico"],
        "sitemap": ["/sitemap.xml"],
        "sitemap_part": [f"/sitemap-{part}.xml" for part in PARTS],
        "attachment": [f"/liitteet/{attachment.pk}/{attachment.download_name}"],
        "logo": [f"/media/{project.logos.get().image.name}"],
        "small_logo": [f"/media/logot/pienet/{Path(project.logos.get().image.name).name}"],
        "old_register": [f"/Hankekortti1.asp?ID={old_id}"],
    }


def whole(response):
    """The response as text; what is packed in it is unpacked."""
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    elif body.startswith(b"%PDF-1.7"):
        body = "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    return body.decode(errors="replace")


NOT_FOUND = (
    "card",
    "card_pdf",
    "card_poster",
    "card_one_pager",
    "card_json",
    "card_changes",
    "attachment_text",
    "feedback",
    "feedback_thanks",
    "confirm",
    "monitoring",
    "monitoring_pdf",
    "monitoring_calendar",
    "monitoring_file",
    "funder",
    "attachment",
    "logo",
    "small_logo",
    "old_register",
)


def test_the_table_below_knows_every_public_address(secret):
    assert names_of_public_addresses() == set(addresses(secret))


@pytest.mark.parametrize("publication", HIDDEN)
@pytest.mark.parametrize("who", ["anonymous", "staff"])
def test_what_is_not_public_is_nowhere_to_be_seen(client, secret, publication, who):
    Project.objects.filter(pk=secret.pk).update(publication=publication)
    if who == "staff":
        client.force_login(get_user_model().objects.create_superuser("yllapito"))
    for name, paths in addresses(secret).items():
        for path in paths:
            for address in (path, f"/sv{path}") if path.startswith("/hankkeet") else (path,):
                response = client.get(address)
                text = whole(response)
                assert "Salattu" not in text, address
                assert secret.code not in text, address
                assert (response.status_code == 404) == (name in NOT_FOUND), address


@pytest.mark.parametrize("name", ["rahoittaja", "toteuttaja"])
def test_a_filter_does_not_tell_who_takes_part_in_a_draft(client, secret, name):
    team = Organisation.objects.create(name="Salattu rahoittaja")
    Implementer.objects.create(project=secret, organisation=team)
    text = client.get(f"/hankkeet/?{name}=salattu-rahoittaja").text
    assert "Salattu" not in text
    never = client.get(f"/hankkeet/?{name}=salattu-rahoittajb").text
    assert text.replace("rahoittaja", "") == never.replace("rahoittajb", "").replace(
        "rahoittaja", ""
    )


def test_a_hidden_card_looks_like_one_that_never_was(client, secret):
    hidden = client.get(f"/hankkeet/{secret.code}/")
    never = client.get("/hankkeet/H999999/")
    assert hidden.content == never.content


def test_a_hidden_attachment_of_a_public_card_is_nowhere(client, secret):
    Project.objects.filter(pk=secret.pk).update(publication=Publication.PUBLISHED)
    attachment = secret.attachments.exclude(file="").get()
    assert whole(client.get(attachment.get_absolute_url())) == "%PDF-1.4"
    assert "Salattu dia" in client.get(attachment.text_version.get_absolute_url()).text
    Attachment.objects.filter(pk=attachment.pk).update(is_hidden=True)
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert client.get(attachment.text_version.get_absolute_url()).status_code == 404
    assert "Salattu liite" not in client.get(secret.get_absolute_url()).text


def test_a_public_relative_does_not_tell_of_it_in_its_history(client, secret):
    public = Project.objects.get(name="Julkinen jatko")
    assert public.versions.count() == 2  # the relation was there, and then it was not
    for way in ("", f"?pvm={TODAY}", "muutokset/", f"kortti.pdf?pvm={TODAY}"):
        response = client.get(f"{public.get_absolute_url()}{way}")
        assert response.status_code == 200
        text = whole(response)
        assert "Salattu" not in text
        assert secret.code not in text


def test_a_withdrawn_card_is_gone_on_the_next_request(client, secret):
    assert Project.objects.filter(pk=secret.pk).publish() == 1
    assert client.get(secret.get_absolute_url()).status_code == 200
    Project.objects.filter(pk=secret.pk).withdraw()
    assert client.get(secret.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("publication", HIDDEN)
def test_a_hidden_card_is_nowhere_in_a_warm_cache(client, settings, publication):
    settings.PAGE_CACHE_BYTES = 32_000_000
    for page in PageText.Page:
        PageText.objects.get_or_create(page=page, defaults={"body": "<p>-</p>"})
    project = a_secret()
    Project.objects.filter(pk=project.pk).update(publication=Publication.PUBLISHED)
    pages = {name: paths for name, paths in addresses(project).items() if name != "icon"}
    for paths in pages.values():  # everybody has seen it everywhere
        for path in paths * 2:
            assert whole(client.get(path, follow=True))
    assert "Salattu" in whole(client.get("/hankkeet/"))
    Project.objects.filter(pk=project.pk).update(publication=publication)
    for name, paths in pages.items():
        for path in paths:
            response = client.get(path)
            text = whole(response)
            assert "Salattu" not in text, path
            assert project.code not in text, path
            assert (response.status_code == 404) == (name in NOT_FOUND), path


@pytest.mark.django_db(transaction=True)
def test_a_hidden_attachment_is_nowhere_in_a_warm_cache(client, settings):
    settings.PAGE_CACHE_BYTES = 32_000_000
    project = a_secret()
    Project.objects.filter(pk=project.pk).update(publication=Publication.PUBLISHED)
    text = project.attachments.exclude(file="").get().text_version.get_absolute_url()
    for _ in range(2):
        assert "Salattu liite" in client.get(project.get_absolute_url()).text
        assert "Salattu dia" in client.get(text).text
    Attachment.objects.filter(project=project).update(is_hidden=True)
    assert client.get(text).status_code == 404
    assert "Salattu liite" not in client.get(project.get_absolute_url()).text
