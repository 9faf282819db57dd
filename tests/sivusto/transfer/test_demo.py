"""The demo register loads whole, into an empty register only, and has the faults it promises."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import F, Max, Sum
from django.test import TestCase, override_settings

from hankkeet.models import Attachment, Contact, Phase, Project, Publication, Section
from hankkeet.richtext import clean_html
from rahoitus.models import Funder, FundingShare, Stage
from salkut.models import Portfolio
from sivusto.transfer.demo import Counts, DemoError, load_demo
from sivusto.transfer.markup import html_of

FIXTURES = Path(__file__).parents[3] / "fixtures"
DEMO = FIXTURES / "demo"
DO_NOT_ADD_UP = {
    "Sote-aluekokeilun johtamishanke Jokilahdessa": Decimal(37950),
    "Mielen aallokko,": Decimal(69000),
    "Vesi puhtaammaksi": Decimal(1029000),
    "Hulevedet": Decimal(487000),
}


def named(start: str) -> Project:
    return Project.objects.get(name__startswith=start)


def words(project: Project) -> str:
    return " ".join(section.body for section in project.sections.all())


class TestDemoRegister(TestCase):
    @classmethod
    def setUpTestData(cls):
        media = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=media))
        cls.counts = load_demo(DEMO)

    def test_the_whole_register_comes_in(self):
        assert self.counts == Counts(portfolios=7, funders=18, projects=66, attachments=23)
        assert Project.objects.public().count() == 61
        assert set(Project.objects.values_list("phase", flat=True)) == set(Phase.values)
        assert set(Project.objects.values_list("publication", flat=True)) == set(Publication.values)
        assert Project.objects.values("project_type").distinct().count() == 3

    def test_codes_follow_the_files(self):
        codes = list(Project.objects.order_by("id").values_list("code", flat=True))
        numbers = [int(code[1:]) for code in codes]
        assert numbers == list(range(numbers[0], numbers[0] + 66))
        assert Project.objects.get(code=codes[0]).name.startswith("AVAUS, suunnitteluvaihe")

    def test_every_public_card_has_what_the_public_asks_first(self):
        for project in Project.objects.public():
            assert project.start_date, project
            assert project.total_cost, project
            assert project.project_type, project
            assert project.portfolios.exists(), project
            assert project.implementers.exists(), project
            assert project.funding_shares.exists(), project
            assert project.sections.exists(), project
            assert project.published_at <= project.updated_at, project

    def test_every_portfolio_funder_and_programme_is_in_use(self):
        assert not Portfolio.objects.filter(projects=None).exists()
        assert not Funder.objects.filter(funding_shares=None).exists()
        assert not Funder.objects.filter(programmes__funding_shares=None).exclude(programmes=None)

    def test_chains_and_families_are_tied_together(self):
        kanerva = named("Muistikeskus Kanerva")
        before = kanerva.predecessors.get()
        assert before.predecessors.get().name == "Muistiystävällinen Jokilahti"
        assert Project.objects.filter(sub_projects__isnull=False).distinct().count() == 3
        assert named("POPsote Jokilahdessa").sub_projects.count() == 3

    def test_days_of_the_files_are_kept_as_times_of_change(self):
        kanerva = named("Muistikeskus Kanerva")
        assert kanerva.updated_at.date() == date(2026, 11, 9)
        assert kanerva.created_at.date() == kanerva.published_at.date() == date(2025, 1, 20)

    def test_every_card_was_last_looked_at_when_it_was_last_changed(self):
        looked = Project.objects.filter(looks__at=F("updated_at")).distinct()
        assert looked.count() == Project.objects.count()

    def test_files_are_stored_under_names_of_ours(self):
        files = Attachment.objects.exclude(file="")
        assert files.count() == 6
        for attachment in files:
            assert attachment.file.size == attachment.size
            assert attachment.file.name.startswith("liitteet/")
            assert Path(attachment.file_name).stem not in attachment.file.name

    def test_a_register_in_use_is_left_alone(self):
        with pytest.raises(CommandError, match="vain tyhjään rekisteriin"):
            call_command("load_demo")
        call_command("load_demo", "--if-empty")
        assert Project.objects.count() == 66

    def test_only_the_promised_cards_do_not_add_up(self):
        planned = FundingShare.objects.filter(stage=Stage.PLANNED, amount__isnull=False)
        sums = planned.values("project__name", "project__planned_cost").annotate(sum=Sum("amount"))
        wrong = {
            row["project__name"]: row["sum"]
            for row in sums
            if row["sum"] != row["project__planned_cost"]
        }
        assert {
            name.split(" hallintaan")[0]: total for name, total in wrong.items()
        } == DO_NOT_ADD_UP

    def test_only_the_promised_cards_run_past_their_end(self):
        late = Project.objects.running().filter(end_date__lt=date(2026, 11, 22))
        assert {project.name.split()[0] for project in late} == {
            "Turvallisesti",
            "Maasähköä",
            "Hulevedet",
        }
        planned = Project.objects.filter(phase=Phase.PLANNED, start_date__lt=date(2026, 11, 22))
        assert planned.get().name == "Perämeren rannat puhtaiksi"

    def test_texts_say_other_things_than_fields(self):
        aallokko = named("Mielen aallokko,")
        assert "31.5.2016" in words(aallokko)
        assert aallokko.end_date == date(2016, 6, 30)
        assert "23 000 euroa" in words(aallokko)
        assert not aallokko.funding_shares.filter(funder__short_name="Jokilahti").exists()
        assert "176 400" in words(named("Innovatiivinen hankinta"))
        assert named("Innovatiivinen hankinta").actual_cost == Decimal(176040)
        assert "31.8.2026" in words(named("Maasähköä"))

    def test_pieces_are_missing_or_misplaced_as_promised(self):
        assert named("Turvallisesti kotona  ikä").sections.filter(body__contains="050 000 0120")
        assert Attachment.objects.get(url="", file="").project == named("AVAUS: uuden")
        assert not named("Lohi").contacts.exists()
        assert not named("Tekoälyavustaja").sections.exists()
        assert (
            named("Lähiliikuntapaikka").start_date
            < Portfolio.objects.earliest("start_date").start_date
        )
        ended = Contact.objects.filter(
            end_date__lt=date(2026, 11, 22), project__phase=Phase.RUNNING
        )
        assert {contact.project.name.split()[0] for contact in ended} == {
            "Turvallisesti",
            "Hukkalämpö",
        }
        unmarked = Project.objects.filter(funding_shares__funder__kind="eu", logos=None).distinct()
        assert {project.name.split()[0] for project in unmarked} == {"Hulevedet", "Vihreän"}

    def test_people_are_invented(self):
        addresses = Contact.objects.exclude(email="").values_list("email", flat=True)
        assert addresses
        assert all(address.endswith("@jokilahti.example.fi") for address in addresses)
        phones = Contact.objects.exclude(phone="").values_list("phone", flat=True)
        assert all(phone.startswith("050 000 0") for phone in phones)
        ids = Funder.objects.exclude(business_id="").values_list("business_id", flat=True)
        assert all(number.startswith("9941") for number in ids)

    def test_later_relations_never_point_to_the_future(self):
        backwards = Project.objects.filter(predecessors__start_date__gt=F("start_date"))
        assert not backwards.exists()
        assert Project.objects.aggregate(last=Max("updated_at"))["last"].date() < date(2026, 11, 22)

    def test_bodies_are_not_touched_by_cleaning(self):
        for section in Section.objects.all():
            assert clean_html(section.body) == section.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("portfolios.toml", ('name = "Hyvä arki', 'nimi = "Hyvä arki'), "nimi"),
        ("funders.toml", ("9941207-1", "9941207-2"), "tarkistusnumero"),
        ("projects/7-elinvoima.toml", ('funder = "BF"', 'funder = "BG"'), "tuntematon nimi: BG"),
        ("projects/7-elinvoima.toml", ("pyoralaskenta-2025.csv", "puuttuu.csv"), "ei löydy"),
        ("projects/7-elinvoima.toml", ('name = "Lohi"', "name = Lohi"), "7-elinvoima.toml"),
    ],
)
def test_one_bad_row_stops_the_whole_load(tmp_path, settings, file, change, message):
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = Path(shutil.copytree(DEMO, tmp_path / "demo"))
    text = (folder / file).read_text("utf-8")
    assert change[0] in text
    (folder / file).write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(DemoError, match=message):
        load_demo(folder)
    assert not Project.objects.exists()
    assert not Portfolio.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_readme_tells_of_every_card_that_does_not_add_up():
    told = (DEMO / "README.md").read_text("utf-8")
    assert all(f"| {name}" in told for name in DO_NOT_ADD_UP)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("yksi\nrivi\n\ntoinen", "<p>yksi rivi</p><p>toinen</p>"),
        ("Lista:\n- a\n  jatkuu\n- b", "<p>Lista:</p><ul><li>a jatkuu</li><li>b</li></ul>"),
        ("1. a\n2. b\n\n- c", "<ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>"),
        ("1.1.2012 alkoi", "<p>1.1.2012 alkoi</p>"),
        ("### Väliotsikko\n\nteksti", "<h3>Väliotsikko</h3><p>teksti</p>"),
        (
            "**a** < [b](https://c.fi)",
            '<p><strong>a</strong> &lt; <a href="https://c.fi">b</a></p>',
        ),
        ("  \n", ""),
    ],
)
def test_plain_text_becomes_the_html_that_a_card_keeps(text, html):
    assert html_of(text) == html
    assert clean_html(html) == html


@pytest.mark.parametrize("page", ["saavutettavuus", "tietosuoja"])
def test_default_pages_hold_only_what_a_page_may(page):
    html = (FIXTURES / "pages" / f"{page}.html").read_text("utf-8").strip()
    assert clean_html(html).replace("\n", "") == html.replace("\n", "")
    assert "{kunta}" in html
    assert 'href="mailto:{palaute}"' in html


def test_fixtures_stay_small():
    sizes = [path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file()]
    assert max(sizes) < 100_000
    assert sum(sizes) < 600_000
