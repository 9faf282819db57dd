"""Every message has a Swedish and an English translation that fits its place."""

import re

import pytest

from sivusto.catalogs import TRANSLATED, messages_in_code, read_catalog

PLACES = re.compile(r"%\((\w+)\)s|%[sd]|\{(\w*)\}")


def strings(value):
    return value if isinstance(value, (tuple, list)) else (value,)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_code_is_translated(language):
    catalog = read_catalog(language)
    missing = []
    for message in messages_in_code():
        found = catalog.get(message.id, message.context)
        if message.id and (not found or not all(strings(found.string)) or found.fuzzy):
            missing.append(message.id)
    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_places_for_values(language):
    for message in read_catalog(language):
        if message.id:
            wanted = set(PLACES.findall(strings(message.id)[-1]))
            for string in strings(message.string):
                assert set(PLACES.findall(string)) <= wanted, message.id
            assert set(PLACES.findall(strings(message.string)[-1])) == wanted, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_that_nothing_uses(language):
    used = {strings(message.id)[0] for message in messages_in_code()}
    kept = {strings(message.id)[0] for message in read_catalog(language)}
    assert kept <= used
