"""What a project manager, a coordinator and a reader do to a card, on the screens they have."""

import re
from datetime import date, timedelta
from io import BytesIO

from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.sivusto.staff.windows import (
    PATIENCE_MS,
    choose,
    field,
    pictured,
    press,
    rows_of,
    told,
)

NAME, PERSON = "Kirjastoauto kylille", "Aino Esimerkki"
REASON = "Jatkoaika myönnetty"
TEXT = (
    "Auto kiertää kylät joka viikko. Hankkeen kustannusarvio on 121 000 euroa. "
    "Hanketta rahoittaa Sosiaali- ja terveysministeriö (90 000 €)."
)


def shown(day: date) -> str:
    """Write a day as people do, which the fields also take."""
    return f"{day.day}.{day.month}.{day.year}"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


START, FIRST_END, LATER_END, REAL_END = ago(700), ago(-30), ago(-200), ago(40)
PUBLISHED, EXTENDED = ago(90), ago(60)


# The project manager


def fill_in_a_new_card(page: Page) -> None:
    page.goto("/yllapito/")
    page.get_by_role("link", name="Lisää hanke").click()
    page.get_by_label("Hankkeen nimi").fill(NAME)
    page.get_by_label("Käsittelyvaihe").select_option("Käynnissä")
    page.get_by_label("Toteutunut alkamispäivä").fill(shown(START))
    page.get_by_label("Suunniteltu päättymispäivä").fill(shown(FIRST_END))
    page.get_by_label("Suunnitellut kustannukset").fill("120 000")
    rows_of(page, "Tiivistelmä").get_by_role("textbox", name="Teksti").first.click()
    page.keyboard.type(TEXT)
    share = rows_of(page, "Rahoittajat ja rahoitusosuudet")
    choose(page, share.get_by_role("combobox").first, "joki", "Jokilahden kaupunki")
    field(share, "Euroa").fill("30 000")
    contact = rows_of(page, "Yhteyshenkilöt")
    field(contact, "Tehtävä").fill("Projektipäällikkö")
    field(contact, "Yksikkö").fill("Kirjastopalvelut")
    field(contact, "Henkilön nimi").fill(PERSON)
    field(contact, "Näkyvyys").select_option("Kaikki")
    press(page, "Tallenna ja jatka muokkaamista")
    told(page, NAME)


def mend_the_findings(page: Page) -> None:
    """One by its button, one by the form, and one that is right as it is."""
    findings = page.get_by_role("region", name="havaintoa")
    expect(findings).to_contain_text("Tekstissä rahoittajana on Sosiaali- ja terveysministeriö")
    expect(findings).to_contain_text("Salkkua ei ole valittu.")
    pictured(page, "findings")
    press(page, "Lisää rahoittaja Sosiaali- ja terveysministeriö, 90\xa0000\xa0€")
    told(page, "Lisää rahoittaja")
    different = findings.get_by_role("listitem").filter(has_text="Tekstissä kustannukset ovat")
    different.get_by_text("Merkitse tunnetuksi").click()
    different.get_by_label("Miksi näin on oikein?").fill("Päätöksessä summa on pyöristetty.")
    different.get_by_role("button", name="Merkitse").click()
    expect(page.get_by_text("Yksi tunnettu havainto")).to_be_visible()
    choose_portfolio(page)


def choose_portfolio(page: Page) -> None:
    field = page.locator(".field-portfolios").get_by_role("searchbox")
    choose(page, field, "arjen", "Hyvän arjen salkku")


def send_to_review(page: Page) -> None:
    press(page, "Lähetä tarkastettavaksi")
    told(page, "Lähetetty tarkastettavaksi.")


def read_the_note_and_mend(page: Page) -> None:
    page.goto("/yllapito/")
    waiting = page.get_by_role("region", name="Palautettu korjattavaksi")
    expect(waiting).to_contain_text("Lisää toteuttaja")
    pictured(page, "desk-returned")
    waiting.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("blockquote").first).to_contain_text("Lisää toteuttaja")
    pictured(page, "returned")
    implementers = rows_of(page, "Toteuttajat")
    implementers.get_by_role("button", name="Lisää toinen Toteuttaja").click()
    choose(page, implementers.get_by_role("combobox").first, "kirj", "Kirjastopalvelut")


def propose_a_later_end(page: Page) -> None:
    open_own_card(page)
    expect(page.get_by_role("heading", name="Uusi muutosehdotus")).to_be_visible()
    page.get_by_label("Suunniteltu päättymispäivä").fill(shown(LATER_END))
    page.get_by_label("Muutoksen perustelu").fill(REASON)
    press(page, "Lähetä tarkastettavaksi")
    told(page, "Muutosehdotus lähetettiin tarkastettavaksi.")
    pictured(page, "proposed")


def end_it_and_tell_what_was_left(page: Page) -> None:
    open_own_card(page)
    page.get_by_label("Käsittelyvaihe").select_option("Päättynyt")
    page.get_by_label("Toteutunut päättymispäivä").fill(shown(REAL_END))
    results = rows_of(page, "Mitä jäi: hankkeen tulokset")
    results.get_by_role("button", name="Lisää toinen Tulos").click()
    field(results, "Tulos").fill("Reittimalli")
    field(results, "Tila").select_option("Käytössä")
    field(results, "Missä se on").fill("Pääkirjasto")
    pictured(page, "results")
    press(page, "Lähetä tarkastettavaksi")
    told(page, "Muutosehdotus lähetettiin tarkastettavaksi.")


def open_own_card(page: Page) -> None:
    page.goto("/yllapito/")
    page.get_by_role("link", name="Omat kortit").click()
    pictured(page, "list")
    page.get_by_role("link", name=NAME, exact=True).click()


# The coordinator


def open_from_the_desk(page: Page) -> None:
    page.goto("/yllapito/")
    waiting = page.get_by_role("region", name="Tarkastettavana")
    expect(waiting).to_contain_text(NAME)
    pictured(page, "desk-review")
    waiting.get_by_role("link", name=NAME).click()


def read_and_return(page: Page) -> None:
    open_from_the_desk(page)
    pictured(page, "review")
    page.get_by_role("link", name="Esikatsele korttia").click()
    expect(page.get_by_role("status")).to_contain_text("Esikatselu")
    page.go_back()
    page.get_by_label("Viesti tekijälle").fill("Lisää toteuttaja, niin julkaisen.")
    press(page, "Palauta tekijälle")
    told(page, "Palautettu tekijälle.")


def approve(page: Page, message: str, *sentences: str) -> None:
    """Read what would change, and let it."""
    open_from_the_desk(page)
    for sentence in sentences:
        expect(page.get_by_role("region", name="Tarkastettavana")).to_contain_text(sentence)
    pictured(page, "approval")
    press(page, "Hyväksy ja julkaise")
    told(page, message)


def shorten_the_time_of_contacts(page: Page) -> None:
    page.goto("/yllapito/")
    page.get_by_role("link", name="Salkut", exact=True).last.click()
    page.get_by_role("link", name="Hyvän arjen salkku").click()
    page.get_by_label("Yhteyshenkilöt näkyvissä (kk)").fill("1")
    pictured(page, "portfolio")
    press(page, "Tallenna ja poistu")
    told(page, "Hyvän arjen salkku")


# The reader


def find(page: Page, word: str) -> None:
    page.goto("/hankkeet/")
    page.get_by_label("Hae hankkeista").fill(word)
    page.get_by_role("button", name="Hae", exact=True).click()
    expect(page).to_have_url(re.compile(r"[?&]q="))
    expect(page.locator("form.list[aria-busy=true]")).to_have_count(0)


def open_the_public_card(page: Page) -> None:
    find(page, "kirjastoautolla")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()


def sees_no_card(page: Page) -> None:
    find(page, "kirjastoautolla")
    expect(page.get_by_text("ei löytynyt yhtään hanketta")).to_be_visible()


def paper_of(page: Page, label: str) -> str:
    """The text of the file behind a link."""
    address = page.get_by_role("link", name=label).get_attribute("href")
    answer = page.request.get(address or "", timeout=PATIENCE_MS)
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def reads_the_card(page: Page, end: date) -> None:
    open_the_public_card(page)
    expect(page.get_by_role("article")).to_contain_text(shown(end))
    expect(page.get_by_role("article")).to_contain_text(PERSON)
    assert PERSON in paper_of(page, "Lataa kortti (PDF)")


def reads_the_history(page: Page) -> None:
    open_the_public_card(page)
    page.get_by_role("link", name="Muutoshistoria").click()
    change = f"{shown(FIRST_END)} → {shown(LATER_END)}"
    entry = page.get_by_role("listitem").filter(has_text=REASON).first
    expect(entry).to_contain_text(change)
    pictured(page, "changes")


def open_as_it_was(page: Page, day: date) -> None:
    open_the_public_card(page)
    page.get_by_role("link", name="Muutoshistoria").click()
    page.get_by_label("Kortti sellaisena kuin se oli").fill(day.isoformat())
    page.get_by_role("button", name="Näytä").click()
    expect(page).to_have_url(re.compile(rf"\?pvm={day.isoformat()}$"))
    notice = f"Kortti sellaisena kuin se oli {shown(day)}."
    expect(page.get_by_role("status")).to_contain_text(notice)


def reads_what_was_left(page: Page) -> None:
    open_the_public_card(page)
    expect(page.get_by_role("article")).to_contain_text("Reittimalli")
    page.goto("/")
    page.get_by_role("link", name="Tulokset").first.click()
    expect(page.get_by_role("heading", name="Reittimalli")).to_be_visible()


def finds_the_person_nowhere(page: Page) -> None:
    open_the_public_card(page)
    expect(page.get_by_role("article")).to_contain_text("Projektipäällikkö, Kirjastopalvelut")
    expect(page.locator("body")).not_to_contain_text(PERSON)
    assert PERSON not in paper_of(page, "Lataa kortti (PDF)")
    open_as_it_was(page, PUBLISHED)
    expect(page.locator("body")).not_to_contain_text(PERSON)
    assert PERSON not in paper_of(page, "Lataa tämä versio (PDF)")
    find(page, PERSON.partition(" ")[0])
    expect(page.get_by_text("ei löytynyt yhtään hanketta")).to_be_visible()
