"""The checks themselves: plain cards in, findings out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sivusto.checks.core import check
from sivusto.checks.model import Attachment, Card, Contact, Portfolio, Share
from sivusto.transfer.cardtext.model import SectionText
from sivusto.wording import euros

D = Decimal
TODAY = date(2026, 6, 1)
CITY = Share(1, ("Jokilahden kaupunki", "Jokilahti"), "municipality", amount=D(25), percent=D(25))
STATE = Share(2, ("Sosiaali- ja terveysministeriö", "STM"), "state", amount=D(75), percent=D(75))
GOOD = Card(
    today=TODAY,
    name="Kirjastoauto kylille",
    phase="running",
    publication="published",
    created=date(2025, 1, 1),
    project_type="Kaupungin oma hanke",
    planned_start=date(2025, 1, 1),
    planned_end=date(2027, 12, 31),
    planned_cost=D(100),
    portfolios=(Portfolio("Arki", date(2024, 1, 1), date(2028, 12, 31)),),
    implementers=("Kirjastopalvelut",),
    sections=(SectionText("Tavoitteet", "Auto käy kylillä."),),
    shares=(STATE, CITY),
    contacts=(Contact("Projektipäällikkö", "Aino Esimerkki", "040 000 0001"),),
    attachments=(Attachment("Esite"),),
)


def kinds(**changes):
    return [finding.kind for finding in check(replace(GOOD, **changes))]


def text(words, heading="Toteutus"):
    return (SectionText("Tavoitteet", "Auto käy kylillä."), SectionText(heading, words))


def test_a_card_that_is_right_has_no_findings():
    assert kinds() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"planned_end": date(2026, 5, 31)}, ["running_after_end"]),
        ({"planned_start": date(2026, 7, 1)}, ["running_before_start"]),
        ({"phase": "ended"}, ["ended_before_end"]),
        ({"phase": "planned"}, ["planned_after_start"]),
        ({"phase": "discontinued"}, []),
        ({"publication": "draft"}, ["running_unpublished"]),
        ({"publication": "draft", "created": TODAY}, []),
        ({"actual_end": date(2024, 12, 1)}, ["ends_before_start", "running_after_end"]),
        ({"portfolios": (Portfolio("Arki 2010–2013"),)}, ["outside_portfolio"]),
        ({"portfolios": (Portfolio("Arki 2026–2028"),)}, ["starts_before_portfolio"]),
        ({"portfolios": (Portfolio("Arki 2022–2025"),)}, ["ends_after_portfolio"]),
        ({"portfolios": (Portfolio("Arki"),)}, []),
        ({"portfolios": ()}, ["missing_portfolio"]),
        ({"sections": ()}, ["missing_summary"]),
        ({"contacts": ()}, ["missing_contact"]),
        ({"contacts": (Contact("Sihteeri", end=date(2026, 1, 1)),)}, ["contact_is_over"]),
        ({"attachments": (Attachment("Esite", is_there=False),)}, ["empty_attachment"]),
        ({"name": " Kirjastoauto  kylille ;"}, ["untidy_name"]),
        ({"shares": (STATE, replace(CITY, kind="eu"))}, ["missing_emblem"]),
        (
            {"shares": (STATE, replace(CITY, kind="eu")), "logos": ("Euroopan unioni",)},
            [],
        ),
        (
            {"shares": (STATE, replace(CITY, amount=D(20)))},
            ["shares_differ_from_cost", "share_is_not_its_percentage"],
        ),
        (
            {"shares": (STATE, replace(CITY, amount=None, percent=D(35)))},
            ["percents_over", "shares_differ_from_cost"],
        ),
        (
            {
                "shares": (replace(STATE, amount=None), replace(CITY, amount=None, percent=D(15))),
                "planned_cost": None,
            },
            ["percents_short"],
        ),
        ({"shares": (STATE,)}, []),
        ({"shares": (STATE, replace(CITY, amount=None, percent=None))}, []),
        (
            {"sections": text("Kokonaiskustannukset ovat 140 euroa.", "Kustannukset")},
            ["cost_differs"],
        ),
        ({"sections": text("Kustannukset ovat noin 140 euroa.", "Kustannukset")}, []),
        ({"sections": text("STM 70 euroa ja Jokilahti 25 euroa", "Rahoitus")}, ["share_differs"]),
        ({"sections": text("Hanke päättyy 30.11.2027.")}, ["date_differs"]),
        ({"sections": text("Hanke alkoi 1.1.2025 ja päättyy 31.12.2027.")}, []),
        ({"sections": text("Projektipäällikön puhelin on 040 123 4567.")}, ["phone_in_text"]),
        ({"sections": text("Tilinumero FI21 1234 5600 0007 85, koodi 0401234.")}, []),
    ],
)
def test_what_is_wrong_is_found(changes, found):
    assert sorted(kinds(**changes)) == sorted(found)


def test_the_worst_comes_first():
    found = check(replace(GOOD, name="Auto,", planned_end=date(2026, 1, 1), planned_cost=D(90)))
    weights = [finding.weight for finding in found]
    assert weights == sorted(weights, key=["serious", "notable", "minor"].index)
    assert len(set(weights)) == 3


def test_a_number_in_the_text_is_not_repeated_in_the_finding():
    found = check(replace(GOOD, sections=text("Soita 040 123 4567 tai aino.e@example.fi.")))
    assert [finding.kind for finding in found] == ["phone_in_text", "email_in_text"]
    told = " ".join(f"{finding.message} {finding.quote} {finding.key}" for finding in found)
    assert "123" not in told
    assert "aino" not in told


def test_a_finding_keeps_its_key_until_its_figures_change():
    one, same, other = (
        check(replace(GOOD, planned_cost=D(cost), created=day))[0].key
        for cost, day in ((90, TODAY), (90, date(2025, 5, 5)), (80, TODAY))
    )
    assert one == same != other


def test_one_difference_is_told_once():
    words = "STM 75 € ja Jokilahti 20 €, yhteensä 100 €"
    shares = (STATE, replace(CITY, amount=D(20), percent=None))
    assert kinds(shares=shares, sections=text(words, "Rahoitus")) == ["text_sum_differs"]


SUMS = st.lists(st.integers(1000, 900_000), min_size=1, max_size=4)


@given(SUMS, st.integers(0, 700), st.integers(30, 900))
def test_money_that_adds_up_gives_no_finding_however_it_is_told(amounts, days, length):
    names = ("Jokilahden kaupunki", "Rantakosken kunta", "Pohjanmaan liitto", "Kylien säätiö")
    total = D(sum(amounts))
    shares = tuple(
        Share(row, (name,), amount=D(amount), percent=round(D(amount) / total * 100, 2))
        for row, (name, amount) in enumerate(zip(names, amounts, strict=False))
    )
    told = ", ".join(f"{share.name} {euros(share.amount)}" for share in shares)
    start = date(2024, 1, 1) + timedelta(days)
    card = replace(
        GOOD,
        shares=shares,
        planned_cost=total,
        phase="planned",
        today=date(2023, 12, 1),
        planned_start=start,
        planned_end=start + timedelta(length),
        sections=text(f"Kokonaiskustannukset ovat {euros(total)}: {told}.".replace("\xa0", " ")),
    )
    assert check(card) == ()
