"""A version stores only what changed, and reads back as the whole; old forms still open."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from sivusto.history.contents import changed_parts, content_of, digest, merged, parts_of
from sivusto.history.schema import SCHEMA, UnknownSchemaError, upgraded
from tests.sivusto.history.contents import a_card, named, section
from tests.sivusto.history.test_differences import CONTENTS

FIRST = a_card(sections=[section(1, "<p>a</p>"), section(2, "<p>b</p>")])


def test_a_changed_row_is_stored_alone():
    later = a_card(sections=[section(1, "<p>a</p>"), section(2, "<p>c</p>")])
    body = {"kind": "goals", "heading": "Tavoitteet", "body": "<p>c</p>"}
    assert changed_parts(FIRST, later) == {"sections/2": body}


def test_a_removed_row_costs_the_list_of_those_that_stay():
    assert changed_parts(FIRST, a_card(sections=FIRST["sections"][1:])) == {"sections": [2]}


def test_a_row_that_comes_back_is_read_as_it_is_now():
    without = a_card()
    back = a_card(sections=[section(1, "<p>a</p>")])
    chain = [parts_of(back), changed_parts(back, without), None, changed_parts(without, back)]
    assert merged(chain) == back


@settings(deadline=None)
@given(CONTENTS, CONTENTS, CONTENTS)
def test_any_chain_reads_back_as_its_last_content(one, two, three):
    chain = [parts_of(one), changed_parts(one, two), changed_parts(two, three)]
    stored = json.loads(json.dumps(chain))
    assert merged(stored) == three
    assert content_of(parts_of(three)) == three


def test_a_digest_goes_by_the_content_and_not_by_the_order_of_its_facts():
    assert digest(dict(reversed(FIRST.items()))) == digest(FIRST)
    assert digest(FIRST) != digest(a_card())


def test_an_old_content_is_brought_forward_form_by_form():
    upgrades = {
        1: lambda content: content | {"portfolios": [named(1, content["portfolio"])]},
        2: lambda content: content | {"is_upgraded": True},
    }
    new = upgraded({"portfolio": "Arki"}, 1, upgrades=upgrades, newest=3)
    assert new["portfolios"] == [named(1, "Arki")]
    assert new["is_upgraded"]


def test_a_content_of_a_newer_program_is_refused():
    with pytest.raises(UnknownSchemaError):
        upgraded({}, SCHEMA + 1)


def test_the_stored_sample_of_schema_1_has_all_that_a_card_has_today():
    sample = json.loads((Path(__file__).parent / "schema_1.json").read_text())
    assert upgraded(sample, 1).keys() == a_card().keys()
