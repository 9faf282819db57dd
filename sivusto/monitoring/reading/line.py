"""One row of a table as its heads see it: texts by what they tell, and marked months."""

from collections.abc import Iterator
from dataclasses import dataclass

from sivusto.monitoring.reading.blocks import Cell, Row, Table
from sivusto.monitoring.reading.headings import has_words
from sivusto.monitoring.reading.heads import Columns, Role

# The last two are what Wingdings' check marks turn into without their font.
MARKS = frozenset([*"vx✓✔☑☒✗✘×√●•■█▪◼◾*ok1+üþ"])


@dataclass(frozen=True)
class Line:
    """A row with the columns that hold for it and the colours of their heads."""

    table: Table
    number: int
    columns: Columns
    shades: dict[int, str]

    @property
    def row(self) -> Row:
        """The row itself."""
        return self.table.rows[self.number]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.row.place

    def texts(self) -> dict[int, Cell]:
        """Return the cells with words outside the columns of months."""
        return {
            column: cell
            for column, cell in enumerate(self.row.cells)
            if column not in self.columns.heads and has_words(cell.text)
        }

    def of(self, role: Role) -> str:
        """Return the text of a role's column, "" where there is none."""
        found = [c for c, known in self.columns.roles.items() if known is role]
        cells = self.row.cells
        return cells[found[0]].text if found and found[0] < len(cells) else ""

    def column_of(self, role: Role) -> int | None:
        """Return the number of a role's column."""
        return next((c for c, known in self.columns.roles.items() if known is role), None)

    def marked(self) -> set[int]:
        """Return the columns of months that are marked, by a sign or by a colour."""
        found: set[int] = set()
        own = self.column_of(Role.MEASURE)
        plain = self.row.cells[own].colour if own is not None and own < len(self.row.cells) else ""
        for column, cell in enumerate(self.row.cells):
            if column not in self.columns.heads:
                continue
            if cell.text.strip().casefold() in MARKS:
                found |= {column + more for more in range(cell.span)}
            elif cell.colour not in ("", plain, self.shades.get(column)):
                found.add(column)
        return found & self.columns.heads.keys()

    def odd_cells(self) -> Iterator[tuple[int, str]]:
        """Yield what stands in the columns of months and is no mark."""
        for column, cell in enumerate(self.row.cells):
            is_month = column in self.columns.heads
            if is_month and has_words(cell.text) and cell.text.strip().casefold() not in MARKS:
                yield column, cell.text

    def following(self) -> str:
        """Return the measure's text on the next row that has one."""
        for number in range(self.number + 1, len(self.table.rows)):
            text = Line(self.table, number, self.columns, self.shades).of(Role.MEASURE)
            if has_words(text):
                return text
        return ""

    def place_of(self, column: int) -> str:
        """Where a cell stands, in words."""
        return f"{self.place}, sarake {column + 1}"

    @property
    def is_covered(self) -> bool:
        """Whether the measure's cell lies under a merged one that begins above."""
        column = self.column_of(Role.MEASURE)
        cells = self.row.cells
        return column is not None and column < len(cells) and cells[column].is_covered
