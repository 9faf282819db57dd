"""Names that are the same, and names that are not."""

import pytest

from sivusto.transfer.keys import name_key, programme_key


@pytest.mark.parametrize(
    "other",
    [
        "HYVINVOINTISALKKU 2014-2020",
        "Hyvinvointisalkku\xa02014–2020",
        " Hyvinvointisalkku  2014‑2020,",
        "Hyvin\xadvointisalkku 2014-2020",
    ],
)
def test_case_blanks_and_dashes_do_not_part_names(other):
    assert name_key(other) == name_key("Hyvinvointisalkku 2014-2020")


@pytest.mark.parametrize("other", ["Hyvinvointisalkku 2014-2021", "Hyvinvoïntisalkku 2014-2020"])
def test_letters_and_numbers_do(other):
    assert name_key(other) != name_key("Hyvinvointisalkku 2014-2020")


def test_a_programme_is_the_same_without_the_word():
    assert programme_key("Kaste-ohjelma") == programme_key("KASTE") == "kaste"
    assert programme_key("ohjelma") == "ohjelma"
