"""Compare the pages around the list on a big register with the same on a small one, over HTTP.

    DATABASE_URL=postgres://…/small python manage.py make_register 1000       (and reindex)
    DATABASE_URL=postgres://…/big python manage.py make_register 100000
    python -m benchmarks.summary_pages postgres://…/big postgres://…/small [rounds]

Serves both, without page cache, and asks each page of the one and of the other in turns, so that
every page is made anew. Prints the medians and p95 in milliseconds, and the ratio of the medians.
Of portfolios and funders it takes the biggest, with first, last and middle page.
"""

import re
import statistics
import sys
import time

from benchmarks.served.server import asked, served

PORTS = {"big": 8172, "small": 8173}
PLAIN = ("Accept-Encoding: identity",)
FIXED = ("/", "/salkut/", "/rahoittajat/", "/sitemap.xml", "/sitemap-hankkeet.xml", "/tietosuoja/")


def text(port: int, path: str) -> str:
    status, _headers, body = asked(port, path, PLAIN)
    assert status == 200, (path, status)
    return body.decode()


def biggest(port: int, path: str, row: str) -> str:
    """Return the address on the page with the greatest number beside it."""
    number = r"(?:&nbsp;|\xa0|\d)+"
    found = re.findall(row.replace("NUMBER", f"({number})"), text(port, path), re.DOTALL)
    return max(found, key=lambda pair: int(re.sub(r"\D", "", pair[1])))[0]


def pages(port: int) -> dict[str, str]:
    """Return the addresses to ask, by what they are on either register."""
    portfolio = biggest(
        port, "/salkut/", r'<a href="(/salkut/[^"]+/)">(?:(?!<h2).)*?<li>NUMBER hank'
    )
    funder = biggest(
        port,
        "/rahoittajat/",
        r'<a href="(/rahoittajat/[^"]+/)">(?:(?!<tr).)*?<td class="n">NUMBER</td>',
    )
    card = re.search(r'href="(/hankkeet/H\d+/)"', text(port, "/hankkeet/"))
    assert card
    found = {path: path for path in FIXED} | {"card": card[1]}
    for name, path in (("portfolio", portfolio), ("funder", funder)):
        numbers = [int(n) for n in re.findall(r'href="[^"]*sivu=(\d+)"', text(port, path))]
        last = max(numbers, default=1)
        found |= {name: path, f"{name}, last": f"{path}?sivu={last}"}
        found |= {f"{name}, middle": f"{path}?sivu={last // 2 + 1}"}
    return found


def main(big: str, small: str, rounds: int) -> None:
    options = {"HANKKEET_PAGE_CACHE_MB": "0"}
    with (
        served(PORTS["big"], DATABASE_URL=big, **options),
        served(PORTS["small"], DATABASE_URL=small, **options),
    ):
        addresses = {size: pages(port) for size, port in PORTS.items()}
        times: dict[tuple[str, str], list[float]] = {}
        for number in range(rounds + 1):
            for page in addresses["big"]:
                for size, port in PORTS.items():
                    start = time.perf_counter()
                    assert asked(port, addresses[size][page])[0] == 200
                    if number:  # the first round only warms
                        spent = (time.perf_counter() - start) * 1000
                        times.setdefault((page, size), []).append(spent)
    print(f"{'page':<24}{'big p50':>9}{'p95':>8}{'small p50':>11}{'p95':>8}{'ratio':>7}")
    for page in addresses["big"]:
        row = []
        for size in PORTS:
            values = sorted(times[page, size])
            row += [statistics.median(values), values[int(len(values) * 0.95)]]
        print(f"{page:<24}{row[0]:>9.0f}{row[1]:>8.0f}{row[2]:>11.0f}{row[3]:>8.0f}", end="")
        print(f"{row[0] / row[2]:>7.2f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 20)
