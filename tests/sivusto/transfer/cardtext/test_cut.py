"""A text cut off anywhere reads as far as it goes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sivusto.transfer.cardtext import Card, read_card
from sivusto.transfer.cardtext.labels import LABELS
from tests.sivusto.transfer.cardtext.samples import TEXTS, reading, sample

IN_ORDER = (
    "name",
    "project_type",
    "portfolios",
    "sections",
    "phase",
    "start_date",
    "end_date",
    "funders",
    "implementers",
    "contacts",
    "attachments",
)


def starts_of_fields(text: str) -> list[int]:
    """Return where each label of a whole card stands, found from the end."""
    starts, end = [], len(text)
    for label in reversed(LABELS):
        places = [m.start() for m in re.finditer(f"^{label}", text[:end], re.MULTILINE | re.I)]
        end = places[0] if label == "Tiivistelmä" else places[-1]
        starts.append(end)
    return starts[::-1]


def fields_before(card: Card, starts: list[int], cut: int) -> list[object]:
    ended = zip(IN_ORDER, starts[1:], strict=True)
    return [getattr(card, field) for field, start in ended if start < cut]


@pytest.mark.parametrize("name", TEXTS)
def test_fields_before_the_cut_are_unchanged_wherever_it_falls(name):
    text = sample(name)
    whole, starts = read_card(text).card, starts_of_fields(text)

    for cut in range(starts[2], len(text) + 1, 3):
        found = read_card(text[:cut])
        assert found.is_card
        assert fields_before(found.card, starts, cut) == fields_before(whole, starts, cut), cut


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2200), st.sampled_from(["sivu.html", *TEXTS]))
def test_any_beginning_of_a_card_is_survived(cut, name):
    found = read_card(sample(name)[:cut])

    assert found.is_card or found.messages


def test_a_cut_text_says_where_it_ends_and_what_is_missing():
    text = sample("kirjasto.txt")
    cut = read_card(text[: text.index("Toteuttajat") + 5])

    assert cut.missing == ("implementers", "contacts", "attachments")
    assert cut.messages == (
        "Teksti loppuu kesken: viimeinen kenttä siinä on Rahoittajat. "
        "Lopusta jätettiin pois ”Toteu”.",
    )


def test_a_card_without_attachments_is_not_taken_for_cut_off():
    assert reading("verkosto.txt").missing == ()


@settings(max_examples=80, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("Rahoittajat \n\t\xa0:%€1.5,-()<td>&;@\x00\ud800"), max_size=300
    )
)
def test_any_rubbish_in_the_summary_is_survived(rubbish):
    text = sample("verkosto.txt").replace("Mukana ovat", rubbish)

    assert read_card(text).card.name == "Nuorten verkosto"
