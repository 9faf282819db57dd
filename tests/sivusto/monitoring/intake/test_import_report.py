"""A report is brought in as it is, twice as well as once, all or nothing."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from seuranta.models import Measure, PlannedRange, ReportingPeriod, StatusEntry, WorkPackage
from seuranta.tables import report_of
from sivusto.monitoring.intake.apply import apply
from sivusto.monitoring.intake.plan import Action, ReportRefusedError, plan
from sivusto.monitoring.intake.telling import lines
from sivusto.monitoring.reading.opening import text_blocks
from sivusto.monitoring.reading.reader import read
from tests.builders import a_measure, a_period, a_project, a_published_period
from tests.sivusto.monitoring.reading.office import A_WORD_FILE, A_WORKBOOK
from tests.sivusto.monitoring.reading.samples import TORN

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return a_project()


@pytest.fixture
def torn(tmp_path):
    path = tmp_path / "raportti.txt"
    path.write_text(TORN)
    return path


def run(path, project, *options):
    out = StringIO()
    call_command("import_report", str(path), "--project", project.code, *options, stdout=out)
    return out.getvalue()


def reading_of(*rows):
    head = ["Toimenpide", "Tilanne", "1/2025", "2/2025"]
    return read(text_blocks("\n".join("\t".join(row) for row in [head, *rows])))


def rows_of_all():
    tables = (WorkPackage, Measure, PlannedRange, ReportingPeriod, StatusEntry)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_without_apply_nothing_is_written(project, torn):
    assert "Mitään ei vielä tallennettu" in run(torn, project)
    assert rows_of_all() == [[], [], [], [], []]


def test_a_report_is_kept_as_it_was_read(project, torn):
    assert "Tallennettu." in run(torn, project, "--apply")
    period = ReportingPeriod.objects.get()
    assert (period.start_date, period.end_date) == (date(2020, 11, 1), date(2020, 11, 30))
    assert report_of(project, period) == read(text_blocks(TORN)).report
    words = [package.word for package in WorkPackage.objects.all()]
    assert words == ["", "Työpaketti", "Tavoite", ""]


def test_the_same_report_again_changes_nothing(project, torn):
    run(torn, project, "--apply")
    before = rows_of_all()
    assert "Tallennettavaa ei ole." in run(torn, project)
    run(torn, project, "--apply")
    after = rows_of_all()
    assert after == before


def test_the_plan_as_data_tells_measures_flags_and_what_was_not_understood(project, torn):
    told = json.loads(run(torn, project, "--format", "json"))
    measures = [m for package in told["work_packages"] for m in package["measures"]]
    assert told["project"] == project.code
    assert told["counts"] == {"new": 8, "changed": 0, "moved": 0, "unchanged": 0}
    assert [m["title"] for m in measures if m["months"]] == [
        "Koulutetaan kuljettajat:",
        "Kokoamme aineistot",
        "Viestimme autosta",
    ]
    assert {month for m in measures for month in m["months"]} == {"2020-11"}
    assert [m["title"] for m in measures if m["months"] and "no_status" in m["flags"]] == [
        "Kokoamme aineistot",
        "Viestimme autosta",
    ]
    assert told["not_understood"] == [
        {
            "text": "Osahanke on edennyt hyvin.",
            "place": "rivi 17",
            "reason": "Teksti taulukon ulkopuolella.",
        }
    ]


def test_what_changes_is_told_field_by_field(project):
    apply(plan(project, reading_of(["Hankitaan", "Tilattu.", "x"], ["Ajetaan", "Ei.", "", "x"])))
    again = plan(
        project,
        reading_of(
            ["Hankitaan", "Saatu.", "x", "x"], ["Uusi", "On.", ""], ["AJETAAN", "", "", "x"]
        ),
    )
    assert [(p.measure.title, p.action, p.changes) for p in again.measures] == [
        ("Hankitaan", Action.CHANGED, ("months", "status")),
        ("Uusi", Action.NEW, ()),
        ("AJETAAN", Action.UNCHANGED, ()),
    ]
    apply(again)
    report = report_of(project, ReportingPeriod.objects.get())
    assert [(m.title, m.status, len(m.months)) for m in report.measures()] == [
        ("Hankitaan", "Saatu.", 2),
        ("Uusi", "On.", 0),
        ("Ajetaan", "Ei.", 1),
    ]


def test_what_a_report_leaves_out_stays_and_is_told(project):
    a_measure(project, "Vanha toimi", unit="Kirjasto")
    a_measure(project, "Toinen", package="", unit="Kirjasto", months=((2025, 1),))
    planned = plan(project, reading_of(["Toinen", "Etenee.", "x"]))
    assert planned.missing == ("Vanha toimi",)
    apply(planned)
    assert Measure.objects.get(title="Toinen").unit == "Kirjasto"
    assert Measure.objects.count() == 2


def test_measures_of_one_title_are_kept_apart(project):
    rows = [["Hankitaan", "Yksi.", "x"], ["Hankitaan", "Kaksi.", "", "x"]]
    apply(plan(project, reading_of(*rows)))
    apply(plan(project, reading_of(*rows)))
    assert [entry.status for entry in StatusEntry.objects.order_by("measure__position")] == [
        "Yksi.",
        "Kaksi.",
    ]


def test_the_report_goes_to_the_open_period(project):
    period = a_period(project, 2024)
    apply(plan(project, reading_of(["Hankitaan", "Tilattu.", "x"])))
    assert period.entries.get().status == "Tilattu."
    a_period(project, 2024, 2)
    with pytest.raises(ReportRefusedError, match="useita raportointijaksoja"):
        plan(project, reading_of(["Hankitaan", "Tilattu.", "x"]))


def test_a_locked_period_takes_no_report(project):
    period = a_published_period(project)
    days = period.start_date, period.end_date
    with pytest.raises(ReportRefusedError, match="on jo lukittu"):
        plan(project, reading_of(["Hankitaan", "Tilattu.", "x"]), days)


def test_a_report_without_months_asks_for_its_period(project):
    with pytest.raises(ReportRefusedError, match="Raportissa ei ole kuukausia"):
        plan(project, reading_of(["Hankitaan", "Tilattu.", ""]))


def test_a_plan_grown_old_is_refused_and_nothing_is_written(project):
    planned = plan(project, reading_of(["Hankitaan", "Tilattu.", "x"]))
    a_measure(project, "Hankitaan", package="")
    before = rows_of_all()
    with pytest.raises(ReportRefusedError, match="muuttunut"):
        apply(planned)
    assert rows_of_all() == before


def test_writing_takes_as_many_statements_for_many_measures(project, django_assert_max_num_queries):
    rows = [[f"Tehdään {number}", "On.", "x"] for number in range(300)]
    planned = plan(project, reading_of(*rows))
    with django_assert_max_num_queries(20):
        apply(planned)
    assert StatusEntry.objects.count() == PlannedRange.objects.count() == 300


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--period", "eilen"], "2020-09-01:2020-12-31"),
        (["--period", "2021-01-01:2020-01-01"], "ei voi päättyä"),
    ],
)
def test_a_bad_period_is_told(project, torn, options, message):
    with pytest.raises(CommandError, match=message):
        run(torn, project, *options)


def test_bad_files_and_projects_are_told_in_one_line(project, torn, tmp_path):
    huge = tmp_path / "suuri.docx"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(CommandError, match="liian suuri"):
        run(huge, project)
    with pytest.raises(CommandError, match="ei voi lukea"):
        run(tmp_path / "puuttuu.txt", project)
    with pytest.raises(CommandError, match="Hanketta H999 ei ole"):
        call_command("import_report", str(torn), "--project", "H999")


@pytest.mark.parametrize(
    ("name", "data"), [("raportti.docx", A_WORD_FILE), ("raportti.xlsx", A_WORKBOOK)]
)
def test_files_of_microsofts_programs_are_brought_in(project, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    run(path, project, "--apply")
    measure = Measure.objects.get()
    assert (measure.work_package.title, measure.title) == ("Kalusto", "Hankitaan auto")
    assert [str(month) for month in measure.months()] == ["12/2025"]
    assert StatusEntry.objects.get().status == "Tilattu."


def titles_of(project):
    return [
        (package.title, [measure.title for measure in package.measures.all()])
        for package in project.work_packages.all()
    ]


def test_another_order_is_told_line_by_line_and_then_kept(project, tmp_path):
    rows = [["Yksi", "A.", "x"], ["Kaksi", "B.", "x"], ["Kolme", "C.", "x"], ["Neljä", "D.", "x"]]
    apply(plan(project, reading_of(*rows)))
    path = tmp_path / "raportti.csv"
    first = ["Toimenpide;Tilanne;1/2025;2/2025", "Neljä;D.;x;", "Yksi;A.;x;"]
    path.write_text("\n".join([*first, "Uusi;U.;x;", "Kolme;Ö.;x;", "Kaksi;B.;x;"]))
    told = run(path, project)
    assert "[siirtynyt] Neljä (1/2025)" in told
    assert "[ennallaan] Yksi" in told
    assert "uusia 1, muuttuvia 1, siirtyneitä 1, ennallaan 2." in told
    assert "[muuttuu] Kolme (1/2025; siirtynyt, tilanne)" in told
    assert "[ennallaan] Kaksi" in told
    run(path, project, "--apply")
    assert titles_of(project) == [("", ["Neljä", "Yksi", "Uusi", "Kolme", "Kaksi"])]
    assert "Tallennettavaa ei ole." in run(path, project)


def test_what_a_report_leaves_out_stays_behind_what_it_followed(project):
    apply(plan(project, reading_of(*([name, "On.", "x"] for name in "ABCDE"))))
    apply(plan(project, reading_of(*([name, "On.", "x"] for name in "DB"))))
    assert titles_of(project) == [("", list("ADEBC"))]


def test_work_packages_change_places_and_nothing_else_does(project):
    one, two, three = ([f"Työpaketti {n}: Osa", ""] for n in (1, 2, 3))
    apply(
        plan(
            project,
            reading_of(one, ["A", "On.", "x"], two, ["B", "On.", "x"], three, ["C", "On.", "x"]),
        )
    )
    before = {row["id"]: row for row in Measure.objects.values()}
    again = plan(
        project,
        reading_of(three, ["C", "On.", "x"], one, ["A", "On.", "x"], two, ["B", "On.", "x"]),
    )
    assert again.moved_packages == {"työpaketti 3: osa"}
    assert again.counts[Action.UNCHANGED] == 3
    assert "Työpaketti 3: Osa (siirtynyt)" in "\n".join(lines(again))
    apply(again)
    assert [title[11] for title, _measures in titles_of(project)] == ["3", "1", "2"]
    assert {row["id"]: row for row in Measure.objects.values()} == before


def test_an_order_changed_since_the_plan_was_made_is_refused(project):
    apply(plan(project, reading_of(["A", "On.", "x"], ["B", "On.", "x"])))
    planned = plan(project, reading_of(["B", "On.", "x"], ["A", "On.", "x"]))
    apply(planned)
    with pytest.raises(ReportRefusedError, match="muuttunut"):
        apply(planned)
