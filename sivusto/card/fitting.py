"""Which size of letters lets a sheet hold its texts: estimated, so that nothing is printed twice.

Lengths are in em of the sheet's letters, as in ``static/sheet.css``. A letter of Inter is about
half an em wide; the estimate takes a little more, since lines are broken at words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER = 0.55  # em
MM_OF_POINT = 25.4 / 72
SIDES = 5.6  # em, left and right together
LINE = 1.4
HEAD, TITLE_LINE = 10.0, 1.12  # what is around the name, and a line of it in its own em
SECTION, GAP = 3.4, 0.4  # a heading with the room around it, and the room after a paragraph
MONEY, FIGURE = 5.2, 2.6  # headings of the money's columns, and the sum
FOOT, CODE, EMBLEM_ROW, CODE_WIDTH = 2.6, 8.0, 4.2, 11.0
EMBLEM = 6.5  # em, the usual width of one with the room after it


@dataclass(frozen=True)
class Paper:
    """Millimetres across and down, and the points of each size of letters, the biggest first."""

    width: float
    height: float
    sizes: tuple[float, ...]


@dataclass(frozen=True)
class Filling:
    """What a sheet is to hold."""

    name: str
    title_em: float
    aim: Sequence[str]
    result: Sequence[str]
    payers: Sequence[str]
    implementers: str
    emblems: int
    statements: Sequence[str]

    def height(self, width: float, aim_em: float) -> float:
        """Return how high it is on a sheet that is so many em wide."""
        room = width - SIDES
        half = (room - 2) / 2
        foot = room - CODE_WIDTH
        emblem_rows = -(-self.emblems // max(1, int(foot / EMBLEM)))
        return (
            HEAD
            + _lines(self.name, room, self.title_em) * self.title_em * TITLE_LINE
            + (_texts(self.aim, room, aim_em) if self.aim else 0)
            + (_texts(self.result, room, 1) if self.result else 0)
            + max(
                MONEY + FIGURE + _lines(self.implementers, half, 1) * LINE,
                MONEY + sum(_lines(payer, half, 1) * LINE + 0.15 for payer in self.payers),
            )
            + FOOT
            + max(CODE, emblem_rows * EMBLEM_ROW + _texts(self.statements, foot, 0.85) - SECTION)
        )


def points_for(paper: Paper, filling: Filling, aim_em: float) -> float | None:
    """Return the points of the biggest letters that fit; None where none do."""
    for points in paper.sizes:
        em = points * MM_OF_POINT
        if filling.height(paper.width / em, aim_em) <= paper.height / em:
            return points
    return None


def _texts(texts: Sequence[str], room: float, em: float) -> float:
    return SECTION + sum(_lines(text, room, em) * em * LINE + GAP for text in texts)


def _lines(text: str, room: float, em: float) -> int:
    """Return how many lines a text takes in letters of so many em; none when there is no text."""
    return -(-len(text) // max(1, int(room / (em * LETTER))))
