"""The European Union's emblem and sentence are on every card that its money pays for."""

import pytest
from django.core.files.base import ContentFile

from hankkeet.models import MoveKind, Project
from rahoitus import visibility
from rahoitus.models import Funder, FunderKind, FundingShare, Programme
from sivusto.editing.moves import MoveRefusedError, move
from tests.builders import a_ready_draft, a_share

pytestmark = pytest.mark.django_db

SENTENCE = "Euroopan unionin osarahoittama"


def eu_share(project, **values):
    """A share of a programme of the Union's, which has nothing to show."""
    share = a_share(project, "Aluekehitysrahasto", programme="Ohjelma 2021–2027")
    Funder.objects.filter(pk=share.funder_id).update(kind=FunderKind.EU)
    FundingShare.objects.filter(pk=share.pk).update(**values)
    return FundingShare.objects.select_related("funder", "programme").get(pk=share.pk)


def give(payer, *what, name="eu.png", statement=SENTENCE):
    if "logo" in what:
        payer.logo.save(name, ContentFile(b"x"), save=False)
        payer.logo_alt = name
    if "statement" in what:
        payer.statement = statement
    payer.save()


def is_publishable(project):
    return Project.objects.filter(pk=project.pk).publishable().exists()


@pytest.mark.parametrize("funder", [(), ("logo",), ("statement",), ("logo", "statement")])
@pytest.mark.parametrize("programme", [(), ("logo",), ("statement",), ("logo", "statement")])
def test_eu_money_asks_for_both_from_the_programme_or_its_funder(funder, programme):
    project = a_ready_draft()
    share = eu_share(project)
    give(share.funder, *funder)
    give(share.programme, *programme)
    assert is_publishable(project) == ({*funder, *programme} == {"logo", "statement"})


def test_a_share_without_a_programme_asks_its_funder():
    project = a_ready_draft()
    share = eu_share(project, programme=None)
    assert not is_publishable(project)
    give(share.funder, "logo", "statement")
    assert is_publishable(project)


def test_other_money_and_what_is_not_declared_ask_for_nothing():
    project = a_ready_draft()
    a_share(project, "Säätiö")
    eu_share(project, is_declared=False)
    assert is_publishable(project)


def test_every_payer_of_the_union_is_asked():
    project = a_ready_draft()
    share = eu_share(project)
    give(share.funder, "logo", "statement")
    other = a_share(project, "Sosiaalirahasto")
    Funder.objects.filter(pk=other.funder_id).update(kind=FunderKind.EU)
    assert not is_publishable(project)
    assert [str(visibility.LABEL)] == project.lacks


def test_the_unions_emblem_comes_first_and_a_programmes_own_stands_for_the_funders():
    project = a_ready_draft()
    other = a_share(project, "Säätiö")
    give(other.funder, "logo", "statement", name="saatio.png", statement="Säätiö tukee.")
    share = eu_share(project)
    give(share.funder, "logo", "statement")
    give(share.programme, "statement", statement=f"{SENTENCE} – NextGenerationEU")
    shares = list(project.funding_shares.select_related("funder", "programme"))
    assert visibility.emblems(shares) == [share.funder, other.funder]
    assert [text for text, _ in visibility.statements(shares, "fi")] == [
        f"{SENTENCE} – NextGenerationEU",
        "Säätiö tukee.",
    ]


def test_a_sentence_is_told_in_the_readers_language_where_it_is_known():
    payer = Programme(statement=SENTENCE, statement_sv="Medfinansieras av Europeiska unionen")
    assert payer.statement_in("sv") == ("Medfinansieras av Europeiska unionen", "sv")
    assert payer.statement_in("en") == (SENTENCE, "fi")
    assert payer.statement_in("fi") == (SENTENCE, "fi")


def test_publishing_is_refused_with_a_sentence_that_says_why(admin_user):
    project = a_ready_draft()
    eu_share(project)
    with pytest.raises(MoveRefusedError, match=r"EU-rahoittajan tunnus.*ohjelman tietoihin"):
        move(project, MoveKind.PUBLISHED, admin_user)
    assert not Project.objects.get(pk=project.pk).is_public
