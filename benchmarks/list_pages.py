"""Measure filtered and searched lists over HTTP against Datasette and plain Django.

    python3 -m venv /somewhere; /somewhere/bin/pip install datasette
    DATABASE_URL=postgres://… python -m benchmarks.list_pages --datasette /somewhere/bin/datasette

The database is a scratch one (see ``grow_register``); a table with the peers' words is made in it.
Each address of the mix is asked once in the whole run, of all the sites in turn. Prints the median
and the 95th percentile of each site, ours as a ratio to each, by kind of address and together, and
the last page of lists against their first. ``--small URL`` names a smaller database to compare
with; without ``--datasette`` that is all, as for a register of a million.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from benchmarks.peers import PLAIN, free_port, make_sqlite, served

PHASES = {
    "suunnitteilla": "planned",
    "kaynnissa": "running",
    "paattynyt": "ended",
    "keskeytetty": "discontinued",
}
SEED = 7
DATASETTE_NAME = "register"
FIRST = {"ours": "/salkut/", "django": "/?sivu=1", "datasette": "/", "small": "/salkut/"}
Times = dict[str, dict[str, list[float]]]  # milliseconds by site and kind of list
COLUMN_FACETS = [("_facet", name) for name in ("phase", "type", "year")]
ARRAY_FACETS = [("_facet_array", name) for name in ("portfolios", "funders")]


@dataclass(frozen=True)
class Ask:
    """One list: of what kind it is, and what it asks for."""

    kind: str
    words: str = ""
    phase: str = ""
    portfolio: str = ""
    page: int = 1

    def ours(self) -> str:
        names = {"q": self.words, "vaihe": self.phase, "salkku": self.portfolio}
        query = {name: value for name, value in names.items() if value}
        if self.page > 1:
            query["sivu"] = str(self.page)
        return "/hankkeet/" + (f"?{urlencode(query)}" if query else "")

    def plain(self) -> str:
        ours = self.ours().removeprefix("/hankkeet")
        return ours.replace(f"vaihe={self.phase}", f"vaihe={PHASES.get(self.phase, '')}")

    def datasette(self, *, is_full: bool) -> str:
        query = [*COLUMN_FACETS, *(ARRAY_FACETS if is_full else []), ("_size", "20")]
        if self.words:
            query.append(("_search", self.words))
        if self.phase:
            query.append(("phase", PHASES[self.phase]))
        if self.portfolio:
            query.append(("portfolios__arraycontains", self.portfolio))
        return f"/{DATASETTE_NAME}/projects?{urlencode(query)}"


def asks(connection: psycopg.Connection, number: int) -> list[Ask]:
    """Draw so many different lists of each kind."""
    dice = random.Random(SEED)
    texts = connection.execute(
        "SELECT body FROM hankkeet_section ORDER BY md5(id::text) LIMIT 3000"
    )
    met = Counter(
        word
        for (body,) in texts
        for word in set(re.findall(r"\b[a-zåäö]{5,}\b", re.sub("<[^>]+>", " ", body).lower()))
    )
    ranked = sorted((word for word in met if met[word] > 1), key=lambda word: (-met[word], word))
    tiers = [ranked[:40], ranked[40:400], ranked[400:]]
    slugs = [row[0] for row in connection.execute("SELECT slug FROM salkut_portfolio ORDER BY id")]
    pages = connection.execute(
        "SELECT count(*) / 20 FROM hankkeet_project WHERE publication = 'published'"
    ).fetchone()[0]

    def word() -> str:
        return dice.choice(dice.choice(tiers))

    makers = {
        "front": lambda: Ask("front", page=dice.randint(1, pages)),
        "filter": lambda: Ask(
            "filter",
            phase=dice.choice([*PHASES]),
            portfolio=dice.choice(slugs),
            page=dice.randint(1, 9),
        ),
        "word": lambda: Ask("word", words=word()),
        "two words": lambda: Ask("two words", words=f"{word()} {word()}"),
        "word+filter": lambda: Ask("word+filter", words=word(), phase=dice.choice([*PHASES])),
    }
    found: dict[Ask, None] = {}
    for make in makers.values():
        wanted = len(found) + number
        while len(found) < wanted:
            found[make()] = None
    mixed = list(found)
    dice.shuffle(mixed)
    return mixed


def milliseconds(port: int, path: str) -> float:
    """Ask once, on a connection of its own, and read all that is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    took = (time.perf_counter() - start) * 1000
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return took


def p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def table(times: Times) -> None:
    """Print medians and percentiles, and ours against each."""
    print(f"{'':24}{'n':>5}{'p50 ms':>10}{'p95 ms':>10}{'ours/p50':>10}{'ours/p95':>10}")
    for kind in ["all", *sorted({kind for by_kind in times.values() for kind in by_kind})]:
        for site, by_kind in times.items():
            some = [t for k, ts in by_kind.items() for t in ts if kind in ("all", k)]
            ours = [t for k, ts in times["ours"].items() for t in ts if kind in ("all", k)]
            if some:
                middle, high = statistics.median(some), p95(some)
                print(
                    f"{kind:12}{site:12}{len(some):5}{middle:10.1f}{high:10.1f}"
                    f"{statistics.median(ours) / middle:10.3f}{p95(ours) / high:10.3f}"
                )


def last_against_first(port: int, connection: psycopg.Connection, rounds: int) -> None:
    """Compare the last page of lists with their first, interleaved; each address once."""
    slugs = [row[0] for row in connection.execute("SELECT slug FROM rahoitus_funder ORDER BY id")]
    first, last = [], []
    for slug in slugs[:rounds]:
        list_ = f"/hankkeet/?rahoittaja={slug}&vaihe=paattynyt&vaihe=kaynnissa"
        first.append(milliseconds(port, list_))
        last.append(milliseconds(port, f"{list_}&sivu=9999999"))
    for page in range(rounds):
        first.append(milliseconds(port, f"/hankkeet/?jarjestys=summa&sivu={page + 2}"))
        last.append(milliseconds(port, f"/hankkeet/?jarjestys=summa&sivu={9_999_999 - page}"))
    ratio = statistics.median(last) / statistics.median(first)
    print(f"last page against first: {ratio:.2f} (bar 1.2), p95 {p95(last) / p95(first):.2f}")


def main(arguments: argparse.Namespace) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection, ExitStack() as stack:
        ports = {"ours": stack.enter_context(site(free_port()))}
        if arguments.datasette:
            ports |= peers(connection, stack, arguments)
        if arguments.small:
            ports["small"] = stack.enter_context(site(free_port(), DATABASE_URL=arguments.small))
        time.sleep(arguments.settle)
        table(compare(asks(connection, arguments.number), ports, arguments.full_every))
        last_against_first(ports["ours"], connection, arguments.number)


def site(port: int, **environment: str) -> AbstractContextManager[int]:
    """Serve the site itself."""
    command = [sys.executable, "manage.py", "serve", "--bind", f"127.0.0.1:{port}"]
    return served(command, port, environment)


def peers(
    connection: psycopg.Connection, stack: ExitStack, arguments: argparse.Namespace
) -> dict[str, int]:
    """Make what plain Django and Datasette read, and serve them."""
    connection.execute(PLAIN)
    connection.commit()
    connection.execute("ANALYZE benchmark_text")
    folder = arguments.keep or Path(tempfile.mkdtemp())
    file = folder / f"{DATASETTE_NAME}.db"  # which names its addresses
    if not file.exists():
        make_sqlite(connection, file)
    ports = {"django": free_port(), "datasette": free_port()}
    plain = f"{sys.executable} -m gunicorn -w 2 benchmarks.plain_list:application -b"
    limits = "--setting facet_time_limit_ms 100000 --setting sql_time_limit_ms 100000"
    for name, command, environment in (
        (
            "django",
            f"{plain} 127.0.0.1:{ports['django']}",
            {"DJANGO_SETTINGS_MODULE": "benchmarks.plain_settings"},
        ),
        (
            "datasette",
            f"{arguments.datasette} serve -i {file} {limits} --port {ports['datasette']}",
            {},
        ),
    ):
        stack.enter_context(served(command.split(), ports[name], environment))
    return ports


def compare(mix: list[Ask], ports: dict[str, int], full_every: int) -> Times:
    """Ask each list of all the sites in turn; return the milliseconds by site and kind."""
    times: Times = {}

    def ask(name: str, port: str, ask: Ask, path: str) -> None:
        if port in ports:
            took = milliseconds(ports[port], path)
            times.setdefault(name, {}).setdefault(ask.kind, []).append(took)

    for _each in range(2):  # both workers of each have their code loaded
        for port, path in FIRST.items():
            if port in ports:
                milliseconds(ports[port], path)
    for place, each in enumerate(mix):
        ask("ours", "ours", each, each.ours())
        ask("django", "django", each, each.plain())
        ask("datasette 3", "datasette", each, each.datasette(is_full=False))
        if place % full_every == 0:
            ask("datasette 5", "datasette", each, each.datasette(is_full=True))
        ask("small", "small", each, each.ours())
    return times


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasette", help="the path of its executable; without it no peers")
    parser.add_argument("--keep", type=Path, help="a folder to keep Datasette's file in")
    parser.add_argument("--number", type=int, default=20, help="lists of each kind")
    parser.add_argument("--full-every", type=int, default=8, help="5 facets for each so manieth")
    parser.add_argument("--settle", type=int, default=20, help="seconds for warming up")
    parser.add_argument("--small", help="the address of a hundredth's database")
    main(parser.parse_args())
