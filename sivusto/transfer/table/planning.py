"""Comparing a table with the register; nothing is written."""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError

from hankkeet.models import Phase, Project
from sivusto.transfer.table.cells import CellError, Value, as_text, written
from sivusto.transfer.table.columns import (
    KEYS,
    LABELS,
    Read,
    phase_label,
    readers,
    table_rows,
    values_of,
)
from sivusto.transfer.table.headings import Headings, headings_of
from sivusto.transfer.table.planned import Action, PlannedRow, Rights, Step, TablePlan
from sivusto.transfer.table.stamps import mark, marks_of
from sivusto.transfer.tablefile.model import Cell, Table, TableError

MOST_ROWS = 5000
EVERYTHING = Rights()
FACTS = tuple(key for key in KEYS if key.endswith(("_date", "_cost")) or key == "name")
STARTS = ("planned_start_date", "actual_start_date")
ENDS = ("planned_end_date", "actual_end_date")
COSTS = ("planned_cost", "actual_cost")
PHASES = {phase_label(value): value for value in Phase.values}
Cells = Mapping[str, Cell]


def plan(table: Table, rights: Rights = EVERYTHING) -> TablePlan:
    """Tell what reading the table in would do.

    Raises TableError for a table without headings or with too many rows. Six queries, and a
    few more for each row whose days or sums may break a rule.
    """
    headings = headings_of(table)
    rows = [
        (number, {key: row[place] for key, place in headings.places.items() if place < len(row)})
        for number, row in enumerate(table.rows[headings.row + 1 :], start=headings.row + 2)
        if any(cell is not None and cell != "" for cell in row)
    ]
    if len(rows) > MOST_ROWS:
        raise TableError(f"Taulukossa on liikaa hankkeita. Kerralla luetaan enintään {MOST_ROWS}.")
    codes = [_code(cells) for _number, cells in rows]
    chosen = table_rows(Project.objects.filter(code__in=set(codes)))
    projects = {project.code: project for project in chosen}
    comparing = _Comparing(headings, projects, Counter(codes), rights)
    planned = [comparing.planned(number, cells) for number, cells in rows]
    return TablePlan(table, planned, headings.remarks)


def _code(cells: Cells) -> str:
    try:
        return as_text(cells.get("code")).upper()
    except CellError:
        return "?"


class _Comparing:
    """Holds what the rows of a table are compared with."""

    def __init__(
        self,
        headings: Headings,
        projects: Mapping[str, Project],
        number_of: Mapping[str, int],
        rights: Rights,
    ) -> None:
        self.keys = [key for key in KEYS if key in headings.places]
        self.projects = projects
        self.number_of = number_of
        self.readers: Mapping[str, Read] = readers()
        self.may_add = rights.may_add
        self.refusals = rights.refuse(list(projects.values())) if rights.refuse else {}

    def planned(self, number: int, cells: Cells) -> PlannedRow:
        """Compare one row."""
        code, project = _code(cells), self.projects.get(_code(cells))
        name = _shown_name(cells, project)
        fault = self._fault(code, project)
        if fault:
            return PlannedRow(number, code, name, Action.FAULTY, messages=[fault])
        now = values_of(project) if project else dict.fromkeys(KEYS)
        new, faults = self._read(cells, now)
        if faults:
            return PlannedRow(number, code, name, Action.FAULTY, messages=faults, project=project)
        if project is None:
            return self._new(number, name, new)
        return self._compared(number, cells, project, now, new)

    def _fault(self, code: str, project: Project | None) -> str:
        """Return what is wrong with a row before its fields are read, "" if nothing."""
        if not code:
            return "" if self.may_add else "Uuden hankkeen lisäämiseen ei ole oikeutta."
        if project is None:
            return f"Tunnusta {code} ei ole rekisterissä. Uuden hankkeen tunnus jää tyhjäksi."
        if self.number_of[code] > 1:
            return f"Tunnus {code} on tiedostossa {self.number_of[code]} kertaa."
        return ""

    def _read(self, cells: Cells, now: Mapping[str, Value]) -> tuple[dict[str, Value], list[str]]:
        """Return the row's values and what is wrong with its cells."""
        values, faults = dict[str, Value](), []
        for key in self.keys:
            cell = cells.get(key)
            if isinstance(cell, str) and as_text(cell) == written(now[key]):
                values[key] = now[key]  # however odd it is, nobody has touched it
                continue
            try:
                values[key] = self.readers[key](cell)
            except CellError as error:
                faults.append(f"{LABELS[key]}: {error}.")
        return values, faults

    def _new(self, number: int, name: str, new: dict[str, Value]) -> PlannedRow:
        steps = [
            Step(key, None, value) for key, value in new.items() if value not in (None, "", ())
        ]
        faults = _broken_rules(Project(), new)
        action = Action.FAULTY if faults else Action.NEW
        return PlannedRow(number, "", name, action, steps, faults)

    def _compared(
        self,
        number: int,
        cells: Cells,
        project: Project,
        now: Mapping[str, Value],
        new: Mapping[str, Value],
    ) -> PlannedRow:
        marks, faults = _marks(cells)
        steps = []
        for key, value in new.items():
            if value == now[key] or (marks and mark(value) == marks[key]):
                continue
            is_conflict = bool(marks) and marks[key] != mark(now[key])  # type: ignore[index]
            steps.append(Step(key, now[key], value, is_conflict))
        if steps and not faults:
            faults = self._forbidden(project, {step.key: step.new for step in steps})
        action = Action.CHANGED if steps else Action.UNCHANGED
        messages = faults
        if faults:
            action = Action.FAULTY
        elif any(step.is_conflict for step in steps):
            action, messages = Action.CONFLICT, [CONFLICT]
        return PlannedRow(number, project.code, project.name, action, steps, messages, project)

    def _forbidden(self, project: Project, new: Mapping[str, Value]) -> list[str]:
        if project.pk in self.refusals:
            return [self.refusals[project.pk]]
        if project.is_public and new.get("portfolios") == () and project.portfolios.all():
            return ["Julkaistu kortti jäisi ilman salkkua."]
        return _broken_rules(project, new)


CONFLICT = (
    "Joku muu on muuttanut samaa tietoa sen jälkeen, kun tiedosto vietiin. Poista rivi tiedostosta "
    "tai vie tuore taulukko ja tee muutos siihen."
)


def _marks(cells: Cells) -> tuple[dict[str, str] | None, list[str]]:
    """Return the marks of the row's stamp, None for a row without one, and what is wrong."""
    try:
        text = as_text(cells.get("stamp"))
    except CellError as error:
        return None, [f"Muutosleima: {error}."]
    marks = marks_of(text, KEYS) if text else None
    if text and marks is None:
        return None, ["Muutosleimaa on muutettu. Vie tuore taulukko ja tee muutokset siihen."]
    return marks, []


def _shown_name(cells: Cells, project: Project | None) -> str:
    if project is not None:
        return project.name
    try:
        return as_text(cells.get("name"))
    except CellError:
        return ""


def _broken_rules(project: Project, new: Mapping[str, Value]) -> list[str]:
    """Return the card's own rules that it would break with the values."""
    then = copy(project)
    put_facts(then, new)
    if then.name == "":
        return ["Hankkeen nimi puuttuu."]
    if project.pk and new.get("phase") == "":
        return ["Käsittelyvaihe puuttuu."]
    others = [field.name for field in Project._meta.fields if field.name not in FACTS]
    try:
        then.clean_fields(exclude=others)
        if not _is_beyond_doubt(then):
            then.validate_constraints(exclude={"code"})
    except ValidationError as error:
        return _told(error)
    return []


def _is_beyond_doubt(project: Project) -> bool:
    """Tell whether no rule of days and sums can be broken, so that the database need not be asked.

    The rules are the database's, and asking it costs a query for each; nearly every card passes
    this without.
    """
    facts = vars(project)
    starts = [day for name, day in facts.items() if name in STARTS and day]
    ends = [day for name, day in facts.items() if name in ENDS and day]
    in_order = not starts or not ends or max(starts) <= min(ends)
    return in_order and all(facts[name] is None or facts[name] >= 0 for name in COSTS)


def put_facts(project: Project, values: Mapping[str, Any]) -> None:
    """Set the fields that are the project's own columns; kinds and lists are for others."""
    for key, value in values.items():
        if key in FACTS:
            setattr(project, key, value)
        elif key == "phase" and value:
            project.phase = PHASES[value]


def _told(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        f"{LABELS[key]}: {message}" if key in LABELS else message
        for key, messages in error.message_dict.items()
        for message in messages
    ]
