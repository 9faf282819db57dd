"""Three-way comparison, without a database."""

import pytest

from sivusto.transfer.merge import Base, Fact, advanced, merge, sure_part


def facts(**values):
    return {key.replace("__", "/"): Fact(key, value, str(value)) for key, value in values.items()}


def kinds(base, now, new, **options):
    return {step.key: step.kind for step in merge(base, now, new, **options)}


@pytest.mark.parametrize(
    ("base", "now", "new", "kind"),
    [
        (1, 1, 1, None),  # nobody changed anything
        (1, 1, 2, "change"),  # the text changed
        (1, 2, 1, None),  # staff changed it, the text says nothing new
        (1, 2, 3, "conflict"),  # both did
        (1, 2, 2, None),  # both did the same
        (1, None, 1, None),  # staff emptied it
        (1, None, 2, "conflict"),  # staff emptied it, the text changed
        (1, 1, None, None),  # the text is silent
        (None, None, 1, "add"),  # nothing was there
        (None, 1, 2, "conflict"),  # made by hand
        (None, 1, 1, None),
    ],
)
def test_a_field_changes_only_where_nobody_else_has_changed_it(base, now, new, kind):
    held = Base({} if base is None else {"name": base})
    on_card = {} if now is None else facts(name=now)
    in_text = {} if new is None else facts(name=new)
    assert kinds(held, on_card, in_text).get("name") == kind


@pytest.mark.parametrize(
    ("base", "now", "kind"),
    [(1, 1, "remove"), (1, 2, "conflict"), (None, 1, None), (1, None, None)],
)
def test_a_row_that_the_text_drops_goes_unless_it_is_the_staffs(base, now, kind):
    held = Base({"row/b": 0} | ({} if base is None else {"row/a": base}))
    on_card = facts(row__b=0) | ({} if now is None else facts(row__a=now))
    assert kinds(held, on_card, facts(row__b=0)).get("row/a") == kind


def test_rows_are_not_dropped_by_a_text_that_lists_none():
    held = Base({"row/a": 1})
    assert merge(held, facts(row__a=1), facts(name=1)) == merge(Base(), {}, facts(name=1))


def test_a_settled_row_is_the_staffs_even_if_it_says_the_same():
    settled = {"row/a": Fact("a", 1, "1", is_settled=True)}
    assert kinds(Base({"row/a": 1}), settled, facts(row__a=2)) == {"row/a": "conflict"}
    assert kinds(Base({"row/a": 1}), settled, facts(row__a=1)) == {}


def test_rows_are_not_added_among_those_that_staff_wrote():
    assert kinds(Base(), facts(row__own=1), facts(row__a=1)) == {"row/a": "conflict"}
    assert kinds(Base(), facts(name=1), facts(row__a=1)) == {"row/a": "add"}


def test_a_conflict_is_told_again_until_it_is_solved():
    now, new = facts(name=5, row__own=1, row__b=2), facts(name=2, row__a=1, row__b=2)
    base = Base({"name": 1})
    for _time in range(3):
        steps = merge(base, now, new)
        base = advanced(base, new, steps, is_whole=True)
        assert {step.key: step.kind for step in steps} == {"name": "conflict", "row/a": "conflict"}
    assert base.facts["name"] == 1
    solved = now | facts(name=2, row__a=1)
    assert merge(base, solved, new) == []


def test_a_base_survives_its_column():
    base = Base({"name": 1}, frozenset({"row"}))
    assert Base.from_json(base.to_json()) == base


def test_a_text_that_breaks_off_neither_removes_nor_shortens():
    now = facts(section__a="abc", section__b="def", share__a=1, total_cost=5)
    new = facts(section__c="new", section__a="ab", share__b=2, total_cost=4, phase="ended")
    assert set(sure_part(now, new)) == {"section/c", "phase"}
    base = Base({key: fact.value for key, fact in now.items()})
    sure = sure_part(now, new)
    assert kinds(base, now, sure, is_whole=False) == {"section/c": "add", "phase": "add"}
    steps = merge(base, now, sure, is_whole=False)
    assert base.facts.keys() < advanced(base, sure, steps, is_whole=False).facts.keys()
