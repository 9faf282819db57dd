"""Whole cards as texts, brought in and checked: no false alarm, and each fault told once."""

import pytest

from hankkeet.models import Finding
from sivusto.transfer.apply import settle
from tests.sivusto.checks.cards import RIGHT, WRONG, fields
from tests.sivusto.transfer.builders import bring_in, source

pytestmark = pytest.mark.django_db


def check(*sources):
    """Bring cards in and check them as every importer does."""
    settle(bring_in(*sources))


def kinds():
    found: dict[str, list[str]] = {}
    for finding in Finding.objects.select_related("project"):
        found.setdefault(finding.project.name, []).append(finding.kind)
    return {name: sorted(some) for name, some in found.items()}


def test_a_card_that_is_right_gives_no_finding():
    check(*[source(file=name, **fields(name, card)) for name, card in RIGHT.items()])
    assert kinds() == {}


def test_each_fault_is_found_and_nothing_else():
    check(*[source(file=name, **fields(name, card)) for name, (card, _found) in WRONG.items()])
    assert kinds() == {name: sorted(found) for name, (_card, found) in WRONG.items()}


def test_a_funder_named_in_the_text_alone_comes_with_its_sum_and_its_short_name():
    text = (
        "Kustannukset\nToteutuneet 90 000 euroa (kaupunki ja RSHP)\n\n"
        "Rahoitus\n90 000 euroa, josta Rantakosken sairaanhoitopiiri 30 000 euroa ja "
        "Jokilahden kaupunki 60 000 euroa."
    )
    card = fields("Yhteinen", {"summary": text, "funders": "Jokilahden kaupunki"})
    check(source(**card))
    finding = Finding.objects.get()
    assert finding.fix["label"] == "Lisää rahoittaja RSHP, 30\xa0000\xa0€"
    assert "Rantakosken sairaanhoitopiiri (30\xa0000\xa0€)" in finding.message
    assert "30 000 euroa" in finding.quote
