"""The register of bitmaps against plain loops over projects."""

from collections import Counter
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sivusto.search.bitmaps.bits import bitmap, members
from sivusto.search.bitmaps.register import Register, most_used

FACETS = {"a": "xyz", "b": "123456789"}
PROJECT = st.fixed_dictionaries({name: st.sets(st.sampled_from(v)) for name, v in FACETS.items()})
PROJECTS = st.dictionaries(st.integers(1, 300), PROJECT, max_size=40)
FEW = st.sampled_from([0, 10, 100])  # found projects that are asked one by one
CHOSEN = st.fixed_dictionaries(
    {}, optional={n: st.sets(st.sampled_from(v + "?"), min_size=1) for n, v in FACETS.items()}
)


def _values(projects):
    return {
        facet: {
            value: bits
            for value in words
            if (bits := bitmap(key for key, project in projects.items() if value in project[facet]))
        }
        for facet, words in FACETS.items()
    }


def _register(projects):
    return Register.of(bitmap(projects), _values(projects), {})


def _having(projects, chosen, apart_from=""):
    return {
        key
        for key, project in projects.items()
        if all(project[facet] & chosen[facet] for facet in chosen if facet != apart_from)
    }


def _chosen(chosen):
    return {facet: tuple(sorted(values)) for facet, values in chosen.items()}


@given(PROJECTS, CHOSEN)
def test_values_of_a_facet_are_alternatives_and_facets_conditions(projects, chosen):
    register = _register(projects)
    found = register.selected(_chosen(chosen), register.public)
    assert set(members(found)) == _having(projects, chosen)


def _counts(register, chosen, few):
    with patch("sivusto.search.bitmaps.register.FEW", few):
        return register.counts(_chosen(chosen), register.public)


@given(PROJECTS, CHOSEN, FEW)
def test_a_facet_is_counted_as_if_it_were_not_chosen(projects, chosen, few):
    counts = _counts(_register(projects), chosen, few)
    for facet in FACETS:
        keys = _having(projects, chosen, apart_from=facet)
        counted = Counter(value for key in keys for value in projects[key][facet])
        assert dict(counts[facet]) == counted
        assert len(counts[facet]) == len(counted)


@given(PROJECTS, CHOSEN, FEW, st.integers(1, 10))
def test_the_most_used_are_found_without_counting_all(projects, chosen, few, number):
    for counts in _counts(_register(projects), chosen, few).values():
        every = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        assert most_used(counts, number) == [value for value, _count in every[:number]]


@given(PROJECTS, PROJECTS, st.sets(st.integers(1, 300), max_size=10))
def test_a_changed_register_is_as_if_built_anew(old, new, gone):
    changed = bitmap(new.keys() | gone)
    patched = _register(old).replaced(changed, bitmap(new), _values(new), {})
    wanted = {key: project for key, project in old.items() if key not in gone} | new
    anew = _register(wanted)
    assert patched == anew
    assert _counts(patched, {}, 100) == _counts(anew, {}, 100)
