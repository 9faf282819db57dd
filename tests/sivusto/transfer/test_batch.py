"""Many files at once: funders that meet, copies of one card, the number of queries."""

import itertools

import pytest

from hankkeet.models import Project
from rahoitus.models import Funder, FundingShare, Programme
from sivusto.transfer.plan import plan
from sivusto.transfer.planned import Action
from sivusto.transfer.report import differences
from tests.sivusto.transfer.builders import actions, bring_in, card_text, source

pytestmark = pytest.mark.django_db


def funded(number, funders, summary=""):
    text = f"Tavoitteet\nOvi auki.\n\n{summary}" if summary else "Tavoitteet\nOvi auki."
    return source(name=f"Kortti {number}", file=f"{number}.txt", funders=funders, summary=text)


MEETING = [
    funded(1, "STM"),
    funded(2, "STM, Kaste-ohjelma"),
    funded(3, "STM / Kaste-ohjelma\nOulun kaupunki"),
    funded(4, "Sitra", "Rahoitus:\nOuka 25 % - 100 euroa\nPPSHP 75 % - 300 euroa"),
    funded(5, "Pohjois-Pohjanmaan sairaanhoitopiiri\nSITRA"),
    funded(6, "Sitra", "Rahoitus:\nKaste-ohjelman rahoitusosuus on 75 %."),
]


@pytest.mark.parametrize("order", [*itertools.islice(itertools.permutations(MEETING), 0, 720, 90)])
def test_funders_meet_under_all_their_names_in_any_order(order):
    bring_in(*order)
    names = dict(Funder.objects.values_list("name", "short_name"))
    assert names == {
        "STM": "",
        "Oulun kaupunki": "Ouka",
        "Pohjois-Pohjanmaan sairaanhoitopiiri": "PPSHP",
        "Sitra": "",
    }
    programme = Programme.objects.get()
    assert (programme.name, programme.funder.name) == ("Kaste-ohjelma", "STM")
    assert FundingShare.objects.filter(programme=programme).count() == 3


def test_an_abbreviation_that_was_guessed_is_told_once():
    funder = Funder.objects.create(name="Oulun kaupunki", short_name="OK")
    card = funded(1, "Ouka")
    assert "”Ouka” tulkittiin" in plan([card]).cards[0].messages[-1]
    bring_in(card)
    funder.refresh_from_db()
    assert (funder.short_name, funder.aliases) == ("OK", ["Ouka"])
    assert plan([funded(2, "Ouka")]).cards[0].messages == ()


def test_an_abbreviation_that_fits_two_funders_is_a_funder_of_its_own():
    bring_in(funded(1, "Sosiaali- ja terveysministeriö\nSuomen teatterimuseo\nSTM"))
    assert Funder.objects.filter(name="STM").exists()


def test_a_known_alias_and_a_known_programme_are_used():
    stm = Funder.objects.create(name="Sosiaali- ja terveysministeriö", short_name="STM")
    kaste = Programme.objects.create(funder=stm, name="Kaste")
    bring_in(funded(1, "STM, Kaste-ohjelma"), funded(2, "Kaste-ohjelma"))
    assert set(FundingShare.objects.values_list("funder", "programme")) == {(stm.pk, kaste.pk)}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_copies_of_one_card_make_one_project(order):
    whole = card_text()
    copies = [
        source(whole, "a.txt"),
        source(whole.replace("\xa0", " "), "b.txt"),
        source(whole[: whole.index("Toteuttajat")], "c.txt"),
    ]
    planned = plan([copies[place] for place in order])
    assert sorted(actions(planned)) == [Action.NEW, Action.UNCHANGED, Action.UNCHANGED]
    (new,) = (card for card in planned.cards if card.action == Action.NEW)
    assert new.text.source != "c.txt"
    result = bring_in(*copies)
    assert {card.code for card in result.cards} == {Project.objects.get().code}


def test_copies_that_contradict_each_other_are_told():
    copies = [source(), source(file="b.txt", end_date="1.5.2015")]
    planned = plan(copies)
    assert actions(planned) == [Action.NEW, Action.CONFLICT]
    assert "ristiriidassa" in planned.cards[1].messages[-1]
    told = "Päättymispvm: tiedostossa kortti.txt on ”31.12.2015”, tässä ”1.5.2015”."
    assert differences(planned.cards[1]) == [told]
    bring_in(*copies)
    assert str(Project.objects.get().end_date) == "2015-12-31"
    assert actions(bring_in(*copies)) == [Action.UNCHANGED, Action.CONFLICT]


def test_copies_that_break_off_contradict_nothing():
    whole = card_text()
    places = [whole.index(word) for word in ("valot", "Päättymispvm", "Toteuttajat", "©")]
    copies = [source(whole[:end], f"{end}.txt") for end in places]
    assert sorted(actions(plan(copies))) == [Action.NEW] + [Action.UNCHANGED] * 3
    bring_in()
    assert set(actions(plan(copies))) == {Action.UNCHANGED}


def test_copies_are_known_among_changes_too():
    bring_in()
    changed = card_text(end_date="1.5.2016")
    planned = plan([source(changed, "a.txt"), source(changed, "b.txt")])
    assert actions(planned) == [Action.CHANGED, Action.UNCHANGED]


def test_files_that_are_no_cards_are_left_out_and_told():
    rubbish = [b"", b"\x00\x01", b"%PDF-1.7", "Pelkkää tekstiä.".encode(), b"<html></html>"]
    sources = [source(), *(source(file=str(n)) for n in range(len(rubbish)))]
    sources = [sources[0]] + [
        type(each)(each.name, data) for each, data in zip(sources[1:], rubbish, strict=True)
    ]
    result = bring_in(*sources)
    assert actions(result) == [Action.NEW] + [Action.FAULTY] * len(rubbish)
    assert all(card.messages for card in result.cards[1:])
    assert Project.objects.count() == 1


def test_a_text_that_breaks_off_in_its_name_is_no_card_yet():
    whole = card_text()
    (card,) = plan([source(whole[: whole.index("yöt", whole.index("Hankkeen nimi"))])]).cards
    assert card.action == Action.FAULTY
    assert "vain hankkeen nimi" in card.messages[-1]


def cards(number):
    return [
        funded(n, "STM / Kaste-ohjelma\nOulun kaupunki", "Rahoitus:\nSTM 75 % - 300 euroa")
        for n in range(number)
    ]


def test_planning_asks_as_often_for_twenty_cards_as_for_two(django_assert_num_queries):
    for number in (2, 20):
        with django_assert_num_queries(7):
            plan(cards(number))
    bring_in(*cards(20))
    for number in (2, 20):
        with django_assert_num_queries(8):
            plan(cards(number))
    Project.objects.update(phase="running")
    for number in (2, 20):
        with django_assert_num_queries(17):
            plan(cards(number))


def test_the_same_again_asks_as_often_for_forty_cards_as_for_two(django_assert_num_queries):
    bring_in(*cards(40))
    for number in (2, 40):
        with django_assert_num_queries(21):
            bring_in(*cards(number))


def test_writing_new_cards_asks_as_often_for_forty_as_for_two(django_assert_max_num_queries):
    bring_in(source())
    bring_in(*cards(2))
    with django_assert_max_num_queries(55):
        bring_in(*[funded(f"uusi {n}", "STM") for n in range(40)])
