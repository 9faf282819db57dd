"""Tables and loose lines to a report: the rules by which such tables work.

Every word ends in a measure, a title, a head, or among what was not understood.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from seuranta.report import Report, WorkPackageReport
from sivusto.monitoring.reading import headings
from sivusto.monitoring.reading.blocks import Block, Loose, Table, UnreadableError
from sivusto.monitoring.reading.found import FoundMeasure, FoundPackage, Reading, Scrap
from sivusto.monitoring.reading.heads import Columns, heads_at
from sivusto.monitoring.reading.line import Line
from sivusto.monitoring.reading.rows import RowReader

MOST_MEASURES = 5_000
LONGEST_PACKAGE = 500
MOST_ABOVE = 10  # lines above the head in one table with it
TABLE_SOON = 3  # so many loose lines may stand between a title and its table
NO_MONTHS = "Taulukosta ei löytynyt kuukausien otsikoita, joten kuukausia ei luettu."
NO_YEARS = "Kuukausien otsikoissa ei ole vuotta, joten kuukausia ei luettu."
NO_TABLE = "Lähteestä ei löytynyt taulukkoa. Liitä tai tuo raportti taulukkoineen."


def read(blocks: Sequence[Block]) -> Reading:
    """Return the report that the blocks hold. Raises UnreadableError where there is no table."""
    if not any(isinstance(block, Table) for block in blocks):
        raise UnreadableError(NO_TABLE)
    return _Reader(blocks).reading()


class _Reader(RowReader):
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.packages: dict[str, FoundPackage] = {}
        self.scraps: list[Scrap] = []
        self.heads: dict[str, None] = {}
        self.notes: list[str] = []
        self.package: FoundPackage | None = None
        self.measure: FoundMeasure | None = None
        self.is_after_break = True
        self.columns = (_first_heads(blocks) or Columns()).completed()
        if self.columns.lacks_years:
            self.notes.append(NO_YEARS)
        elif not self.columns.months and not self._has_schedules():
            self.notes.append(NO_MONTHS)
        self.shades: dict[int, str] = {}
        self.telling_bold = False
        self.known_roles: set[tuple[str, ...]] = set()

    def reading(self) -> Reading:
        """Read all blocks in order."""
        loose = Counter(block.text for block in self.blocks if isinstance(block, Loose))
        for number, block in enumerate(self.blocks):
            if isinstance(block, Table):
                self._table(block)
            else:
                self._loose(block, number, is_repeated=loose[block.text] > 1)
        return self._finished()

    def _has_schedules(self) -> bool:
        return "schedule" in {role.value for role in self.columns.roles.values()}

    # Loose lines

    def _loose(self, line: Loose, number: int, *, is_repeated: bool) -> None:
        soon = self.blocks[number + 1 : number + 2 + TABLE_SOON]
        is_named = headings.is_named_heading(line.text)
        may_be = line.is_heading or (not is_repeated and headings.is_bare_heading(line.text))
        is_title = len(line.text) <= headings.LONGEST_HEADING and any(
            isinstance(block, Table) for block in soon
        )
        if line.is_title:
            self.scrap(line.text, line.place, "Asiakirjan tai taulukon nimi.")
        elif is_named or (may_be and is_title):
            self.open_package(line.text, line.place, is_certain=is_named)
        else:
            self.scrap(line.text, line.place, "Teksti taulukon ulkopuolella.")

    # Tables

    def _table(self, table: Table) -> None:
        self.is_after_break = True
        self.shades = {}
        self.telling_bold = _tells_by_bold(table)
        if table.note:
            self.notes.append(table.note)
        number = self._above(table)
        while number < len(table.rows):
            heads = self._heads(table, number)
            if heads:
                self._take_heads(table, number, heads)
                number += heads.height
                continue
            self.take(Line(table, number, self.columns, self.shades))
            number += 1

    def _above(self, table: Table) -> int:
        """Take the lines above a sheet's head for what they are; return where they end."""
        for number in range(min(MOST_ABOVE, len(table.rows))):
            if heads_at(table.rows, number):
                for row in table.rows[:number]:
                    for cell in row.cells:
                        if cell.text:
                            self._loose(Loose(cell.text, row.place), 0, is_repeated=True)
                return number
            if sum(bool(cell.text) for cell in table.rows[number].cells) > 1:
                return 0
        return 0

    def _heads(self, table: Table, number: int) -> Columns | None:
        """Return the head at a row. One without months is a head only where a table begins."""
        heads = heads_at(table.rows, number)
        if heads is None or heads.heads:
            return heads
        texts = tuple(cell.text for cell in table.rows[number].cells if cell.text)
        is_first = not any(cell.text for row in table.rows[:number] for cell in row.cells)
        if texts not in self.known_roles and not is_first:
            return None
        self.known_roles.add(texts)
        return heads

    def _take_heads(self, table: Table, number: int, heads: Columns) -> None:
        for row in table.rows[number : number + heads.height]:
            for column, cell in enumerate(row.cells):
                if cell.text:
                    self.heads.setdefault(cell.text)
                if cell.colour:
                    self.shades[column] = cell.colour
        if heads.lacks_years and NO_YEARS not in self.notes:
            self.notes.append(NO_YEARS)
        known = self.columns
        keeps_months = not heads.heads and known.months
        self.columns = heads.completed()
        if keeps_months and not set(known.months) & set(self.columns.roles):
            self.columns = Columns(self.columns.roles, known.months, known.heads)

    # Ends

    def open_package(self, title: str, place: str, *, is_certain: bool) -> None:
        """Begin a work package, or carry on the one that has the same title."""
        self.measure = None
        self.is_after_break = False
        if len(title) > LONGEST_PACKAGE:
            self.scrap(title, place, "Työpaketin nimi on liian pitkä; siitä luettiin alku.")
            title = title[:LONGEST_PACKAGE].rstrip()
        known = self.packages.setdefault(title, FoundPackage(title, place, is_certain))
        known.is_certain = known.is_certain or is_certain
        self.package = known

    def add(self, measure: FoundMeasure) -> None:
        """Put a measure into the present work package."""
        if self.package is None:
            self.open_package("", measure.place, is_certain=True)
        assert self.package is not None  # noqa: S101 - opened above
        self.package.measures.append(measure)
        self.measure = measure
        self.is_after_break = False
        self.count += 1
        if self.count > MOST_MEASURES:
            raise UnreadableError(
                f"Raportissa on yli {MOST_MEASURES} toimenpidettä. Tuo se osissa."
            )

    def scrap(self, text: str, place: str, reason: str) -> None:
        """Keep a text that was not understood."""
        self.scraps.append(Scrap(text, place, reason))

    def _finished(self) -> Reading:
        kept = []
        for package in self.packages.values():
            if package.measures or package.is_certain:
                kept.append(package)
            else:
                self.scrap(
                    package.title, package.place, "Otsikko, jonka alla ei ole toimenpiteitä."
                )
        for package in kept:
            _mark_repeated(package.measures)
        report = Report(
            tuple(
                WorkPackageReport(p.title, tuple(measure.report() for measure in p.measures))
                for p in kept
            )
        )
        flags = tuple(measure.flags() for package in kept for measure in package.measures)
        return Reading(report, flags, tuple(self.scraps), tuple(self.heads), tuple(self.notes))


def _first_heads(blocks: Iterable[Block]) -> Columns | None:
    """Return the first head with months, for tables that have lost their own."""
    roles = None
    for block in blocks:
        if not isinstance(block, Table):
            continue
        for number in range(len(block.rows)):
            found = heads_at(block.rows, number)
            if found and found.heads:
                return found
            if found and number == 0:
                roles = roles or found
    return roles


def _tells_by_bold(table: Table) -> bool:
    """Tell whether bold sets some rows apart; where most are bold it says nothing."""
    first = [next((cell for cell in row.cells if cell.text), None) for row in table.rows]
    cells = [cell for cell in first if cell]
    return 0 < sum(cell.is_strong for cell in cells) * 2 < len(cells)


def _mark_repeated(measures: Iterable[FoundMeasure]) -> None:
    seen: set[str] = set()
    for measure in measures:
        if measure.what in seen:
            measure.marks.append("repeated")
        seen.add(measure.what)
