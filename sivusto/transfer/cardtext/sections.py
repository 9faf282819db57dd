"""The summary cut into sections by its own headings; not one word is lost."""

import re
from collections.abc import Sequence

from sivusto.transfer.cardtext.cleaning import squeeze
from sivusto.transfer.cardtext.headings import HeadingLine, heading_line
from sivusto.transfer.cardtext.model import SectionText

_ITEM = re.compile(r"(?:[-–•·*]|o |\d{1,2}[.)](?!\d)|[a-zåäö]\) )\s*\S")
_MONEY = re.compile(
    r"kustannu|rahoit|budjet|talous|budget|cost|financ|funding|kostnad|finansier", re.IGNORECASE
)


def sections(lines: Sequence[str]) -> tuple[SectionText, ...]:
    """Cut the summary's lines; text before the first heading gets an empty heading."""
    rows = [squeeze(line) for line in lines]
    seen = [heading_line(row) if row else None for row in rows]
    found: list[tuple[str, list[str]]] = [("", [])]
    for number, row in enumerate(rows):
        heading = seen[number]
        if heading and _stands(heading, rows, seen, number, found[-1]):
            found.append((heading.heading, [heading.text] if heading.text else []))
        else:
            found[-1][1].append(row)
    joined = [SectionText(heading, _joined(texts)) for heading, texts in found]
    return tuple(part for part in joined if part.heading or part.text)


def _joined(texts: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(texts)).strip("\n")


def _stands(
    heading: HeadingLine,
    rows: list[str],
    seen: list[HeadingLine | None],
    number: int,
    section: tuple[str, list[str]],
) -> bool:
    """Judge a heading by the lines around it."""
    before = rows[number - 1] if number else ""
    after = rows[number + 1] if number + 1 < len(rows) else ""
    first = not before or (not section[1] and bool(section[0]))
    if heading.shape == "inline":
        return not _is_money_row(heading, section, before)
    if heading.shape == "bare":
        return not _in_a_run(seen, number) and not _under_a_colon(rows, seen, number)
    if heading.shape in ("marked", "numbered"):
        alone = not _same_shape(seen, number + 1, heading.shape)
        return first and alone and not (heading.shape == "marked" and _ITEM.match(after))
    following = next((row for row in rows[number + 1 : number + 3] if row), "")
    if heading.shape == "question":
        return first and _is_prose(following) and not following.endswith("?")
    if heading.shape == "loose":
        ended = before.endswith((".", "!", "?")) and rows[number][0].isupper()
        first = first or (ended and len(after) > 60)
        return first and bool(following) and not _ITEM.match(before) and _is_prose(following)
    return first and _is_free_heading(rows, number, following)


def _is_money_row(heading: HeadingLine, section: tuple[str, list[str]], before: str) -> bool:
    """Keep "Kustannukset yhteensä: 615 000 euroa" as a row of the section it stands in."""
    if not _MONEY.search(heading.heading) or not re.match(r"\D{0,12}\d", heading.text):
        return False
    contiguous = bool(before) or not section[1]
    return bool(_MONEY.search(section[0])) and contiguous


def _in_a_run(seen: list[HeadingLine | None], number: int) -> bool:
    """Tell whether the line is one of three or more bare headings in a row: then it is a list."""
    start = end = number
    while start and _same_shape(seen, start - 1, "bare"):
        start -= 1
        if number - start > 2:
            return True
    while _same_shape(seen, end + 1, "bare") and end - start < 3:
        end += 1
    return end - start >= 2 and number > start


def _under_a_colon(rows: list[str], seen: list[HeadingLine | None], number: int) -> bool:
    """Tell whether the line is in a list without markers, led by "Työpaketit ovat:"."""
    for above in range(number - 1, max(-1, number - 12), -1):
        row = rows[above]
        above_is = seen[above]
        headed = above_is is not None and above_is.shape in ("bare", "inline")
        if not row or len(row) > 60 or _ITEM.match(row) or (headed and not row.endswith(":")):
            return False
        if row.endswith(":"):
            shape = seen[above]
            return shape is None or shape.shape in ("loose", "free")
    return False


def _same_shape(seen: list[HeadingLine | None], number: int, shape: str) -> bool:
    if not 0 <= number < len(seen):
        return False
    heading = seen[number]
    return heading is not None and heading.shape == shape


def _is_prose(row: str) -> bool:
    return len(row) > 40 or bool(_ITEM.match(row)) or row.endswith((".", ":", "!"))


def _is_free_heading(rows: list[str], number: int, following: str) -> bool:
    """Accept unknown words only in capitals, or alone between paragraphs."""
    row = rows[number]
    words = row.split()
    if not following or _ITEM.match(row):
        return False
    if row.rstrip(" :").isupper() and (len(words) > 1 or len(row) >= 8):
        return True
    after = rows[number + 1] if number + 1 < len(rows) else ""
    before = next((text for text in reversed(rows[max(0, number - 2) : number]) if text), ".")
    alone = not after and before.endswith((".", "!", "?"))
    return alone and len(words) <= 6 and len(following) > 60 and following.endswith((".", ":"))
