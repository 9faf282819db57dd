"""Cards brought in, met again, changed and in conflict."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from hankkeet.models import (
    Attachment,
    Contact,
    Organisation,
    Project,
    ProjectType,
    Publication,
    Version,
)
from hankkeet.models.contacts import Visibility
from hankkeet.models.contents import SectionKind
from rahoitus.models import Funder, FundingShare, Stage
from salkut.models import Portfolio
from sivusto.models import ImportedCard
from sivusto.transfer.apply import ImportRefusedError, apply, settle
from sivusto.transfer.plan import plan, plan_again
from sivusto.transfer.planned import Action
from tests.sivusto.transfer.builders import (
    actions,
    bring_in,
    card_text,
    differences,
    source,
)

pytestmark = pytest.mark.django_db
MONEY = "Rahoitus:\nJokilahden kaupunki 25 % - 50 000 euroa\nSTM 75 % - 150 000 euroa"


def test_planning_writes_nothing():
    planned = plan([source()])
    assert actions(planned) == [Action.NEW]
    models = (Project, Portfolio, ProjectType, Organisation, ImportedCard)
    assert not any(model.objects.exists() for model in models)


def test_a_card_of_eu_money_stays_a_draft_until_the_payer_has_its_emblem_and_sentence():
    eu_card = source(funders="Euroopan sosiaalirahasto")
    (card,) = plan([eu_card]).cards
    assert "jää luonnokseksi" in " ".join(map(str, card.messages))
    bring_in(eu_card)
    assert Project.objects.get().publication == Publication.DRAFT
    logo = {"logo": "logot/eu.png", "logo_alt": "EU"}
    Funder.objects.update(**logo, statement="Euroopan unionin rahoittama")
    bring_in(source(name="Kirjaston aamut", funders="Euroopan sosiaalirahasto"))
    assert Project.objects.get(name="Kirjaston aamut").publication == Publication.PUBLISHED


def test_a_new_card_holds_everything_that_its_text_says():
    bring_in(source(summary=f"Tavoitteet\nOvi auki.\n\n{MONEY}"))
    project = Project.objects.get()
    assert (project.name, project.phase, project.publication) == (
        "Kirjaston yöt",
        "ended",
        Publication.PUBLISHED,
    )
    assert project.published_at
    assert project.project_type.name == "Kaupungin hanke"
    assert [p.name for p in project.portfolios.all()] == ["Kulttuurisalkku 2014-2020"]
    assert [o.name for o in project.implementers.all()] == ["Kirjastopalvelut"]
    assert [(s.heading, s.kind) for s in project.sections.all()] == [
        ("Tavoitteet", SectionKind.GOALS),
        ("Rahoitus", SectionKind.COSTS),
    ]
    assert (project.actual_start_date, project.actual_end_date) == (
        date(2014, 1, 1),
        date(2015, 12, 31),
    )


def test_names_from_the_old_register_arrive_hidden():
    bring_in()
    contact = Contact.objects.get()
    assert (contact.person_name, contact.visibility) == ("Maija Mallinen", Visibility.ROLE)


def test_an_attachment_is_mentioned_until_its_file_is_there():
    bring_in()
    attachment = Attachment.objects.get()
    assert (attachment.title, attachment.file_name) == ("Loppuraportti", "yot_loppuraportti.pdf")
    assert (attachment.size, attachment.file.name) == (2876 * 1024, "")


def test_declared_funders_and_figures_of_the_text_are_one_row_each():
    bring_in(source(summary=f"Tavoitteet\nOvi auki.\n\n{MONEY}"))
    rows = FundingShare.objects.values_list(
        "funder__name", "amount", "percent", "is_declared", "is_proposal", "quote", "stage"
    )
    assert list(rows.order_by("funder__name")) == [
        (
            "Jokilahden kaupunki",
            Decimal(50_000),
            Decimal(25),
            True,
            True,
            "Jokilahden kaupunki 25 % - 50 000 euroa",
            Stage.PLANNED,
        ),
        ("STM", Decimal(150_000), Decimal(75), False, True, "STM 75 % - 150 000 euroa", "planned"),
    ]


@pytest.mark.parametrize(
    ("phase", "columns"),
    [
        ("Suunnitteilla", ("planned_start_date", "planned_end_date")),
        ("Käynnissä", ("actual_start_date", "planned_end_date")),
        ("Päättynyt", ("actual_start_date", "actual_end_date")),
        ("Keskeytetty", ("actual_start_date", "actual_end_date")),
    ],
)
def test_days_are_planned_or_actual_by_the_phase(phase, columns):
    bring_in(source(phase=phase))
    kinds = ("planned_start_date", "planned_end_date", "actual_start_date", "actual_end_date")
    project = Project.objects.get()
    assert {kind for kind in kinds if getattr(project, kind)} == set(columns)


def test_new_cards_may_come_as_drafts():
    bring_in(publication=Publication.DRAFT)
    assert Project.objects.get().publication == Publication.DRAFT
    assert Project.objects.get().published_at is None


@pytest.mark.parametrize(
    "again",
    [
        card_text(),
        card_text().replace("\xa0", " "),
        card_text().replace("\n", "\r\n"),
        card_text(portfolios="KULTTUURISALKKU 2014–2020", name="KIRJASTON YÖT,"),
    ],
    ids=["same", "plain blanks", "line ends", "case and dashes"],
)
def test_the_second_run_changes_nothing(again):
    bring_in()
    before = list(Project.objects.values()), list(ImportedCard.objects.values())
    result = bring_in(source(again))
    assert actions(result) == [Action.UNCHANGED]
    assert before == (list(Project.objects.values()), list(ImportedCard.objects.values()))
    assert Portfolio.objects.count() == 1


def test_a_changed_text_changes_its_fields_alone():
    bring_in()
    text = card_text(
        phase="Keskeytetty",
        portfolios="Kulttuurisalkku 2014-2020\nYösalkku",
        summary="Tavoitteet\nKirjasto on auki aina.\n\nTulokset\nHyvin kävi.",
    )
    planned = plan([source(text)])
    assert differences(planned) == [
        (
            "portfolios",
            "change",
            "Kulttuurisalkku 2014-2020",
            "Kulttuurisalkku 2014-2020, Yösalkku",
        ),
        ("phase", "change", "Päättynyt", "Keskeytetty"),
        ("section", "change", "Kirjasto pysyy auki yöllä.", "Kirjasto on auki aina."),
        ("section", "add", "", "Hyvin kävi."),
        ("section", "remove", "ovet auki valot päälle", ""),
    ]
    apply(planned)
    project = Project.objects.get()
    assert [section.heading for section in project.sections.all()] == ["Tavoitteet", "Tulokset"]
    assert (project.phase, project.portfolios.count()) == ("discontinued", 2)
    assert actions(bring_in(source(text))) == [Action.UNCHANGED]


def test_a_new_section_takes_the_place_it_has_in_the_text():
    bring_in(source(summary="Tavoitteet\nYksi.\n\nTulokset\nKolme."))
    Project.objects.get().sections.create(heading="Oma", body="Neljä.", position=2)
    bring_in(source(summary="Tavoitteet\nYksi.\n\nToimenpiteet\nKaksi.\n\nTulokset\nKolme."))
    headings = [section.heading for section in Project.objects.get().sections.all()]
    assert headings == ["Tavoitteet", "Toimenpiteet", "Tulokset", "Oma"]


def test_days_follow_the_phase_that_the_text_gives():
    bring_in(source(phase="Suunnitteilla"))
    bring_in(source(phase="Päättynyt", end_date="30.6.2016"))
    project = Project.objects.get()
    assert (project.start_date, project.end_date) == (date(2014, 1, 1), date(2016, 6, 30))
    assert project.actual_start_date == date(2014, 1, 1)


def test_what_staff_changed_stays_while_the_text_says_what_it_said():
    bring_in()
    Project.objects.update(actual_end_date=date(2016, 5, 1))
    Project.objects.get().sections.all()[1].delete()
    assert actions(bring_in()) == [Action.UNCHANGED]
    assert Project.objects.get().end_date == date(2016, 5, 1)
    assert Project.objects.get().sections.count() == 1


def test_a_conflict_leaves_the_staffs_value_and_the_rest_goes_in():
    bring_in()
    Project.objects.update(actual_end_date=date(2016, 5, 1))
    changed = source(end_date="30.6.2017", implementers="Yökirjasto")
    for expected in (("end_date", "implementers"), ("end_date",)):
        planned = plan([changed])
        assert actions(planned) == [Action.CONFLICT]
        assert tuple(step[0] for step in differences(planned)) == expected
        apply(planned)
    project = Project.objects.get()
    assert project.end_date == date(2016, 5, 1)
    assert [o.name for o in project.implementers.all()] == ["Yökirjasto"]


def test_a_conflict_is_solved_by_making_the_card_agree():
    bring_in()
    Project.objects.update(actual_end_date=date(2016, 5, 1))
    bring_in(source(end_date="30.6.2017"))
    Project.objects.update(actual_end_date=date(2017, 6, 30))
    assert actions(bring_in(source(end_date="30.6.2017"))) == [Action.UNCHANGED]
    assert actions(bring_in(source(end_date="1.7.2017"))) == [Action.CHANGED]


def test_days_that_would_end_a_project_before_its_start_are_a_conflict():
    bring_in()
    Project.objects.update(actual_end_date=date(2014, 5, 1))
    planned = plan([source(start_date="1.6.2014")])
    assert actions(planned) == [Action.NEW]  # another start: another project
    keyed = card_text(start_date="1.6.2014") + "\nHankekortti1.asp?ID=798"
    Project.objects.get().external_keys.create(kind="old_register", value="798")
    planned = plan([source(keyed)])
    assert differences(planned) == [("start_date", "conflict", "1.1.2014", "1.6.2014")]


def test_a_card_made_by_hand_is_filled_but_not_overwritten():
    project = Project.objects.create(
        name="Kirjaston yöt", actual_start_date=date(2014, 1, 1), phase="ended"
    )
    project.sections.create(heading="Tavoitteet", body="<p>Oma teksti.</p>")
    kinds = {key: kind for key, kind, _old, _new in differences(plan([source()]))}
    assert kinds["section"] == "conflict"
    assert kinds["end_date"] == kinds["contact"] == kinds["portfolios"] == "add"
    bring_in()
    assert [s.body for s in project.sections.all()] == ["<p>Oma teksti.</p>"]
    assert Project.objects.get().end_date == date(2015, 12, 31)


def test_an_accepted_proposal_is_not_undone():
    text = f"Tavoitteet\nOvi auki.\n\n{MONEY}"
    bring_in(source(summary=text))
    FundingShare.objects.update(is_proposal=False)
    assert actions(bring_in(source(summary=text))) == [Action.UNCHANGED]
    planned = plan([source(summary=text.replace("150 000", "160 000"))])
    assert [d[:2] for d in differences(planned) if d[0] == "share"] == [("share", "conflict")]
    assert not FundingShare.objects.filter(is_proposal=True).exists()


def test_an_attached_file_is_not_undone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bring_in()
    attachment = Attachment.objects.get()
    attachment.file.save("oma.pdf", ContentFile(b"%PDF-1.7"))
    Attachment.objects.update(size=8)
    assert actions(bring_in()) == [Action.UNCHANGED]
    assert Attachment.objects.get().file.name.endswith(".pdf")


def test_formatting_that_only_an_editor_sees_is_no_change_of_the_staffs():
    bring_in()
    section = Project.objects.get().sections.all()[1]
    section.body = "<ul><li><p>ovet auki</p></li>\n<li><p>valot päälle</p></li></ul>"
    section.save()
    planned = plan([source(summary="Tavoitteet\nYö.\n\nToimenpiteet\n- ovet auki\n- valot pois")])
    assert actions(planned) == [Action.CHANGED]


def test_a_card_is_known_by_the_old_registers_id_under_any_name():
    bring_in(source(card_text() + "\nHankekortti1.asp?ID=798"))
    assert Project.objects.get().external_keys.get().value == "798"
    renamed = card_text(name="Kirjaston illat", start_date="1.2.2014")
    planned = plan([source(renamed + "\nHankekortti1.asp?ID=798")])
    assert {step[0] for step in differences(planned)} == {"name", "start_date"}


@pytest.mark.parametrize(
    "name", ["Kirjaston yöt/illat", "Yöt / illat", "Kirjasto – yöt/illat 2014", "Yöt — illat"]
)
def test_a_card_is_known_whatever_stands_between_the_words_of_its_name(name):
    bring_in(source(name=name))
    assert actions(plan([source(name=name)])) == [Action.UNCHANGED]


def test_a_renamed_unit_with_a_slash_in_its_old_name_is_still_the_same():
    bring_in(source(implementers="Kirjasto/kulttuuri"))
    unit = Organisation.objects.get()
    unit.name = "Kulttuuripalvelut"
    unit.save()
    bring_in(source(name="Toinen kortti", implementers="Kirjasto/kulttuuri"))
    assert Organisation.objects.count() == 1


def test_a_card_is_known_by_a_name_it_had_before():
    bring_in()
    project = Project.objects.get()
    project.name = "Yökirjasto"
    project.save()
    assert actions(plan([source()])) == [Action.UNCHANGED]


def test_a_card_of_the_same_name_and_another_start_is_another_card():
    bring_in()
    planned = plan([source(start_date="1.1.2016", end_date="31.12.2016")])
    assert actions(planned) == [Action.NEW]
    assert "on jo rekisterissä" in planned.cards[0].messages[-1]


def test_a_card_that_may_be_several_projects_is_left_alone():
    for _number in range(2):
        Project.objects.create(name="Kirjaston yöt", actual_start_date=date(2014, 1, 1))
    planned = plan([source()])
    assert actions(planned) == [Action.CONFLICT]
    assert "mikä tahansa hankkeista" in planned.cards[0].messages[-1]
    assert actions(apply(planned)) == [Action.CONFLICT]
    assert not ImportedCard.objects.exists()


def test_a_renamed_portfolio_is_still_the_same():
    bring_in()
    portfolio = Portfolio.objects.get()
    portfolio.name = "Kulttuuri"
    portfolio.save()
    assert actions(bring_in(source(name="Toinen kortti"))) == [Action.NEW]
    assert Portfolio.objects.count() == 1


def test_a_text_that_breaks_off_changes_nothing_that_the_card_knows_better():
    bring_in()
    whole = card_text()
    for end in range(whole.index("Hanketyyppi") + 20, len(whole), 17):
        planned = plan([source(whole[:end])])
        assert (actions(planned), differences(planned)) == ([Action.UNCHANGED], [])


def test_the_address_of_a_link_survives_a_plain_copy():
    bring_in()
    row = Attachment.objects.get()
    row.url, values = "https://jokilahti.example.fi/yot", ImportedCard.objects.get()
    row.save()
    (key,) = (key for key in values.values["facts"] if key.startswith("attachment/"))
    values.values["facts"][key]["url"] = row.url
    values.save()
    changed = card_text(attachments="Loppuraportti   yot_loppuraportti.pdf   2 900 kt")
    assert actions(bring_in()) == [Action.UNCHANGED]
    assert actions(bring_in(source(changed))) == [Action.CHANGED]
    row.refresh_from_db()
    assert (row.url, row.size) == ("https://jokilahti.example.fi/yot", 2900 * 1024)


def test_a_day_is_a_plan_again_when_the_phase_is():
    bring_in(source(phase="Käynnissä"))
    bring_in(source(phase="Suunnitteilla"))
    project = Project.objects.get()
    assert (project.actual_start_date, project.planned_start_date) == (None, date(2014, 1, 1))


def test_a_conflict_over_a_funder_that_another_card_brings_is_remembered():
    hand_made = Project.objects.create(
        name="Kirjaston yöt", actual_start_date=date(2014, 1, 1), phase="ended"
    )
    own = Funder.objects.create(name="Oma säätiö")
    FundingShare.objects.create(project=hand_made, funder=own)
    files = [source(funders="STM"), source(name="Toinen", file="2.txt", funders="STM")]
    assert actions(bring_in(*files)) == [Action.CONFLICT, Action.NEW]
    for _time in range(2):
        planned = plan(files)
        assert [step[:2] for step in differences(planned)] == [("share", "conflict")]
        apply(planned)
    assert [share.funder for share in hand_made.funding_shares.all()] == [own]


def test_a_card_that_came_in_half_is_completed():
    whole = card_text()
    bring_in(source(whole[: whole.index("valot")]))
    half = Project.objects.get()
    assert (half.phase, half.start_date) == ("planned", None)
    assert actions(bring_in()) == [Action.CHANGED]
    assert actions(bring_in()) == [Action.UNCHANGED]
    assert Project.objects.get().phase == "ended"


def test_nothing_is_written_over_a_register_that_has_changed_since():
    bring_in()
    planned = plan([source(end_date="1.1.2016")])
    Project.objects.update(actual_end_date=date(2016, 5, 1))
    with pytest.raises(ImportRefusedError, match="Rekisteri on muuttunut"):
        apply(planned)
    assert Project.objects.get().end_date == date(2016, 5, 1)


MOVED = {
    "card": lambda: Project.objects.update(actual_end_date=date(2016, 5, 1)),
    "row of a card": lambda: Contact.objects.update(phone="040 000 0002"),
    "what was imported": lambda: ImportedCard.objects.update(values={}),
    "namesake": lambda: Project.objects.create(name="Toinen"),
    "portfolio": lambda: Portfolio.objects.create(name="Uusi salkku"),
    "funder": lambda: Funder.objects.update(short_name="TOI"),
}


@pytest.mark.parametrize("move", MOVED.values(), ids=MOVED)
def test_only_a_register_that_has_moved_is_compared_again(move):
    bring_in()
    planned = plan([source(end_date="1.1.2016"), source(name="Toinen", file="2.txt")])
    assert plan_again(planned) is planned
    move()
    assert plan_again(planned) is not planned


def test_a_plan_that_could_not_be_written_may_be_tried_again(monkeypatch):
    planned = plan([source(funders="STM / Kaste", portfolios="Uusi salkku")])
    with monkeypatch.context() as broken:
        broken.setattr("sivusto.transfer.columns.section_kind", lambda heading: None)
        with pytest.raises(ImportRefusedError, match="tietokanta hylkäsi"):
            apply(planned)
    apply(planned)
    project = Project.objects.get()
    assert [portfolio.name for portfolio in project.portfolios.all()] == ["Uusi salkku"]
    assert [str(share.programme) for share in project.funding_shares.all()] == ["Kaste"]


def test_one_card_that_the_database_refuses_stops_the_whole_import(monkeypatch):
    monkeypatch.setattr("sivusto.transfer.columns.section_kind", lambda heading: None)
    with pytest.raises(ImportRefusedError, match="tietokanta hylkäsi"):
        bring_in(source(), source(name="Toinen", file="2.txt"))
    assert not Project.objects.exists()
    assert not Portfolio.objects.exists()


def test_contacts_are_not_kept_by_name_in_what_was_imported():
    bring_in()
    assert "Mallinen" not in str(ImportedCard.objects.get().values)
    Contact.objects.all().delete()
    assert actions(bring_in()) == [Action.UNCHANGED]
    assert not Contact.objects.exists()


def versions() -> list[tuple[str, int, str]]:
    kept = Version.objects.order_by("project__code", "number")
    return list(kept.values_list("project__name", "number", "reason"))


def test_changes_enter_the_history_with_the_import_and_first_versions_after_it():
    settle(bring_in())
    assert versions() == [("Kirjaston yöt", 1, "Tuotu vanhasta rekisteristä.")]

    result = bring_in(
        source(end_date="31.12.2016"), source(file="uusi.txt", name="Uusi", start_date="1.2.2015")
    )

    assert [row[:2] for row in versions()] == [("Kirjaston yöt", 1), ("Kirjaston yöt", 2)]
    settle(result)
    settle(result)
    assert [row[:2] for row in versions()] == [
        ("Kirjaston yöt", 1),
        ("Kirjaston yöt", 2),
        ("Uusi", 1),
    ]
