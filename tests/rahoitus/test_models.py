"""Funders, programmes and shares obey their rules in the database and say why."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F

from rahoitus.models import Funder, FundingShare, Programme, validate_business_id
from tests.builders import a_draft, a_funder, a_share

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("good", ["0737546-2", "1572860-0", "0112038-9"])
def test_a_business_id_with_its_check_digit_passes(good):
    assert validate_business_id(good) is None


@pytest.mark.parametrize("bad", ["0737546-3", "737546-2", "07375462", "abcdefg-h", "1234567-10"])
def test_a_business_id_without_its_check_digit_is_refused(bad):
    with pytest.raises(ValidationError, match="Y-tunnu"):
        validate_business_id(bad)


def test_two_funders_cannot_share_a_short_name():
    a_funder("Ensimmäinen ministeriö", short_name="EM")
    with pytest.raises(ValidationError, match="Lyhenne on jo toisella"):
        Funder(name="Toinen ministeriö", short_name="em").full_clean()


def test_a_programme_belongs_to_its_own_funder():
    other = Programme.objects.create(funder=a_funder("Toinen"), name="Ohjelma")
    share = FundingShare(project=a_draft(), funder=a_funder(), programme=other)
    with pytest.raises(ValidationError, match="toiselle rahoittajalle"):
        share.full_clean()


@pytest.mark.parametrize("figures", [{"amount": Decimal(-1)}, {"percent": Decimal(101)}])
def test_impossible_figures_do_not_get_into_the_database(figures):
    with pytest.raises(IntegrityError):
        a_share(a_draft(), **figures)


def test_programmes_of_the_same_name_have_addresses_of_their_own():
    first = Programme.objects.create(funder=a_funder("Yksi"), name="Kestävä kasvu")
    second = Programme.objects.create(funder=a_funder("Kaksi"), name="Kestävä kasvu")
    assert (first.slug, second.slug) == ("kestava-kasvu", "kestava-kasvu-2")


def test_programmes_from_before_get_addresses_when_the_site_is_updated():
    fill = import_module("rahoitus.migrations.0002_programme_slug").fill
    for name in ("Yksi", "Kaksi"):
        Programme.objects.create(funder=a_funder(name), name="Kaste")
    Programme.objects.create(funder=a_funder("Yksi"), name="?!")
    Programme.objects.update(slug=F("pk"))
    fill(apps, None)
    slugs = Programme.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["kaste", "kaste-2", "nimeton"]
