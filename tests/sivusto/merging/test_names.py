"""Names and addresses of two things that become one."""

import pytest

from sivusto.merging.names import former_addresses, other_names


@pytest.mark.parametrize(
    ("own", "known", "gained", "found"),
    [
        (["STM"], [], ["Sosiaaliministeriö"], ["Sosiaaliministeriö"]),
        (["STM"], ["Ministeriö"], ["ministeriö", "stm"], ["Ministeriö"]),
        (["STM", ""], [], ["", "B", "b", "A"], ["B", "A"]),
        ([], [], [], []),
    ],
)
def test_each_name_is_kept_once_and_its_own_is_no_other(own, known, gained, found):
    assert other_names(own, known, gained) == found


@pytest.mark.parametrize(
    ("own", "known", "gained", "found"),
    [
        ("stm", [], ["ministerio", "vanha"], ["ministerio", "vanha"]),
        ("stm", ["a"], ["a", "stm", ""], ["a"]),
    ],
)
def test_an_address_leads_on_once_and_not_to_itself(own, known, gained, found):
    assert former_addresses(own, known, gained) == found
