"""Compare a cached page with a static file of its size, over HTTP on ``manage.py serve``.

    python -m benchmarks.cached_page [rounds] [path]

Starts a server on the database of DATABASE_URL (the embedded one without it) and asks it with eight
clients, in turns: the page, a static file of as many bytes, the page by its ETag, and an empty view
behind all of the site's middleware. All four are asked alike, on connections that the server may
keep or close as it likes. Prints the medians, their ratios, and whether a change was on the next
page in every worker: it writes a text page 30 times and puts it back as it was.
"""

import os
import statistics
import sys

from benchmarks.served.server import Load, asked, request, served

PORT, SECONDS, CHANGES = 8171, 1.5, 30


def measure(rounds, path):
    status, headers, body = asked(PORT, path)
    assert status == 200, status
    size = len(body)
    name = f"koe-{round(size / 250) * 250}.txt"
    assert len(asked(PORT, f"/static/{name}")[2]) == round(size / 250) * 250
    known = asked(PORT, path, [f"If-None-Match: {headers['etag']}"])
    assert (known[0], known[2]) == (304, b"")
    print(f"{path}: {size} bytes ({headers['content-encoding']}), the file {name}")
    loads = {
        "page": Load(PORT, request(PORT, path)),
        "file": Load(PORT, request(PORT, f"/static/{name}")),
        "known": Load(PORT, request(PORT, path, [f"If-None-Match: {headers['etag']}"])),
        "empty": Load(PORT, request(PORT, "/yllapito/tyhja")),
    }
    speeds = {name: [] for name in loads}
    for load in loads.values():
        load.run(0.5)
    for _ in range(rounds):
        for name, load in loads.items():
            speeds[name].append(load.run(SECONDS))
    return {name: statistics.median(values) for name, values in speeds.items()}


def changes_not_seen():
    """Return how many answers after a change showed the old page, of how many, in which workers."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.served.settings"
    import django

    django.setup()
    from sivusto.models import PageText

    text = PageText.objects.get(page=PageText.Page.PRIVACY)
    kept, workers, answers, old = text.body, set(), 0, 0
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


def main(rounds, path):
    with served(PORT):
        speeds = measure(rounds, path)
        print(", ".join(f"{name} {speed:.0f}/s" for name, speed in speeds.items()))
        page, known = speeds["page"] / speeds["file"], speeds["empty"] / speeds["known"]
        print(f"page / static file {page:.2f} (bar: at least 0.75)")
        print(f"time of a conditional request / an empty view {known:.2f} (bar: at most 1.15)")
        old, answers, workers = changes_not_seen()
    print(f"{CHANGES} changes, {answers} answers of {workers} workers: {old} old ones (bar 0)")


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    main(rounds, sys.argv[2] if len(sys.argv) > 2 else "/")
