"""Finnish words break where a Finn would break them, in the rule and in WeasyPrint's hands."""

from itertools import pairwise

import pyphen
import pytest

from sivusto.card.hyphenation import DIPHTHONGS, LONG_VOWELS, break_points, register

WORDS = """
hy-vin-voin-ti-pal-ve-lu-tar-jo-tin tie-to-jär-jes-tel-mä-ko-ko-nai-suus yh-teis-työ hank-keen
eri-tyis-vas-tuu-a-lu-een stra-te-gia psy-ki-at-ria ruot-sin-kie-li-nen alue-ko-kei-lu
maan-käyt-tö kau-pun-gin-o-sa so-si-aa-li-a-se-ma kau-pun-ki-stra-te-gia han-ke-pro-ses-si
ra-ken-nus-ai-kai-nen äs-ken eu-ro ää-nes-tys-a-lue rau-ta-tie-a-se-ma työ-ai-ka vas-taan-ot-to
toi-meen-pa-no Ou-lun ikäih-mi-sil-le kou-lu-tus ra-hoit-ta-ja to-teut-ta-ja sal-kun
ke-hit-tä-mis-sal-kut hy-vin-voin-tia val-tion-o-suus kun-nan-hal-li-tus omais-hoi-to
asia-kas-läh-töi-nen ym-pä-ris-tö-oh-jel-ma eril-lis-ra-hoi-tus kus-tan-nus-ar-vio
mie-len-ter-veys päih-de-huol-to nuo-ri-so-ta-kuu si-vis-tys-pal-ve-lut kak-si-kie-li-nen
laa-tu-kri-tee-rit kou-lu-tus-o-sio di-gi-taa-li-nen säh-köi-nen lii-ken-ne tääl-lä yö-ju-na
vai-kut-ta-vuus mit-ta-ri ter-veys-a-se-ma lap-si-per-heet oh-jaus-ryh-mä yri-tys-yh-teis-työ
pe-rus-tur-va maa-il-ma mu-se-ois-sa or-ga-ni-saa-ti-oi-ta ma-ta-la kyl-mä-ket-ju va-paa-eh-toi-nen
rå-gård öl-jyn-tor-jun-ta kie-li tuo-da pyö-räi-ly hyö-ty lu-ki-oon kor-ke-aan
"""


def broken(word: str) -> str:
    points = [0, *break_points(word), len(word)]
    return "-".join(word[a:b] for a, b in pairwise(points))


@pytest.mark.parametrize("expected", WORDS.split())
def test_words_break_between_syllables_and_parts(expected):
    assert broken(expected.replace("-", "")) == expected


@pytest.mark.parametrize(
    "text",
    ["STM", "POKEVA", "POPsote", "2014", "EAKR2014", "STM:n", "ouka.fi", "klo", "äiti@", "", "ja"],
)
def test_abbreviations_numbers_and_addresses_stay_whole(text):
    assert break_points(text) == ()


@pytest.mark.parametrize("word", ["Rahoituspäätöksestä", "RAHOITUSPÄÄTÖKSESTÄ"])
def test_capitals_of_a_heading_break_like_small_letters(word):
    assert break_points(word) == break_points(word.lower()) != ()


def test_a_hyphen_in_the_word_separates_its_parts():
    assert broken("linja-autoasema") == "lin-ja-au-to-a-se-ma"
    assert broken("6Aika-hanke") == "6Aika-hanke"


def test_two_letters_stay_on_each_side_and_no_diphthong_is_cut():
    for word in (entry.replace("-", "") for entry in WORDS.split()):
        for point in break_points(word):
            assert 2 <= point <= len(word) - 2
            after_a_long_vowel = word[point - 2 : point].lower() in LONG_VOWELS
            assert after_a_long_vowel or word[point - 1 : point + 1].lower() not in DIPHTHONGS


def test_pyphen_answers_in_finnish_after_registering():
    register()
    assert pyphen.language_fallback("fi-FI") == "fi"
    assert pyphen.Pyphen(lang="fi").inserted("Kaupunginosa") == "Kau-pun-gin-o-sa"


def test_an_exception_overrules_the_rule_whatever_the_capitals():
    dictionary = register()
    dictionary.exceptions = {"kaupunginosa": (9,)}
    try:
        assert pyphen.Pyphen(lang="fi").inserted("Kaupunginosa") == "Kaupungin-osa"
    finally:
        dictionary.exceptions = {}


def test_a_monstrous_word_costs_nothing():
    assert break_points("aba" * 100_000) == ()
