"""Any card as it was on a day, and its changes told as sentences, for everybody."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hankkeet.models import Attachment, Project, Section, Version
from sivusto.history.contents import parts_of
from sivusto.history.recording import record
from tests.builders import a_project, a_whole_card, successor_of

pytestmark = pytest.mark.django_db


def at(day):
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)


def changed(project, day, reason="", **facts):
    """A version that became public on the day."""
    Project.objects.filter(pk=project.pk).update(**facts)
    record([project], reason=reason, moments={project.pk: at(day)})


@pytest.fixture
def moved():
    """A card whose end has moved and name has changed."""
    project = a_whole_card(planned_end_date=date(2025, 6, 30), published_at=at("2024-03-01"))
    changed(project, "2024-03-01")
    changed(project, "2024-06-01", name="Kirjastovene")
    changed(
        project,
        "2025-05-10",
        reason="Jatkoaika myönnetty.",
        planned_end_date=date(2025, 10, 31),
        planned_cost=Decimal(150_000),
    )
    return project


def card_of(text):
    return text[text.index('<article class="card">') : text.index("</article>")]


def test_the_card_is_as_it_was_that_day_and_says_so(client, moved):
    text = client.get(f"/hankkeet/{moved.code}/?pvm=2024-05-31").text
    assert "<h1>Kirjastoauto kylille" in text
    assert "30.6.2025" in card_of(text)
    assert "Kortti sellaisena kuin se oli 31.5.2024" in text
    assert "Tämä versio oli voimassa 1.3.2024 – 31.5.2024." in text
    assert f'href="/hankkeet/{moved.code}/"' in text
    assert f'href="/hankkeet/{moved.code}/muutokset/"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text


@pytest.mark.parametrize(
    ("asked", "name", "end"),
    [
        ("2024-06-01", "Kirjastovene", "30.6.2025"),
        ("9.5.2025", "Kirjastovene", "30.6.2025"),
        ("2025-05-10", "Kirjastovene", "31.10.2025"),
    ],
)
def test_each_day_has_its_own_card(client, moved, asked, name, end):
    text = card_of(client.get(f"/hankkeet/{moved.code}/?pvm={asked}").text)
    assert name in text
    assert f"<dt>Päättymispvm</dt><dd>{end}" in text


def test_the_newest_version_is_the_card_of_today(client, moved):
    then = client.get(f"/hankkeet/{moved.code}/?pvm={timezone.localdate().isoformat()}").text
    now = client.get(f"/hankkeet/{moved.code}/").text
    assert card_of(then) == card_of(now)
    assert "Tämä versio on ollut voimassa 10.5.2025 alkaen." in then


def test_what_was_promised_first_stays_on_the_card(client, moved):
    text = card_of(client.get(f"/hankkeet/{moved.code}/").text)
    assert "31.10.2025 <small>alun perin luvattu 30.6.2025</small>" in text
    assert "150\xa0000\xa0€ <small>suunnitelma</small> <small>alun perin luvattu 120\xa0000" in text
    before = card_of(client.get(f"/hankkeet/{moved.code}/?pvm=2024-06-01").text)
    assert "alun perin" not in before


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", (400, "Päivää ei ymmärretty")),
        ("eilen", (400, "Päivää ei ymmärretty")),
        ("2024-02-30", (400, "Päivää ei ymmärretty")),
        ("2024-06-01" * 9, (400, "Päivää ei ymmärretty")),
        ("2999-01-01", (400, "Päivä on vasta tulossa")),
        ("2024-02-29", (404, "Kortin versiot tunnetaan 1.3.2024 alkaen")),
        ("0001-01-01", (404, "päivältä 1.1.1 ei ole tietoa")),
    ],
)
@pytest.mark.parametrize("paper", ["", "kortti.pdf"])
def test_a_day_without_a_card_is_told_kindly(client, moved, asked, expected, paper):
    response = client.get(f"/hankkeet/{moved.code}/{paper}", {"pvm": asked})
    assert response.status_code == expected[0]
    assert expected[1] in response.text
    assert 'type="date"' in response.text


def test_a_day_on_which_the_card_was_withdrawn_is_told(client, moved):
    Project.objects.filter(pk=moved.pk).withdraw()
    changed(moved, "2025-06-01")
    Project.objects.filter(pk=moved.pk).publish()
    changed(moved, "2025-07-01")
    response = client.get(f"/hankkeet/{moved.code}/?pvm=2025-06-15")
    assert response.status_code == 404
    assert "Kortti ei ollut julkaistuna 15.6.2025." in response.text
    assert client.get(f"/hankkeet/{moved.code}/?pvm=2025-07-01").status_code == 200
    text = client.get(f"/hankkeet/{moved.code}/muutokset/").text
    assert text.index("Kortti julkaistiin uudelleen.") < text.index("poistettiin julkaisusta")


def test_a_card_without_versions_works_and_says_so(client):
    project = a_project()
    assert client.get(project.get_absolute_url()).status_code == 200
    text = client.get(f"/hankkeet/{project.code}/?pvm=2024-06-01").text
    assert "ei ole vielä tallennettu versioita" in text
    text = client.get(f"/hankkeet/{project.code}/muutokset/").text
    assert "ei ole vielä tallennettu muutoksia" in text


def test_changes_are_told_as_sentences_newest_first(client, moved):
    text = client.get(f"/hankkeet/{moved.code}/muutokset/").text
    told = re.findall(r"<h2>.*?(\d+\.\d+\.\d+).*?</h2>|<li>([^<]+)</li>", text)
    assert ["".join(pair) for pair in told] == [
        "10.5.2025",
        "Päättymispäivä siirtyi 30.6.2025 → 31.10.2025.",
        "Kustannukset muuttuivat 120\xa0000\xa0€ → 150\xa0000\xa0€.",
        "1.6.2024",
        "Hankkeen nimi muuttui: Kirjastoauto kylille → Kirjastovene.",
        "1.3.2024",
        "Kortti julkaistiin.",
    ]
    assert "Perustelu: <span>Jatkoaika myönnetty.</span>" in text
    assert f'href="/hankkeet/{moved.code}/?pvm=2024-06-01"' in text


def test_a_hidden_attachment_and_a_withdrawn_relative_are_not_told_of(client, moved):
    attachment = Attachment.objects.create(project=moved, title="Salattu liite", file="liitteet/x")
    later = successor_of(moved, "Salattu jatko")
    changed(moved, "2025-06-01")
    assert client.get(f"/hankkeet/{moved.code}/muutokset/").text.count("Salattu") == 2
    Attachment.objects.filter(pk=attachment.pk).update(is_hidden=True)
    Project.objects.filter(pk=later.pk).withdraw()
    for _ in range(2):  # told of neither before nor after the change is itself a version
        for address in ("muutokset/", "?pvm=2025-06-02"):
            assert "Salattu" not in client.get(f"/hankkeet/{moved.code}/{address}").text
        changed(moved, "2025-06-03")


def test_a_long_history_has_pages_and_asks_as_much_however_long(
    client, django_assert_max_num_queries
):
    project = a_project()
    for number in range(45):
        day = date(2024, 1, 1) + timedelta(days=number)
        changed(project, day.isoformat(), name=f"Nimi {number}")
    with django_assert_max_num_queries(10):
        text = client.get(f"/hankkeet/{project.code}/muutokset/?sivu=2").text
    assert "Nimi 24 → Nimi 25." not in text
    assert "Nimi 23 → Nimi 24." in text
    assert "Nimi 4 → Nimi 5." in text
    with django_assert_max_num_queries(10):
        assert client.get(f"/hankkeet/{project.code}/?pvm=2024-02-10").status_code == 200


def test_the_paper_is_of_the_day_and_the_same_for_each_day_of_a_version(client, moved):
    answers = [
        client.get(f"/hankkeet/{moved.code}/kortti.pdf?pvm={day}")
        for day in ("2024-03-01", "2024-05-31")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert 'filename="kirjastoauto-kylille-2024-03-01.pdf"' in answers[0]["Content-Disposition"]
    assert answers[0]["X-Robots-Tag"] == "noindex"
    first, second = (b"".join(answer) for answer in answers)
    assert first == second
    text = " ".join(PdfReader(io.BytesIO(first)).pages[0].extract_text().split())
    assert "Vanha versio: kortti sellaisena kuin se oli 1.3.2024 – 31.5.2024." in text
    assert "?pvm=2024-03-01" in text


def test_former_addresses_lead_to_the_same_day(client, moved):
    for way in ("", "kortti.pdf"):
        response = client.get(f"/hankkeet/{moved.code.lower()}/{way}?pvm=2024-06-01")
        assert response.url == f"/hankkeet/{moved.code}/{way}?pvm=2024-06-01"
    response = client.get(f"/hankkeet/{moved.code.lower()}/muutokset/")
    assert response.url == f"/hankkeet/{moved.code}/muutokset/"


def test_the_stored_sample_of_schema_1_still_opens(client):
    project = a_project()
    sample = json.loads((Path(__file__).parent / "schema_1.json").read_text())
    Version.objects.create(
        project=project,
        number=1,
        base=1,
        schema=1,
        changes=parts_of(sample),
        published_at=at("2024-06-01"),
    )
    text = card_of(client.get(f"/hankkeet/{project.code}/?pvm=2024-06-01").text)
    for words in ("Kirjastopalvelut", "120\xa0000", "Loppuraportti", "A12345", "Kaste-ohjelma"):
        assert words in text


def test_words_of_a_summary_are_told_as_text_and_not_as_markup(client, moved):
    Section.objects.filter(heading="Tulokset").update(body="<p>a &lt;script&gt; b</p>")
    changed(moved, "2025-06-01")
    text = client.get(f"/hankkeet/{moved.code}/muutokset/").text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_person_whose_time_is_over_is_on_no_past_card_either(client, moved):
    assert "Aino Esimerkki" not in client.get(f"/hankkeet/{moved.code}/").text
    for day in ("2024-03-01", "2025-05-10", timezone.localdate().isoformat()):
        assert "Aino Esimerkki" not in client.get(f"/hankkeet/{moved.code}/?pvm={day}").text
