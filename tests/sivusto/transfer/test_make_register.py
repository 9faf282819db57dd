"""A made register is one that could be: it fits its own rules, reads as Finnish, comes back."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count, F, Sum
from django.test import TestCase

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Organisation,
    Phase,
    Project,
    Publication,
    Section,
)
from hankkeet.richtext import clean_html, plain_text
from rahoitus.models import Funder, FundingShare, Programme
from salkut.models import Portfolio
from sivusto.transfer.make_register import NotEmptyError, make_register
from sivusto.transfer.make_register.cards import AS_OF
from sivusto.transfer.make_register.words import Zipf, joined, pieces

COUNT = 300


def contents() -> list[object]:
    names = list(Project.objects.order_by("pk").values_list("name", "phase", "planned_cost"))
    texts = list(Section.objects.order_by("pk").values_list("heading", "body"))
    shares = list(FundingShare.objects.order_by("pk").values_list("funder__name", "amount"))
    return [names, texts, shares]


class TestMadeRegister(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.made = make_register(COUNT, seed=7)

    def test_there_are_as_many_as_was_asked(self):
        assert Project.objects.count() == COUNT
        assert (self.made.projects, self.made.funders) == (COUNT, Funder.objects.count())
        assert 10 <= Portfolio.objects.count() <= 40
        assert Funder.objects.count() >= 30
        assert Programme.objects.count() > 30

    def test_about_a_twelfth_is_not_public(self):
        states = Counter(Project.objects.values_list("publication", flat=True))
        assert set(states) == set(Publication.values)
        assert 0.03 < 1 - states[Publication.PUBLISHED] / COUNT < 0.15

    def test_phases_fit_the_dates(self):
        projects = Project.objects.all()
        assert set(projects.values_list("phase", flat=True)) == set(Phase.values)
        assert not projects.filter(start_date__lt=date(2005, 1, 1)).exists()
        assert not projects.filter(end_date__gt=date(2028, 12, 31)).exists()
        assert not projects.filter(phase=Phase.ENDED, end_date__gt=AS_OF).exists()
        assert not projects.filter(phase=Phase.RUNNING, start_date__gt=AS_OF).exists()

    def test_every_row_obeys_its_model(self):
        for model in (Project, Section, Contact, Attachment, ExternalKey, FundingShare):
            for row in model.objects.all()[:40]:
                row.full_clean(exclude=["code"])

    def test_text_is_as_our_own_cleaner_leaves_it(self):
        for section in Section.objects.all():
            assert clean_html(section.body) == section.body
            assert plain_text(section.body)

    def test_a_card_has_two_to_six_sections(self):
        counts = Project.objects.annotate(parts=Count("sections")).values_list("parts", flat=True)
        assert set(counts) == {2, 3, 4, 5, 6}

    def test_shares_mostly_add_up(self):
        planned = FundingShare.objects.filter(stage="planned", project__planned_cost__isnull=False)
        sums = planned.values("project").annotate(
            paid=Sum("amount"), cost=F("project__planned_cost")
        )
        right = [row["paid"] == row["cost"] for row in sums]
        assert 0.6 < sum(right) / len(right) < 0.98

    def test_names_are_different_and_addresses_are_made_of_them(self):
        assert Project.objects.values("name").distinct().count() == COUNT
        project = Project.objects.order_by("pk")[0]
        slug = project.slug
        project.save()
        assert (project.slug, project.former_slugs) == (slug, [])

    def test_nobody_real_can_be_written_to(self):
        addresses = Contact.objects.exclude(email="").values_list("email", flat=True)
        assert len(addresses) > COUNT / 3
        assert all(address.endswith("@example.fi") for address in addresses)

    def test_the_same_seed_makes_the_same_register(self):
        first = contents()
        for model in (Project, Portfolio, Funder, Organisation):
            model.objects.all().delete()
        make_register(COUNT, seed=7)
        assert contents() == first

    def test_another_seed_makes_another(self):
        first = contents()
        make_register(COUNT, seed=8, add=True)
        assert contents()[0][COUNT:] != first[0]

    def test_adding_shares_funders_and_gives_new_numbers(self):
        funders = Funder.objects.count()
        make_register(COUNT, seed=7, add=True)
        assert Project.objects.count() == 2 * COUNT
        assert Funder.objects.count() == funders

    def test_a_register_in_use_is_left_alone(self):
        with pytest.raises(NotEmptyError):
            make_register(1, seed=7)
        with pytest.raises(CommandError, match="--add"):
            call_command("make_register", 1)
        assert Project.objects.count() == COUNT


@pytest.mark.django_db
def test_the_command_says_its_seed_and_what_it_made(capsys):
    call_command("make_register", 20, seed=5)
    told = capsys.readouterr().out
    assert "20 hanketta" in told
    assert "siemenluvusta 5" in told


@pytest.mark.django_db
def test_public_cards_of_a_made_register_open(client):
    make_register(20, seed=3)
    for project in Project.objects.public():
        assert client.get(project.get_absolute_url()).status_code == 200


def test_the_second_word_comes_about_three_quarters_as_often_as_the_first():
    random, zipf = Random(1), Zipf(["a", "b", "c", "d"])
    counts = Counter(zipf.draw(random) for _n in range(20_000))
    assert abs(counts["b"] / counts["a"] - 2.7 / 3.7) < 0.05


@pytest.mark.parametrize(
    ("modifier", "head", "word"),
    [
        ("liikunta", "palveluita", "liikuntapalveluita"),
        ("liikunta", "asemalle", "liikunta-asemalle"),
        ("ilmasto", "ohjaus", "ilmasto-ohjaus"),
        ("terveys", "asema", "terveysasema"),
    ],
)
def test_compounds_are_joined_as_finnish_joins_them(modifier, head, word):
    assert joined(modifier, head) == word


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Terveysasema avattiin 24.5.2012.", [""]),
        ("uusi terveysasema", ["", "compound"]),
        ("Ylikylässä on 34 paikkaa", ["place", "", "number", ""]),
        ("1 140 asukasta", [""]),
        ("kaikki palvelut", ["", "head"]),
        ("POPsote-hanke", [""]),
    ],
)
def test_sentences_are_cut_where_words_may_change(text, kinds):
    assert [kind for kind, _text in pieces(text)] == kinds
