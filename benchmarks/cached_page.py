"""Compare a cached page with a static file of its size, over HTTP on ``manage.py serve``.

    python -m benchmarks.cached_page [rounds] [path]

Starts a server on the database of DATABASE_URL (the embedded one without it) and asks it with eight
clients, in turns: the page, a static file of as many bytes, the page by its ETag, and an empty view
behind all of the site's middleware. All four are asked alike, on connections that the server may
keep or close as it likes. Prints the medians of the rounds, those of their ratios, and whether a
change was on the next page in every worker: it writes a text page 30 times and puts it back.
"""

import os
import statistics
import sys

from benchmarks.served.server import Load, asked, request, served

PORT, SECONDS, CHANGES, STEP = 8171, 0.4, 30, 250


def measure(rounds: int, path: str) -> dict[str, list[float]]:
    """Return the answers a second of each of the four, round by round."""
    status, headers, body = asked(PORT, path)
    assert status == 200, status
    file = f"/static/koe-{round(len(body) / STEP) * STEP}.txt"
    assert len(asked(PORT, file)[2]) == round(len(body) / STEP) * STEP
    condition = [f"If-None-Match: {headers['etag']}"]
    known = asked(PORT, path, condition)
    assert (known[0], known[2]) == (304, b"")
    print(f"{path}: {len(body)} bytes ({headers['content-encoding']}); {file}")
    loads = {
        "page": Load(PORT, request(PORT, path)),
        "file": Load(PORT, request(PORT, file)),
        "known": Load(PORT, request(PORT, path, condition)),
        "empty": Load(PORT, request(PORT, "/yllapito/tyhja")),
    }
    for load in loads.values():
        load.run(0.5)
    speeds: dict[str, list[float]] = {name: [] for name in loads}
    for _ in range(rounds):
        for name, load in loads.items():
            speeds[name].append(load.run(SECONDS))
    return speeds


def ratio(speeds: dict[str, list[float]], one: str, other: str) -> float:
    """Return the median of the rounds' ratios: the two stood next to each other in each."""
    return statistics.median(a / b for a, b in zip(speeds[one], speeds[other], strict=True))


def changes_not_seen() -> tuple[int, int, int]:
    """Return how many answers after a change showed the old page, of how many, in which workers."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.served.settings"
    import django

    django.setup()
    from sivusto.models import PageText

    text = PageText.objects.get(page=PageText.Page.PRIVACY)
    kept, workers, answers, old = text.body, set[str](), 0, 0
    try:
        for number in range(CHANGES):
            PageText.objects.filter(pk=text.pk).update(body=f"<p>Muutos {number}.</p>")
            seen = set()
            for _ in range(200):
                _status, headers, body = asked(PORT, "/tietosuoja/", ["Accept-Encoding: identity"])
                answers += 1
                old += f"Muutos {number}.".encode() not in body
                seen.add(headers["x-worker"])
                if len(seen) > 1:
                    break
            workers |= seen
    finally:
        PageText.objects.filter(pk=text.pk).update(body=kept)
    return old, answers, len(workers)


def main(rounds: int, path: str) -> None:
    with served(PORT):
        speeds = measure(rounds, path)
        medians = {name: statistics.median(values) for name, values in speeds.items()}
        print(", ".join(f"{name} {speed:.0f}/s" for name, speed in medians.items()))
        print(f"page / static file {ratio(speeds, 'page', 'file'):.2f} (bar: at least 0.75)")
        conditional = ratio(speeds, "empty", "known")
        print(f"time of a conditional request / an empty view {conditional:.2f} (at most 1.15)")
        old, answers, workers = changes_not_seen()
    print(f"{CHANGES} changes, {answers} answers of {workers} workers: {old} old ones (bar 0)")


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    main(rounds, sys.argv[2] if len(sys.argv) > 2 else "/")
