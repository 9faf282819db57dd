"""What people and spreadsheets write into cells, read as values; no database, no Django."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches

from sivusto.transfer.tablefile.model import Cell, Wrong

Value = str | date | Decimal | tuple[str, ...] | None

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Days since the end of 1899 as spreadsheets count them; other numbers are not taken for days.
FIRST_SERIAL, LAST_SERIAL, DAY_ZERO = 20_000, 75_000, date(1899, 12, 30)
DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y")
TIME = re.compile(r"(?:\s+|T)\d{1,2}[.:]\d{2}([.:]\d{2}([.,]\d+)?)?Z?$")
BLANKS = re.compile(r"[\s\u2009\u200a\u202f'’]")
UNIT = re.compile(r"(?:€|euroa|eur)$")
MOST_EUROS = Decimal(10) ** 12
BETWEEN_NAMES = "; "
# What our own files put before a text that a spreadsheet would take for a formula.
GUARDED = re.compile(r"'(?=[\s\ufeff\x00-\x1f]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")


class CellError(ValueError):
    """The cell makes no sense; the message tells why in Finnish."""


def as_text(cell: Cell) -> str:
    """Return the cell as a text without blanks around it, "" for an empty one."""
    if isinstance(cell, Wrong):
        raise CellError(f"solussa on taulukko-ohjelman virhe {cell.text}")
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, bool):
        return "TOSI" if cell else "EPÄTOSI"
    if isinstance(cell, Decimal):
        return f"{cell:f}".removesuffix(".0")
    return GUARDED.sub("", cell, count=1).strip()


def as_day(cell: Cell) -> date | None:
    """Return the day of a date, of a text like 31.12.2014, or of a spreadsheet's day number."""
    if isinstance(cell, Decimal) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return DAY_ZERO + timedelta(days=int(cell))
    if isinstance(cell, date):
        return _sane(cell)
    text = TIME.sub("", as_text(cell)).replace("\xa0", "").replace(" ", "")
    if not text:
        return None
    for form in DAYS:
        try:
            return _sane(datetime.strptime(text, form).date())  # noqa: DTZ007 a day has no zone
        except CellError:
            raise
        except ValueError:
            continue
    raise CellError(f"”{text[:40]}” ei ole päivä; kirjoita se muodossa 31.12.2014")


def _sane(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellError(f"tarkista vuosi {day.year}")
    return day


def as_euros(cell: Cell) -> Decimal | None:
    """Return the sum of a number, or of a text like ``1 333 334,50 €``, to the cent."""
    text = as_text(cell)
    number = cell if isinstance(cell, Decimal) else _number(text)
    if number is None:
        return None
    if abs(number) >= MOST_EUROS:
        raise CellError("summa on liian suuri")
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _number(text: str) -> Decimal | None:
    bare = UNIT.sub("", BLANKS.sub("", text.lower())).replace("−", "-")
    if not bare:
        return None
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", bare):  # as an English spreadsheet writes it
        bare = bare.replace(",", "")
    elif re.search(r"\.\d{3}$|\..*[.,]|,.*[.,]", bare):
        raise CellError(f"”{text[:40]}” on monimerkityksinen; kirjoita luku ilman pisteitä")
    bare = bare.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]*)?", bare):
        raise CellError(f"”{text[:40]}” ei ole luku; kirjoita se esimerkiksi 1 500,50")
    return Decimal(bare)


def as_name(cell: Cell, known: Mapping[str, str], what: str) -> str:
    """Return the known name that the cell means in any letter case, "" for an empty one."""
    text = as_text(cell)
    return _known(text, known, what) if text else ""


def as_names(cell: Cell, known: Mapping[str, str], what: str) -> tuple[str, ...]:
    """Return the known names of a cell in their order, each once; they are between semicolons."""
    text = as_text(cell)
    if text.casefold() in known:  # a name may have a semicolon of its own
        return (known[text.casefold()],)
    names = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    return tuple(dict.fromkeys(_known(name, known, what) for name in names))


def _known(name: str, known: Mapping[str, str], what: str) -> str:
    """Return what is known by the name; ``known`` has the names by their case-folded forms."""
    key = " ".join(name.split()).casefold()
    if key in known:
        return known[key]
    near = get_close_matches(key, known, n=1, cutoff=0.75)
    hint = f"; tarkoititko ”{known[near[0]]}”?" if near else ""
    raise CellError(f"{what} ”{name[:80]}” ei ole rekisterissä{hint}")


def written(value: Value) -> str:
    """Write a value as a cell of a text table has it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return BETWEEN_NAMES.join(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}".removesuffix(".00").replace(".", ",")
    return as_text(value)


def folded(names: Sequence[str]) -> dict[str, str]:
    """Return the names by the forms under which they are looked for."""
    return {" ".join(name.split()).casefold(): name for name in names}
