"""Ask the list ten thousand hostile queries; run it from the project's root.

    DATABASE_URL=… python -m benchmarks.queries [queries] [seed]

The queries are those of ``tests/hostile.py`` (control characters, quotes, 10 000 letters, tsquery
syntax, emoji, nothing but stop words, endless compounds, slips). They go through the whole site by
Django's test client, as a reader without a session asks, on connections with the time limit that
web processes have. Every twentieth request is the plain list, first time seen, which is the peer.
Use a copy of a register of 100 000 (``manage.py make_register 100000``) that nothing else uses.

Prints the answers by status (anything but 200 is an error; 503 is a statement that was cancelled),
and the median, 95th percentile and maximum of the queries' times as ratios to the plain list's
median.
"""

import os
import statistics
import sys
import time
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from sivusto.search import passages  # noqa: E402
from sivusto.search.bitmaps.keeper import keeper  # noqa: E402
from sivusto.security.limits import limit_statements  # noqa: E402
from tests.hostile import KINDS, queries  # noqa: E402

PEER_EVERY = 20
SLOWEST = 5


def asked(client: Client, query: str | None, page: int) -> tuple[int, float]:
    """Return the status and the seconds of a request; without a query, of a page of the list."""
    data = {"sivu": page} if query is None else {"q": query}
    start = time.perf_counter()
    response = client.get("/hankkeet/", data)
    response.getvalue()
    return response.status_code, time.perf_counter() - start


def main(number: int, seed: int) -> int:
    """Ask and tell; return how many answers were no 200."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing need be collected
    )
    keeper.build(warm_s=20)  # as a serving process begins
    keeper.builds_itself = True
    passages.warm()
    limit_statements()
    client = Client(raise_request_exception=False)
    texts = queries(number, seed)
    asked(client, "alku", 1)
    answers: Counter[int] = Counter()
    plain: list[float] = []
    times: list[tuple[float, str]] = []
    for place, text in enumerate(texts):
        if place % PEER_EVERY == 0:
            plain.append(asked(client, None, 1 + place // PEER_EVERY)[1])
        status, seconds = asked(client, text, 1)
        answers[status] += 1
        times.append((seconds, text))
        if status != 200:
            print(f"  {status}: {ascii(text)[:100]}")
    tell(answers, plain, sorted(times, reverse=True))
    return number - answers[200]


def tell(answers: Counter[int], plain: list[float], times: list[tuple[float, str]]) -> None:
    """Print the figures."""
    peer = statistics.median(plain)
    seconds = sorted(second for second, _text in times)
    figures = {
        "p50": statistics.median(seconds),
        "p95": seconds[int(len(seconds) * 0.95)],
        "max": seconds[-1],
    }
    print(f"{len(times)} queries of {len(KINDS)} kinds, answers {dict(answers)}")
    print(f"plain list p50 {peer * 1000:.0f} ms (the peer), max {max(plain) / peer:.2f}")
    print(
        ", ".join(f"{name} {value / peer:.2f}" for name, value in figures.items()) + " x the peer"
    )
    for second, text in times[:SLOWEST]:
        print(f"  {second / peer:6.2f} x  {ascii(text)[:80]}")


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(1 if main(*(arguments + [10_000, 1][len(arguments) :])) else 0)
