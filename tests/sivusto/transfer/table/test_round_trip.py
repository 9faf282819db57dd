"""The table goes out, is edited, and comes in again: field by field, all or nothing."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from hankkeet.models import Implementer, Organisation, Phase, Project, ProjectType
from sivusto.transfer.table.applying import TableRefusedError, Written, apply
from sivusto.transfer.table.columns import table_rows
from sivusto.transfer.table.exporting import HEADINGS, table_csv, table_workbook
from sivusto.transfer.table.planned import Action, Rights
from sivusto.transfer.table.planning import plan
from sivusto.transfer.tablefile import TableError, read_table
from tests.builders import a_draft, a_portfolio, a_project, a_whole_card
from tests.sivusto.transfer.table.files import edited, workbook

pytestmark = pytest.mark.django_db


def exported():
    with table_workbook(table_rows(Project.objects.order_by("pk"))) as file:
        return file.read()


def exported_csv():
    return table_csv(table_rows(Project.objects.order_by("pk")))


def planned(data, rights=None):
    table = read_table(data if isinstance(data, bytes) else data.encode())
    return plan(table, rights) if rights else plan(table)


def only(data):
    (row,) = planned(data).rows
    return row


def place(heading, row=2):
    return f"{chr(ord('A') + HEADINGS.index(heading))}{row}"


def told(row):
    return [(step.label, *step.told) for step in row.steps]


@pytest.fixture
def card():
    return a_whole_card(planned_start_date=date(2024, 1, 1), actual_cost=Decimal("1500.50"))


@pytest.mark.parametrize("form", [exported, exported_csv])
def test_what_goes_out_comes_back_unchanged(form, card):
    a_draft("=1+1; '\"<ä>\nrivi", planned_cost=Decimal("0.10"))
    a_project("Salkuton", planned_cost=None)
    Organisation.objects.create(name="Puolipiste; ry")
    Implementer.objects.create(project=card, organisation=Organisation.objects.last())
    for project in Project.objects.all():
        project.portfolios.add(a_portfolio("-miinus; salkku"))
    again = planned(form())
    assert {row.action for row in again.rows} == {Action.UNCHANGED}
    assert len(again.rows) == 3
    assert list(again.remarks) == []


def test_a_cell_is_never_a_formula(card):
    Project.objects.update(name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in exported_csv()


def test_edited_fields_are_told_one_by_one_and_then_written(card):
    school = a_portfolio("Koulusalkku")
    Organisation.objects.create(name="Koulutoimi")
    ProjectType.objects.create(name="Yhteishanke")
    data = edited(
        exported(),
        **{
            place("Hankkeen nimi"): "Uusi nimi",
            place("Hanketyyppi"): "yhteishanke",
            place("Käsittelyvaihe"): "PÄÄTTYNYT",
            place("Toteutunut päättymispäivä"): "31.12.2025",
            place("Suunniteltu alkamispäivä"): None,
            place("Toteutuneet kustannukset (€)"): "1\xa0600,25 €",
            place("Salkut"): "Koulusalkku",
            place("Toteuttajat"): "Koulutoimi; Kirjastopalvelut",
        },
    )
    row = only(data)
    assert told(row) == [
        ("Hankkeen nimi", "Kirjastoauto kylille", "Uusi nimi"),
        ("Hanketyyppi", "Kaupungin oma hanke", "Yhteishanke"),
        ("Käsittelyvaihe", "Käynnissä", "Päättynyt"),
        ("Suunniteltu alkamispäivä", "1.1.2024", "–"),
        ("Toteutunut päättymispäivä", "–", "31.12.2025"),
        ("Toteutuneet kustannukset (€)", "1500,50", "1600,25"),
        ("Salkut", "Hyvän arjen salkku 2024–2028", "Koulusalkku"),
        ("Toteuttajat", "Kirjastopalvelut", "Koulutoimi; Kirjastopalvelut"),
    ]
    assert apply(planned(data)) == Written(new=0, changed=1)
    card.refresh_from_db()
    assert (card.name, card.phase, card.slug) == ("Uusi nimi", Phase.ENDED, "uusi-nimi")
    assert (card.planned_start_date, card.actual_end_date) == (None, date(2025, 12, 31))
    assert card.actual_cost == Decimal("1600.25")
    assert list(card.portfolios.all()) == [school]
    assert [row.organisation.name for row in card.implementer_set.all()] == [
        "Koulutoimi",
        "Kirjastopalvelut",
    ]
    assert card.versions.count() == 1


def test_a_row_without_a_code_is_a_new_draft(card):
    a_portfolio("Koulusalkku")
    rows = [["Hankkeen nimi", "Salkut", "Suunniteltu alkamispäivä"], ["Uusi", "koulusalkku", 45000]]
    fresh = planned(workbook(*rows))
    assert [row.action for row in fresh.rows] == [Action.NEW]
    assert apply(fresh) == Written(new=1, changed=0)
    new = Project.objects.get(name="Uusi")
    assert (new.publication, new.phase) == ("draft", "planned")
    assert new.planned_start_date == date(2023, 3, 15)
    assert [p.name for p in new.portfolios.all()] == ["Koulusalkku"]


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("Tunnus", "H99999", "Tunnusta H99999 ei ole rekisterissä."),
        ("Hankkeen nimi", None, "Hankkeen nimi puuttuu."),
        ("Hankkeen nimi", "x" * 301, "Hankkeen nimi: "),
        ("Käsittelyvaihe", None, "Käsittelyvaihe puuttuu."),
        ("Käsittelyvaihe", "Käynissä", "tarkoititko ”Käynnissä”?"),
        ("Salkut", "Ei ole", "Salkut: salkkua ”Ei ole” ei ole rekisterissä."),
        ("Salkut", None, "Julkaistu kortti jäisi ilman salkkua."),
        ("Suunniteltu päättymispäivä", "1.1.2020", "Hanke ei voi päättyä ennen kuin se alkaa."),
        ("Suunniteltu päättymispäivä", "pian", "Suunniteltu päättymispäivä: ”pian” ei ole päivä"),
        ("Suunnitellut kustannukset (€)", -5, "Kustannukset eivät voi olla negatiiviset."),
        ("Suunnitellut kustannukset (€)", "1.500", "monimerkityksinen"),
        ("Muutosleima (älä muuta)", "v1-00", "Muutosleimaa on muutettu."),
    ],
)
def test_one_faulty_row_stops_all_and_tells_its_number_and_what_to_mend(card, heading, cell, words):
    a_draft("Toinen")
    change = {place(heading): cell}
    if heading == "Muutosleima (älä muuta)":
        change[place("Hankkeen nimi")] = "Muutettu"
    data = edited(exported(), **change, **{place("Hankkeen nimi", 3): "Muutettu"})
    both = planned(data)
    assert [row.action for row in both.rows] == [Action.FAULTY, Action.CHANGED]
    assert both.rows[0].number == 2
    assert words in " ".join(both.rows[0].messages)
    with pytest.raises(TableRefusedError):
        apply(both)
    assert not Project.objects.filter(name="Muutettu").exists()


def test_a_code_that_is_there_twice_is_faulty_on_both_rows(card):
    code = [card.code.lower(), "A"]
    both = planned(workbook(["Tunnus", "Hankkeen nimi"], code, code))
    assert [row.messages for row in both.rows] == [
        [f"Tunnus {card.code} on tiedostossa 2 kertaa."]
    ] * 2


def test_what_others_changed_meanwhile_stays_and_only_the_same_field_is_a_conflict(card):
    data = exported()
    Project.objects.filter(pk=card.pk).update(name="Toisen nimi", planned_cost=Decimal(5))
    assert only(data).action == Action.UNCHANGED
    data = edited(data, **{place("Suunnitellut kustannukset (€)"): 7})
    row = only(data)
    assert row.action == Action.CONFLICT
    assert told(row) == [("Suunnitellut kustannukset (€)", "5", "7")]
    assert "Joku muu on muuttanut" in row.messages[0]
    Project.objects.filter(pk=card.pk).update(planned_cost=Decimal(120_000))
    apply(planned(data))
    card.refresh_from_db()
    assert (card.name, card.planned_cost) == ("Toisen nimi", 7)


def test_columns_may_move_go_and_come(card):
    rows = read_table(exported_csv().encode()).rows
    order = [HEADINGS.index(heading) for heading in (HEADINGS[-1], "Hankkeen nimi", "Tunnus")]
    moved = [[*(row[index] for index in order), "oma"] for row in rows]
    moved[1][1] = "Uusi nimi"
    fresh = planned(workbook(["Hankkeet 2026"], [], *moved))
    assert [row.action for row in fresh.rows] == [Action.CHANGED]
    assert fresh.rows[0].number == 4
    assert fresh.remarks[0] == "Näitä sarakkeita ei lueta: oma."
    assert "Salkut" in fresh.remarks[1]
    apply(fresh)
    card.refresh_from_db()
    assert card.portfolios.count() == 1


def test_a_table_without_stamps_says_what_it_cannot_see(card):
    fresh = planned(workbook(["Tunnus", "Hankkeen nimi"], [card.code, "Uusi"]))
    assert fresh.rows[0].action == Action.CHANGED
    assert "muiden tekemiä muutoksia ei voi huomata" in " ".join(fresh.remarks)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["a", "b"], ["c"]], "ei löydy otsikkoriviä"),
        ([["Tunnus", "Salkut", "salkut"]], "kahdesti: Salkut"),
        ([["Tunnus"], *([f"H{n}"] for n in range(5001))], "liikaa hankkeita"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(rows, words):
    with pytest.raises(TableError, match=words):
        planned(workbook(*rows))


def test_the_register_moved_between_plan_and_apply(card):
    fresh = planned(edited(exported(), **{place("Hankkeen nimi"): "Uusi"}))
    card.save()
    with pytest.raises(TableRefusedError, match="Rekisteri on muuttunut"):
        apply(fresh)
    assert not Project.objects.filter(name="Uusi").exists()


def test_nothing_is_written_if_the_last_row_fails(card, monkeypatch):
    a_draft("Toinen")
    changes = {place("Hankkeen nimi"): "Uusi", place("Hankkeen nimi", 3): "Uusi"}
    fresh = planned(edited(exported(), **changes))
    save = Project.save

    def save_first(self, *args, **kwargs):
        if self.pk != card.pk:
            raise RuntimeError
        save(self, *args, **kwargs)

    monkeypatch.setattr(Project, "save", save_first)
    with pytest.raises(RuntimeError):
        apply(fresh)
    assert not Project.objects.filter(name="Uusi").exists()


def test_rights_are_asked_of_changed_rows_only(card):
    a_draft("Toinen")
    rights = Rights(lambda projects: {project.pk: "Ei sinun." for project in projects}, False)
    data = edited(exported(), **{place("Hankkeen nimi"): "Uusi", place("Tunnus", 4): None})
    fresh = planned(edited(data, **{place("Hankkeen nimi", 4): "Kolmas"}), rights)
    assert [(row.action, list(row.messages)) for row in fresh.rows] == [
        (Action.FAULTY, ["Ei sinun."]),
        (Action.UNCHANGED, []),
        (Action.FAULTY, ["Uuden hankkeen lisäämiseen ei ole oikeutta."]),
    ]


def test_reading_costs_the_same_for_many_rows(django_assert_num_queries):
    for number in range(3):
        a_whole_card(f"Hanke {number}")
    few = read_table(exported_csv().encode())
    for number in range(9):
        a_whole_card(f"Muu {number}")
    many = read_table(exported_csv().encode())
    for table in (few, many):
        with django_assert_num_queries(6):
            plan(table)
    with django_assert_num_queries(3):
        exported_csv()


def command(path, *options):
    out = io.StringIO()
    try:
        call_command("import_table", str(path), *options, stdout=out)
    except SystemExit as error:
        return out.getvalue(), error.code
    return out.getvalue(), 0


def test_the_command_is_dry_until_told(card, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(exported(), **{place("Hankkeen nimi"): "Uusi"}))
    text, code = command(path)
    assert "Hankkeen nimi: Kirjastoauto kylille → Uusi" in text
    assert "1 rivi: 1 muuttuva." in text
    assert (code, Project.objects.filter(name="Uusi").exists()) == (0, False)
    told = json.loads(command(path, "--format", "json", "--apply")[0])
    assert told["rows"][0]["fields"][0]["new"] == "Uusi"
    assert Project.objects.filter(name="Uusi").exists()


def test_the_command_fails_on_a_faulty_row_and_on_what_is_no_table(card, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Tunnus\nH99999\n")
    text, code = command(path, "--apply")
    assert (code, "Rivi 2: virheellinen: H99999" in text) == (1, True)
    path.write_bytes(b"")
    with pytest.raises(CommandError, match="tyhjä"):
        command(path)


def test_changed_rows_in_order_cost_no_more_than_unchanged_ones(django_assert_num_queries):
    for number in range(5):
        a_whole_card(f"Hanke {number}")
    changes = {place("Suunnitellut kustannukset (€)", row): Decimal(row) for row in range(2, 7)} | {
        place("Suunniteltu päättymispäivä", row): date(2027, 1, row) for row in range(2, 7)
    }
    table = read_table(edited(exported(), **changes))
    with django_assert_num_queries(6):
        assert len(plan(table).of(Action.CHANGED)) == 5
