"""What a row is: a title, a measure, a part of the one above it, or not understood."""

import re

from seuranta.report import Month
from sivusto.monitoring.reading import headings
from sivusto.monitoring.reading.blocks import Cell
from sivusto.monitoring.reading.found import FoundMeasure, FoundPackage
from sivusto.monitoring.reading.headings import has_words, joined
from sivusto.monitoring.reading.heads import Role
from sivusto.monitoring.reading.line import Line
from sivusto.monitoring.reading.months import spelled

STATES = {
    "not_started": "ei aloitettu|ei alkanut|aloittamatta|alkamatta|ei käynnistynyt|suunnitteilla",
    "running": "käynnissä|kesken|aloitettu|käynnistynyt|etenee|meneillään",
    "done": "valmis|valmistunut|tehty|toteutunut|toteutettu|päättynyt|100 ?%",
    "late": "viivästynyt|viivästyy|myöhässä",
    "discontinued": "keskeytetty|keskeytynyt|peruttu|peruuntunut",
}
STATE = {value: re.compile(f"(?:{words})[.!]?$", re.IGNORECASE) for value, words in STATES.items()}
LONGEST_UNIT = 200
WIDE = 3  # a merged cell over so many columns is a title's, not a measure's


class RowReader:
    """Understands rows one by one; what it finds is kept by the class above it."""

    package: FoundPackage | None
    measure: FoundMeasure | None
    is_after_break: bool
    telling_bold: bool
    count = 0

    def open_package(self, title: str, place: str, *, is_certain: bool) -> None:
        """Begin a work package."""
        raise NotImplementedError

    def add(self, measure: FoundMeasure) -> None:
        """Keep a measure."""
        raise NotImplementedError

    def scrap(self, text: str, place: str, reason: str) -> None:
        """Keep what is not understood."""
        raise NotImplementedError

    def take(self, line: Line) -> None:
        """Understand one row."""
        texts, marked = line.texts(), line.marked()
        if not texts and not marked:
            self._odd(line)
            return
        if self._takes_heading(line, texts, marked):
            return
        package = line.of(Role.PACKAGE)
        if has_words(package) and line.column_of(Role.PACKAGE) != line.column_of(Role.MEASURE):
            title = " ".join(package.split("\n"))
            if self.package is None or self.package.title != title:
                self.open_package(title, line.place, is_certain=True)
        self._take_measure(line, texts, marked)
        self._odd(line)

    # Titles

    def _takes_heading(self, line: Line, texts: dict[int, Cell], marked: set[int]) -> bool:
        column = min(texts, default=None)
        if column is None or line.columns.roles.get(column) is Role.PACKAGE:
            return False
        cell = texts.pop(column)
        is_alone = not texts and not marked
        if self._is_heading(line, column, cell, is_alone=is_alone):
            certain = cell.span > 1 or cell.is_strong or headings.is_named_heading(cell.text)
            self.open_package(cell.text, line.place, is_certain=certain)
            for other in texts.values():
                self.scrap(other.text, line.place, "Teksti otsikon rivillä.")
            for each in sorted(marked):
                self.scrap(
                    line.row.cells[each].text or "väri",
                    line.place_of(each),
                    "Merkki otsikon rivillä.",
                )
            self._odd(line)
            return True
        texts[column] = cell
        return False

    def _is_heading(self, line: Line, column: int, cell: Cell, *, is_alone: bool) -> bool:
        text = cell.text
        if "\n" in text or len(text) > headings.LONGEST_HEADING:
            return False
        if Role.PACKAGE in line.columns.roles.values() and cell.span < WIDE:
            return False
        if headings.is_named_heading(text):
            following = line.following()
            return is_alone or bool(following and not headings.is_named_heading(following))
        if not is_alone or column > (line.column_of(Role.MEASURE) or 0):
            return False
        if line.table.tells_spans:
            is_wide = cell.span >= WIDE and cell.span * 2 >= len(line.row.cells)
            return is_wide or (cell.is_strong and self.telling_bold)
        return headings.is_bare_heading(text)

    # Measures

    def _take_measure(self, line: Line, texts: dict[int, Cell], marked: set[int]) -> None:
        what = line.of(Role.MEASURE)
        number = line.of(Role.NUMBER)
        if not has_words(what):
            what = ""
        elif has_words(number):
            what = f"{number} {what}"
        measure = self._measure_of(what, line)
        if measure is None:
            for column, cell in sorted(texts.items()):
                if line.columns.roles.get(column) is not Role.PACKAGE:
                    self.scrap(cell.text, line.place_of(column), "Rivillä ei ole toimenpidettä.")
            for column in sorted(marked):
                sign = line.row.cells[column].text or "väri"
                self.scrap(sign, line.place_of(column), "Rivillä ei ole toimenpidettä.")
            return
        self._fill(measure, line, marked)
        self._leave_the_rest(line, texts)

    def _measure_of(self, what: str, line: Line) -> FoundMeasure | None:
        """Return the measure that the row tells of: a new one, or the one above it."""
        last = self.measure
        is_torn = headings.begins_midway(what) if what else True
        if what and not (self.is_after_break and is_torn):
            self.add(FoundMeasure(what, line.place))
            return self.measure
        if last is not None and (not what or not _also_begins_small(last, what)):
            last.what = joined(last.what, what)
            if what or not line.is_covered:
                last.marks.append("joined")
            self.is_after_break = False
            return last
        if not what:
            return None
        self.add(FoundMeasure(what, line.place, marks=["torn"]))
        return self.measure

    def _fill(self, measure: FoundMeasure, line: Line, marked: set[int]) -> None:
        measure.status = joined(measure.status, _told(line.of(Role.STATUS)))
        measure.next_steps = joined(measure.next_steps, _told(line.of(Role.NEXT)))
        unit = " ".join(_told(line.of(Role.UNIT)).split("\n"))
        units = ", ".join(dict.fromkeys(filter(None, (measure.unit, unit))))
        if len(units) <= LONGEST_UNIT:
            measure.unit = units
        else:
            self.scrap(unit, line.place, "Vastuutaho on liian pitkä.")
        for column in sorted(marked):
            months = line.columns.months.get(column)
            if months:
                measure.months |= set(months)
            else:
                sign = line.row.cells[column].text or "väri"
                self.scrap(sign, line.place_of(column), "Merkin kuukautta ei tiedetä.")
        self._schedule(measure, line)
        self._state(measure, line)

    def _schedule(self, measure: FoundMeasure, line: Line) -> None:
        text = _told(line.of(Role.SCHEDULE))
        months: tuple[Month, ...] = spelled(text) if text else ()
        measure.months |= set(months)
        if text and not months:
            place = line.place_of(line.column_of(Role.SCHEDULE) or 0)
            self.scrap(text, place, "Aikataulua ei ymmärretty.")

    def _state(self, measure: FoundMeasure, line: Line) -> None:
        text = _told(line.of(Role.STATE))
        known = [value for value, pattern in STATE.items() if pattern.match(text)]
        if known:
            measure.state = known[0]
        elif text:
            self.scrap(text, line.place_of(line.column_of(Role.STATE) or 0), "Tilaa ei ymmärretty.")

    # The rest

    def _leave_the_rest(self, line: Line, texts: dict[int, Cell]) -> None:
        for column, cell in sorted(texts.items()):
            if column not in line.columns.roles:
                self.scrap(cell.text, line.place_of(column), "Sarakkeen merkitystä ei tiedetä.")
        if has_words(line.of(Role.NUMBER)) and not has_words(line.of(Role.MEASURE)):
            place = line.place_of(line.column_of(Role.NUMBER) or 0)
            self.scrap(line.of(Role.NUMBER), place, "Numero ilman toimenpidettä.")

    def _odd(self, line: Line) -> None:
        for column, text in line.odd_cells():
            self.scrap(text, line.place_of(column), "Kuukauden kohdalla on muuta kuin merkki.")


def _told(text: str) -> str:
    return text if has_words(text) else ""


def _also_begins_small(last: FoundMeasure, what: str) -> bool:
    """Tell whether a small letter means nothing, since the measure before begins so as well."""
    return last.what[:1].islower() and what[:1].islower() and "torn" not in last.marks
