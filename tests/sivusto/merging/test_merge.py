"""Two become one: everything that named the one names the other, and no address is lost."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hankkeet.models import Implementer, Organisation, Project, Publication, Revision, Version
from rahoitus.models import Funder, FunderKind, FundingShare, Programme
from sivusto.editing import revisions
from sivusto.editing.values import read
from sivusto.history.recording import record, record_all
from sivusto.merging import apply, plan
from sivusto.merging.plan import MergeRefusedError, plan_of
from sivusto.search.engine import search
from sivusto.search.models import Pending
from sivusto.transfer.catalogue import Catalogue
from tests.builders import a_draft, a_funder, a_project, a_share

pytestmark = pytest.mark.django_db
PALVELIN, KESKUS = "0737546-2", "2617416-4"


def merge(kept, gone, by=None):
    plan = plan_of(kept, gone)
    return apply.merge(type(kept), kept.pk, gone.pk, seen=plan.seen, by=by)


@pytest.fixture
def ministry():
    return a_funder("Sosiaali- ja terveysministeriö", short_name="STM")


@pytest.fixture
def double():
    return a_funder("Sosiaaliministeriö", aliases=["Sos. min."], url="https://www.example.fi/")


def a_unit(name, *projects):
    unit = Organisation.objects.get_or_create(name=name)[0]
    for project in projects:
        Implementer.objects.create(project=project, organisation=unit)
    return unit


# Funders


def test_shares_drafts_included_follow_to_the_one_that_stays(ministry, double):
    for project in (a_project(), a_draft()):
        a_share(project, double.name, amount=Decimal(5))
    merge(ministry, double)
    assert not Funder.objects.filter(pk=double.pk).exists()
    assert FundingShare.objects.filter(funder=ministry, amount=5).count() == 2


def test_names_become_other_names(ministry, double):
    ministry.aliases = ["STM:n avustus"]
    ministry.save()
    merge(ministry, double)
    ministry.refresh_from_db()
    assert ministry.aliases == ["STM:n avustus", "Sosiaaliministeriö", "Sos. min."]


def test_addresses_redirect_pages_and_filters_too(client, ministry, double):
    a_share(a_project(), double.name)
    Funder.objects.filter(pk=double.pk).update(former_slugs=["vanhempi"])
    double.refresh_from_db()
    merge(ministry, double)
    for slug in ("sosiaaliministerio", "vanhempi"):
        response = client.get(f"/rahoittajat/{slug}/")
        assert (response.status_code, response.url) == (301, ministry.get_absolute_url())
        assert "1 hanke" in client.get(f"/hankkeet/?rahoittaja={slug}").text
    ministry.refresh_from_db()
    assert ministry.slug == "sosiaali-ja-terveysministerio"


def test_what_the_one_lacks_it_gets_from_the_other(ministry, double):
    Funder.objects.filter(pk=double.pk).update(business_id=PALVELIN, kind=FunderKind.STATE)
    double.refresh_from_db()
    merge(ministry, double)
    ministry.refresh_from_db()
    assert (ministry.business_id, ministry.url) == (PALVELIN, "https://www.example.fi/")
    assert (ministry.kind, ministry.short_name) == (FunderKind.STATE, "STM")


def test_what_both_have_is_told_as_a_conflict(ministry, double):
    Funder.objects.filter(pk=ministry.pk).update(business_id=PALVELIN, kind=FunderKind.STATE)
    Funder.objects.filter(pk=double.pk).update(
        business_id=KESKUS, short_name="SM", kind=FunderKind.EU
    )
    ministry.refresh_from_db()
    double.refresh_from_db()
    told = "\n".join(plan_of(ministry, double).conflicts)
    assert f"Y-tunnus. Jää ”{PALVELIN}”, ja ”{KESKUS}” jää pois." in told
    assert "lyhenne" not in told  # it is kept among the other names
    assert "laji. Jää ”Valtio”, ja ”Euroopan unioni” jää pois." in told
    merge(ministry, double)
    ministry.refresh_from_db()
    assert ministry.business_id == PALVELIN
    assert "SM" in ministry.aliases


def test_programmes_move_and_those_of_one_name_become_one(ministry, double):
    first, second = a_project("a"), a_project("b")
    a_share(first, ministry.name, programme="Kaste")
    a_share(second, double.name, programme="Kaste-ohjelma")
    a_share(second, double.name, programme="Terveyden edistäminen")
    plan = merge(ministry, double)
    names = set(Programme.objects.filter(funder=ministry).values_list("name", flat=True))
    assert names == {"Kaste", "Terveyden edistäminen"}
    kaste = Programme.objects.get(name="Kaste")
    assert kaste.aliases == ["Kaste-ohjelma"]
    assert "kaste-ohjelma" in kaste.former_slugs
    assert set(kaste.funding_shares.values_list("project", flat=True)) == {first.pk, second.pk}
    assert any("Molemmilla on ohjelma Kaste" in text for text in plan.conflicts)


def test_a_row_without_figures_beside_another_goes_and_its_declaration_stays(ministry, double):
    project = a_project()
    bare = a_share(project, double.name)
    a_share(project, ministry.name, amount=Decimal(100), is_declared=False)
    merge(ministry, double)
    (share,) = project.funding_shares.all()
    assert (share.amount, share.is_declared) == (100, True)
    assert not FundingShare.objects.filter(pk=bare.pk).exists()


def test_two_bare_rows_become_one_and_figures_are_never_lost(ministry, double):
    bare, whole = a_project("a"), a_project("b")
    for name in (ministry.name, double.name):
        a_share(bare, name)
        a_share(whole, name, amount=Decimal(7))
    plan = merge(ministry, double)
    assert bare.funding_shares.count() == 1
    assert [share.amount for share in whole.funding_shares.all()] == [7, 7]
    assert f"Molemmat ovat lukuineen korteilla {whole.code}" in "\n".join(plan.conflicts)


def test_the_logo_is_taken_over_or_removed(ministry, double, django_capture_on_commit_callbacks):
    double.logo, double.logo_alt = ContentFile(b"x", "a.png"), "STM"
    double.save()
    other = a_funder("Kolmas", logo=ContentFile(b"y", "b.png"), logo_alt="Kolmas")
    taken, removed = double.logo.name, other.logo.name
    with django_capture_on_commit_callbacks(execute=True):
        merge(ministry, double)
        ministry.refresh_from_db()
        merge(ministry, other)
    ministry.refresh_from_db()
    assert (ministry.logo.name, ministry.logo_alt) == (taken, "STM")
    assert default_storage.exists(taken)
    assert not default_storage.exists(removed)


def test_a_twin_programme_gives_what_the_other_lacks_and_its_file_goes_if_not(
    ministry, double, django_capture_on_commit_callbacks
):
    names = ("Kaste", "Terveys")
    kept = [Programme.objects.create(funder=ministry, name=name) for name in names]
    gone = [Programme.objects.create(funder=double, name=name) for name in names]
    for programme in (kept[1], *gone):
        programme.logo.save("a.png", ContentFile(b"x"), save=False)
        programme.logo_alt, programme.statement = "Tunnus", f"Lause {programme.pk}"
        programme.save()
    with django_capture_on_commit_callbacks(execute=True):
        merge(ministry, double)
    first, second = Programme.objects.filter(pk__in=[each.pk for each in kept]).order_by("name")
    assert (first.logo.name, first.statement) == (gone[0].logo.name, f"Lause {gone[0].pk}")
    assert (second.logo.name, second.statement) == (kept[1].logo.name, f"Lause {kept[1].pk}")
    assert default_storage.exists(gone[0].logo.name)
    assert not default_storage.exists(gone[1].logo.name)


def test_history_keeps_what_was_and_tells_the_change(client, ministry, double):
    project = a_project()
    a_share(project, double.name, amount=Decimal(5))
    record([project])
    merge(ministry, double)
    assert Version.objects.filter(project=project).count() == 2
    text = client.get(f"{project.get_absolute_url()}muutokset/").text
    assert "Yhdistetty: Sosiaaliministeriö → Sosiaali- ja terveysministeriö" in text
    first = Version.objects.get(project=project, number=1)
    assert first.changes[f"funding/{project.funding_shares.get().pk}"]["funder"]["id"] == double.pk


def test_an_old_card_leads_to_the_one_that_stays(client, ministry, double):
    project = a_project()
    a_share(project, double.name, amount=Decimal(5))
    record([project], moments={project.pk: project.created_at.replace(year=2020)})
    merge(ministry, double)
    text = client.get(f"{project.get_absolute_url()}?pvm=2021-01-01").text
    assert '<a href="/rahoittajat/sosiaaliministerio/">Sosiaaliministeriö</a>' in text
    assert client.get("/rahoittajat/sosiaaliministerio/").status_code == 301


def test_a_revision_names_the_one_that_stays(ministry, double):
    project = a_project()
    share = a_share(project, double.name, programme="Kaste", amount=Decimal(5))
    a_share(a_project("toinen"), ministry.name, programme="Kaste")
    live = read(project.pk)
    someone = User.objects.create_user("tekijä")
    revisions.keep(project, live | {"name": "Uusi"}, live, by=someone, reason="")
    merge(ministry, double)
    revision = Revision.objects.get()
    (row,) = revision.content["funding_shares"]
    kaste = Programme.objects.get(funder=ministry)
    assert (row["id"], row["funder"], row["programme"]) == (share.pk, ministry.pk, kaste.pk)
    assert revisions.compare(revision).left_out == []
    assert revisions.compare(revision).meanwhile == []


def test_the_search_finds_by_the_old_name_at_once(ministry, double):
    project = a_project()
    a_share(project, double.name)
    search("jotain")  # indexes what waits
    assert not Pending.objects.exists()
    merge(ministry, double)
    for words in ("sosiaaliministeriö", "terveysministeriö"):
        assert list(search(words).matching(Project.objects.all())) == [project]


# Organisations


def test_an_organisation_merges_with_its_name_address_and_cards(client):
    first, both = a_project("a"), a_project("b", publication=Publication.PUBLISHED)
    kept, gone = a_unit("Kirjastopalvelut", both), a_unit("Kirjasto", first, both)
    plan = merge(kept, gone)
    kept.refresh_from_db()
    assert (kept.aliases, kept.former_slugs) == (["Kirjasto"], ["kirjasto"])
    assert set(kept.projects.all()) == {first, both}
    assert Implementer.objects.filter(project=both).count() == 1
    assert f"toteuttajina korteilla {both.code}" in "\n".join(plan.conflicts)
    assert "2 hanketta" in client.get("/hankkeet/?toteuttaja=kirjasto").text
    assert list(search("kirjasto").matching(Project.objects.filter(name="a"))) == [first]


def test_an_import_meets_the_merged_organisation_by_its_old_name():
    kept, gone = a_unit("Kirjastopalvelut"), a_unit("Kirjasto")
    merge(kept, gone)
    assert Catalogue(Organisation).ref("kirjasto") == kept.pk


def test_a_revision_with_both_organisations_names_one():
    project = a_project()
    kept, gone = a_unit("Kirjastopalvelut", project), a_unit("Kirjasto", project)
    live = read(project.pk)
    someone = User.objects.create_user("tekijä")
    revisions.keep(project, live | {"name": "Uusi"}, live, by=someone, reason="")
    merge(kept, gone)
    revision = Revision.objects.get()
    assert [row["organisation"] for row in revision.content["implementer_set"]] == [kept.pk]
    assert revisions.compare(revision).meanwhile == []


# Programmes


def test_a_programme_merges_with_another_of_its_funder(ministry):
    project = a_project()
    a_share(project, ministry.name, programme="Kaste", amount=Decimal(5))
    a_share(project, ministry.name, programme="Kansallinen kehittämisohjelma")
    gone = Programme.objects.get(name="Kaste")
    Programme.objects.filter(pk=gone.pk).update(start_year=2008)
    gone.refresh_from_db()
    kept = Programme.objects.get(name="Kansallinen kehittämisohjelma")
    merge(kept, gone)
    kept.refresh_from_db()
    assert (kept.aliases, kept.start_year) == (["Kaste"], 2008)
    assert [share.amount for share in project.funding_shares.all()] == [5]


def test_programmes_of_two_funders_are_not_merged(ministry, double):
    programmes = [
        Programme.objects.create(funder=funder, name="Kaste") for funder in (ministry, double)
    ]
    with pytest.raises(MergeRefusedError, match="Yhdistä rahoittajat ensin"):
        plan_of(*programmes)


# All or nothing


def test_a_plan_that_has_grown_old_is_not_carried_out(ministry, double):
    seen = plan_of(ministry, double).seen
    a_share(a_project(), double.name)
    with pytest.raises(MergeRefusedError, match="ovat muuttuneet"):
        apply.merge(Funder, ministry.pk, double.pk, seen=seen, by=None)
    assert Funder.objects.filter(pk=double.pk).exists()


def test_done_twice_it_is_done_once(ministry, double):
    seen = plan_of(ministry, double).seen
    merge(ministry, double)
    with pytest.raises(MergeRefusedError, match="Toista ei enää ole"):
        apply.merge(Funder, ministry.pk, double.pk, seen=seen, by=None)


def test_one_is_not_merged_into_itself(ministry):
    with pytest.raises(MergeRefusedError, match="kaksi eri"):
        plan_of(ministry, ministry)


def test_a_failure_in_the_middle_leaves_everything_as_it_was(ministry, double, monkeypatch):
    project = a_project()
    a_share(project, double.name)

    def fail(*_args):
        raise OSError("levy")

    monkeypatch.setattr(apply, "refresh", fail)
    with pytest.raises(OSError, match="levy"):
        merge(ministry, double)
    assert project.funding_shares.get().funder == double


@pytest.mark.parametrize("model", [Funder, Programme, Organisation])
def test_every_table_that_names_them_is_known_here(model):
    """A new one has to be moved by the merge, too: name it there and then here."""
    found = {
        f"{relation.related_model.__name__}.{relation.field.name}"
        for relation in model._meta.related_objects
    }
    assert found <= {
        "FundingShare.funder",
        "FundingShare.programme",
        "Programme.funder",
        "Implementer.organisation",
        "Project.implementers",
    }


def test_many_cards_take_as_many_queries_as_one():
    numbers = []
    for cards in (1, plan.AT_ONCE, 500):
        kept, gone = a_funder(f"Jäävä {cards}"), a_funder(f"Poistuva {cards}")
        for index in range(cards):
            a_share(a_project(f"{cards} {index}"), gone.name)
        with CaptureQueriesContext(connection) as asked:
            merge(kept, gone)
        numbers.append(len(asked))
    one, many, very_many = numbers
    assert very_many < one  # checked and recorded at night
    assert many <= one + 2


def test_of_very_many_cards_the_history_follows_later_and_this_is_told(
    ministry, double, monkeypatch
):
    monkeypatch.setattr(plan, "AT_ONCE", 1)
    monkeypatch.setattr(apply, "AT_ONCE", 1)
    for name in "ab":
        project = a_project(name)
        a_share(project, double.name)
        record([project])
    done = merge(ministry, double)
    assert "päivittyvät vasta yöllä" in done.moves[-1]
    assert Version.objects.count() == 2
    assert record_all() == 2
