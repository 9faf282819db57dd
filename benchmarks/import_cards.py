"""Compare importing cards' texts with raw COPY of the same rows; run it from the project's root.

    python -m benchmarks.import_cards [cards] [rounds]

Makes a register in a scratch database on the server of DATABASE_URL, writes its cards out as texts
of the old register, and brings them into the emptied tables: reading, rules, comparison, writing.
Then the same again, with nothing to change, and what the imports left to be done after them: the
first versions of the cards, their checks against themselves and the indexing for search. The peer
is COPY FROM STDIN of the very rows that the import made, into the same tables with their indexes,
foreign keys and triggers, in one transaction.

Prints where the import's time goes; rows a second and the ratio to COPY, both of cards that have
been read (compared, held against the register, compared again under the lock and written) and of
the whole with the reading of prose, which no COPY does; and the second import's time against the
first's. All of it by the clock and in processor time, ours and the database's together (the server
must be on this machine), which hardly feels other work; the best of the rounds on both sides.
"""

import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from hankkeet.models import Project, Publication  # noqa: E402
from sivusto.models import ImportedCard  # noqa: E402
from sivusto.search.index import catch_up  # noqa: E402
from sivusto.transfer.apply import Result, apply, settle  # noqa: E402
from sivusto.transfer.make_register import TABLES, make_register  # noqa: E402
from sivusto.transfer.plan import plan, plan_texts  # noqa: E402
from sivusto.transfer.planned import Action, Plan  # noqa: E402
from sivusto.transfer.sources import Source  # noqa: E402
from sivusto.transfer.texts import CardText, read_all  # noqa: E402

SCRATCH = "hankkeet_benchmark_import"
SEED = 3
PROCESSES = os.cpu_count() or 1
WRITTEN = [*(model for model, _columns in TABLES.values()), ImportedCard]
CARD = """Jokilahden kehittämissalkut - hanketietokanta

{name}
*
Hankkeen nimi \xa0 {name}
Hanketyyppi \xa0 {type}
Salkku \xa0 {portfolios}
Tiivistelmä \xa0 
{summary}
Käsittelyvaihe \xa0 {phase}
Aloittamispvm \xa0 {start}
Päättymispvm \xa0 {end}
Rahoittajat \xa0 
{funders}
Toteuttajat \xa0 
{implementers}
Yhteyshenkilöt \xa0 {contacts}
Liitteet \xa0 
{attachments}
Logot \xa0 
*
© Jokilahden kaupunki - Hanketietokanta - palaute
"""  # noqa: W291


def texts_of_cards() -> Iterator[Source]:
    """Yield the register's cards as a browser would copy them."""
    projects = Project.objects.select_related("project_type").prefetch_related(
        *("portfolios", "implementers", "sections", "contacts", "attachments"),
        *("funding_shares__funder", "funding_shares__programme"),
    )
    for project in projects.order_by("pk"):
        funders = {str(share).replace(", ", " / ", 1) for share in project.funding_shares.all()}
        text = CARD.format(
            name=project.name,
            type=project.project_type,
            portfolios="\xa0".join(map(str, project.portfolios.all())),
            summary="\n".join(map(summary_of, project.sections.all())),
            phase=project.get_phase_display(),
            start=f"{project.start_date:%d.%m.%Y}",
            end=f"{project.end_date:%d.%m.%Y}",
            funders="\n".join(sorted(funders)),
            implementers="\n".join(map(str, project.implementers.all())),
            contacts="\n".join(f"{c.role}, {c.unit}" for c in project.contacts.all()),
            attachments="\n".join(f"{a.title}   {a.url}" for a in project.attachments.all()),
        )
        yield Source(f"{project.code}.txt", text.encode())


def summary_of(section) -> str:  # noqa: ANN001
    """Return a section as plain text, list items with a hyphen."""
    text = section.body.replace("<li>", "- ").replace("</li>", "\n").replace("</p>", "\n")
    return f"{section.heading}\n{unescape(re.sub('<[^>]+>', '', text))}"


def empty() -> None:
    """Take the projects away and keep what they refer to."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Project._meta.db_table} CASCADE")


class Cost(NamedTuple):
    """Seconds of the clock, and of processors: of this process, its children and the database's."""

    clock: float
    processor: float

    def __add__(self, other: "Cost") -> "Cost":  # type: ignore[override]
        return Cost(self.clock + other.clock, self.processor + other.processor)


def cost(work: Callable[[], object]) -> Cost:
    start = _now()
    work()
    return Cost(*(after - before for after, before in zip(_now(), start, strict=True)))


def _now() -> tuple[float, float]:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time() + children.ru_utime + children.ru_stime
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.perf_counter(), own + int(backend.read_text().split()[0]) / 1e9


def bring_in(sources: list[Source]) -> dict[str, Cost]:
    """Import the texts as the command does; return the seconds of each step."""
    texts: list[CardText] = []
    plans: list[Plan] = []
    results: list[Result] = []
    steps = {
        "reading": cost(lambda: texts.extend(read_all(sources, PROCESSES))),
        "comparing": cost(lambda: plans.append(plan_texts(texts, Publication.PUBLISHED))),
        "comparing again and writing": cost(lambda: results.append(apply(plans[0]))),
        "versions and checks": cost(lambda: settle(results[0])),
    }
    other = {card.action for card in plans[0].cards} - {Action.NEW}
    if other:
        raise SystemExit(f"cards that were not brought in anew: {other}")
    return steps


def bring_in_again(sources: list[Source]) -> None:
    """Import the same texts once more."""
    result = apply(plan(sources, processes=PROCESSES))
    other = {card.action for card in result.cards} - {Action.UNCHANGED}
    if other:
        raise SystemExit(f"cards that did not stay as they were: {other}")


def copied_out() -> dict[str, bytes]:
    """Return the imported tables' rows as COPY gives them, by what COPY takes them back with."""
    dumps = {}
    for model in WRITTEN:
        columns = [f.column for f in model._meta.local_concrete_fields if not f.generated]
        names = f"{model._meta.db_table} ({', '.join(columns)})"
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {names} TO STDOUT") as copy,
        ):
            dumps[f"COPY {names} FROM STDIN"] = b"".join(copy)
    return dumps


def copy_in(dumps: dict[str, bytes]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, data in dumps.items():
            with cursor.copy(statement) as copy:
                copy.write(data)


def one_round(sources: list[Source]) -> tuple[int, dict[str, Cost]]:
    empty()
    steps = bring_in(sources)
    again = cost(lambda: bring_in_again(sources))
    indexing = cost(lambda: catch_up(None))
    dumps = copied_out()
    rows = sum(data.count(b"\n") for data in dumps.values())
    empty()
    raw = cost(lambda: copy_in(dumps))
    read = steps["comparing"] + steps["comparing again and writing"]
    first = read + steps["reading"]
    return rows, steps | {
        "first": first,
        "read": read,
        "again": again,
        "indexing": indexing,
        "raw": raw,
    }


def main(cards: int, rounds: int) -> None:
    real_name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = SCRATCH
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        make_register(cards, SEED)
        sources = list(texts_of_cards())
        found = [one_round(sources) for _round in range(rounds)]
    finally:
        connection.creation.destroy_test_db(real_name, verbosity=0)
    rows = found[0][0]
    print(f"{cards} cards, {rows} rows, seed {SEED}, best of {rounds}, clock | processors")
    best = {
        key: Cost(*(min(one[key][kind] for _rows, one in found) for kind in (0, 1)))
        for key in found[0][1]
    }
    for step in ("reading", "comparing", "comparing again and writing"):
        tell(f"  {step}", best[step], "of it", best["first"])
    tell("COPY", best["raw"], rows=rows)
    for what, key in (("cards that have been read", "read"), ("texts, with reading", "first")):
        tell(what, best[key], rows=rows, peer=best["raw"])
    tell("the same again", best["again"], "of the first", best["first"])
    tell("versions and checks, later", best["versions and checks"])
    tell("indexing for search, later", best["indexing"])


def tell(what: str, own: Cost, part: str = "", whole: Cost | None = None, **of: Any) -> None:
    """Print a step's seconds, clock first, with its part of a whole or its rows a second."""
    told = []
    for kind in (0, 1):
        text = f"{own[kind]:.2f} s"
        text += f", {own[kind] / whole[kind]:.2f} {part}" if whole else ""
        text += f", {of['rows'] / own[kind]:.0f} rows/s" if "rows" in of else ""
        text += f", ratio {of['peer'][kind] / own[kind]:.3f}" if "peer" in of else ""
        told.append(text)
    print(what, *told, sep=" | ")


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]]
    main(*[*sizes, *(1000, 3)[len(sizes) :]])
