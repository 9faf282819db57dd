"""Compare importing cards' texts with raw COPY of the same rows; run it from the project's root.

    python -m benchmarks.import_cards [cards] [rounds]

Makes a register in a scratch database on the server of DATABASE_URL, writes its cards out as texts
of the old register, and brings them into the emptied tables: reading, rules, comparison, writing.
Then the same again, with nothing to change. The peer is COPY FROM STDIN of the very rows that the
import made, into the same tables with their indexes, foreign keys and triggers, in one transaction.

Prints rows a second of both, their ratio, where the import's time goes, and the second import's
time against the first's; the median of the rounds.
"""

import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from hankkeet.models import Project  # noqa: E402
from sivusto.models import ImportedCard  # noqa: E402
from sivusto.transfer.apply import apply  # noqa: E402
from sivusto.transfer.make_register import TABLES, make_register  # noqa: E402
from sivusto.transfer.plan import plan_texts  # noqa: E402
from sivusto.transfer.sources import Source  # noqa: E402
from sivusto.transfer.texts import CardText, read  # noqa: E402

SCRATCH = "hankkeet_benchmark_import"
SEED = 3
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


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bring_in(sources: list[Source]) -> dict[str, float]:
    """Import the texts; return the seconds of reading and of all the rest."""
    texts: list[CardText] = []
    steps = {"reading": seconds(lambda: texts.extend(map(read, sources)))}
    faulty = [text.messages for text in texts if text.is_faulty]
    if faulty:
        raise SystemExit(f"cards that cannot be read: {faulty[:3]}")
    plans = []
    steps["comparing"] = seconds(lambda: plans.append(plan_texts(texts, "published")))
    steps["comparing again and writing"] = seconds(lambda: apply(plans[0]))
    return steps


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


def one_round(sources: list[Source]) -> dict[str, float]:
    empty()
    steps = bring_in(sources)
    first = sum(steps.values())
    second = sum(bring_in(sources).values())
    dumps = copied_out()
    rows = sum(data.count(b"\n") for data in dumps.values())
    empty()
    raw = seconds(lambda: copy_in(dumps))
    return steps | {"first": first, "second": second, "raw": raw, "rows": rows}


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
    each = {key: statistics.median(one[key] for one in found) for key in found[0]}
    ours, raw = each["rows"] / each["first"], each["rows"] / each["raw"]
    print(f"{cards} cards, {each['rows']:.0f} rows, seed {SEED}, median of {rounds}")
    for step in ("reading", "comparing", "comparing again and writing"):
        print(f"  {step} {each[step]:.2f} s ({each[step] / each['first']:.0%})")
    print(f"import {ours:.0f} rows/s, COPY {raw:.0f} rows/s, ratio {ours / raw:.3f}")
    print(f"the same again {each['second']:.2f} s, first time {each['first']:.2f} s, ", end="")
    print(f"ratio {each['second'] / each['first']:.2f}")


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]]
    main(*[*sizes, *(1000, 3)[len(sizes) :]])
