"""Texts that are known and need no reading: what tells them, and that nothing else changes."""

import pytest

from hankkeet.models import Attachment, Contact, Implementer, Organisation, Project, Section
from rahoitus.models import FundingShare
from salkut.models import Portfolio
from sivusto.models import ImportedCard
from sivusto.transfer.apply import ImportRefusedError, apply
from sivusto.transfer.known import KnownText
from sivusto.transfer.plan import plan
from sivusto.transfer.planned import Action
from sivusto.transfer.report import as_json, as_text
from tests.sivusto.transfer.builders import actions, bring_in, card_text, source

pytestmark = pytest.mark.django_db


def is_known(planned):
    (card,) = planned.cards
    return isinstance(card.text, KnownText)


def add_portfolio():
    Project.objects.get().portfolios.add(Portfolio.objects.create(name="Toinen salkku"))


def add_implementer():
    other = Organisation.objects.create(name="Toinen")
    Implementer.objects.create(project=Project.objects.get(), organisation=other, position=9)


def edit_what_is_kept():
    imported = ImportedCard.objects.get()
    imported.values["facts"]["name"] = "muu"
    imported.save()


BY_HAND = {
    "name": lambda: Project.objects.update(name="Yöt"),
    "publication": Project.objects.withdraw,
    "section": lambda: Section.objects.filter(heading="Tavoitteet").update(body="<p>Oma.</p>"),
    "section gone": lambda: Section.objects.first().delete(),
    "contact": lambda: Contact.objects.update(phone="040 000 0002"),
    "attachment": lambda: Attachment.objects.update(size=1),
    "share": lambda: FundingShare.objects.update(is_proposal=True),
    "key": lambda: Project.objects.get().external_keys.create(kind="case", value="1/2014"),
    "portfolio": add_portfolio,
    "implementer": add_implementer,
    "kept": edit_what_is_kept,
}


def test_the_same_file_again_is_not_read():
    result = bring_in()
    planned = plan([source()])
    assert is_known(planned)
    assert (actions(planned), planned.cards[0].code) == (["unchanged"], result.cards[0].code)
    assert actions(apply(planned)) == [Action.UNCHANGED]


def test_a_known_file_is_told_like_one_that_is_read():
    text = card_text(implementers="", contacts="")
    bring_in(source(text))
    known = plan([source(text)])
    ImportedCard.objects.update(digest="")
    read = plan([source(text)])
    assert (is_known(known), is_known(read)) == (True, False)
    assert as_text(known.cards[0]) == as_text(read.cards[0])
    assert "Tekstistä puuttuu: toteuttajat, yhteyshenkilöt." in as_text(known.cards[0])
    assert as_json(known.cards[0]) == as_json(read.cards[0])


@pytest.mark.parametrize("change", BY_HAND.values(), ids=BY_HAND)
def test_a_card_that_somebody_has_touched_is_compared(change):
    bring_in()
    change()
    assert not is_known(plan([source()]))


def test_a_touched_card_that_still_holds_what_was_said_is_known_after_the_next_time():
    bring_in()
    Contact.objects.update(phone="040 000 0002")
    bring_in()
    assert is_known(plan([source()]))


def test_a_changed_card_is_known_by_its_newest_text():
    bring_in()
    bring_in(source(end_date="1.5.2016"))
    assert is_known(plan([source(end_date="1.5.2016")]))
    assert not is_known(plan([source()]))


def test_a_conflict_is_told_again_each_time():
    bring_in()
    Project.objects.update(phase="discontinued")
    for _time in range(2):
        assert actions(bring_in(source(phase="Käynnissä"))) == [Action.CONFLICT]


def test_a_text_with_a_remark_is_read_each_time():
    text = source(phase="Päättynyt", start_date="1.1.2014", end_date="1.1.2013")
    told = bring_in(text).cards[0].messages
    assert told
    assert plan([text]).cards[0].messages == told


def test_a_namesake_made_since_makes_a_known_file_doubtful():
    bring_in()
    project = Project.objects.get()
    Project.objects.create(name=project.name, actual_start_date=project.start_date)
    assert actions(plan([source()])) == [Action.CONFLICT]


def test_a_copy_beside_a_known_file_is_compared_with_it():
    bring_in()
    other = source(file="b.txt", end_date="1.5.2015")
    assert actions(plan([source(), other])) == [Action.UNCHANGED, Action.CONFLICT]
    assert actions(plan([source(), source(file="b.txt")])) == [Action.UNCHANGED] * 2


def test_a_card_touched_after_the_plan_is_compared_before_writing():
    bring_in()
    planned = plan([source()])
    Contact.objects.update(phone="040 000 0002")
    assert actions(apply(planned)) == [Action.UNCHANGED]
    planned = plan([source()])
    Project.objects.create(name="Kirjaston yöt", actual_start_date="2014-01-01")
    with pytest.raises(ImportRefusedError):
        apply(planned)
