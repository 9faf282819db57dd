"""Weigh pages over real HTTP and watch them being painted; run it from the project's root.

    python -m benchmarks.weight                        (serves the database of DATABASE_URL itself)
    python -m benchmarks.weight http://127.0.0.1:8000  (weighs a running site, paints nothing)

Takes the front page, lists and the cards of the first list as a first visit does: the page, then
the style sheets, scripts, icons and pictures that it names, with ``Accept-Encoding: gzip, br``.
Prints for each page the bytes over the wire (answers with their headers), the requests, and what
would be fetched from another host. Then loads four of them in Chromium, each in turn with a blank
page of the same server and with an empty cache, and prints the medians of the largest paint, their
ratio, and the greatest layout shift: as a phone in a 4G network sees them (the conditions of
Lighthouse's "slow 4G"), and over no network at all, where only the browser's own work is seen.
"""

import gzip
import re
import socket
import statistics
import sys
from functools import cache
from urllib.parse import urljoin, urlsplit

import brotli
from playwright.sync_api import Browser, sync_playwright

from benchmarks.served.server import HOST, served
from tests.chromium import ARGUMENTS, find

LISTS = ("/", "/hankkeet/", "/salkut/", "/rahoittajat/")
BYTES, REQUESTS = 10_000, 3
PATIENCE_S = 20
NAMED = (
    r'<link[^>]*rel="(?:stylesheet|icon|preload|modulepreload)"[^>]*href="([^"]+)"',
    r'<link[^>]*href="([^"]+)"[^>]*rel="(?:stylesheet|icon|preload|modulepreload)"',
    r'<(?:script|img|iframe|source|video|audio)[^>]*\ssrc="([^"]+)"',
)
CARD = re.compile(r'href="(/hankkeet/H\d+/)"')
PORT, PAINT_ROUNDS, BLANK = 8174, 15, "/yllapito/valkoinen"
Network = dict[str, float | bool]
NETWORKS: dict[str, Network | None] = {
    "4G": {
        "offline": False,
        "latency": 150,  # milliseconds
        "downloadThroughput": 1.6 * 1024 * 1024 / 8,  # bytes a second
        "uploadThroughput": 750 * 1024 / 8,
    },
    "no network": None,
}
WATCH = """() => new Promise(done => {
    let paint = 0, shift = 0, timer = setTimeout(() => done([paint, shift]), 10000);
    const painted = entry => {
        paint = entry.startTime;
        clearTimeout(timer);
        timer = setTimeout(() => done([paint, shift]), 300);
    };
    const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each))
        .observe({type, buffered: true});
    watch("largest-contentful-paint", painted);
    watch("layout-shift", entry => { shift += entry.value });
})"""
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@cache
def fetched(address: str) -> tuple[int, str]:
    """Return the bytes that came over the wire, and the text in them."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    asked = (
        f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n"
        "Accept: text/html,*/*\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: fi\r\n\r\n"
    )
    answer = b""
    with socket.create_connection(
        (parts.hostname, parts.port or 80), timeout=PATIENCE_S
    ) as connection:
        connection.sendall(asked.encode())
        while block := connection.recv(65536):
            answer += block
    head, _blank, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    if " 200 " not in f"{status} ":
        raise SystemExit(f"{address}: {status}")
    if headers.get("transfer-encoding") == "chunked":
        body = unchunked(body)
    text = DECODERS[headers.get("content-encoding", "")](body)
    return len(answer), text.decode("utf-8", "replace")


def unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _end, rest = body.partition(b"\r\n")
        whole += rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
    return whole


def weight(site: str, path: str) -> tuple[int, int, list[str]]:
    """Return the bytes and requests of a first visit, and addresses on other hosts."""
    size, html = fetched(urljoin(site, path))
    found = {name for pattern in NAMED for name in re.findall(pattern, html)}
    named = {urljoin(site, name) for name in found if not name.startswith("data:")}
    for sheet in [name for name in named if urlsplit(name).path.endswith(".css")]:
        style = fetched(sheet)[1]
        named |= {urljoin(sheet, u) for u in re.findall(r"url\(['\"]?(?!data:)([^)'\"]+)", style)}
    ours = [name for name in named if urlsplit(name).netloc == urlsplit(site).netloc]
    others = sorted(named - set(ours))
    return size + sum(fetched(name)[0] for name in ours), 1 + len(named), others


def main(site: str) -> None:
    cards = list(dict.fromkeys(CARD.findall(fetched(urljoin(site, "/hankkeet/"))[1])))
    worst_bytes, worst_requests, foreign = 0, 0, set[str]()
    silent = []
    for path in (*LISTS, *cards):
        try:
            size, requests, others = weight(site, path)
        except TimeoutError:
            silent.append(path)
            continue
        print(f"{path:<24} {size:>6} bytes, {requests} requests{', '.join(['', *others])}")
        worst_bytes, worst_requests = max(worst_bytes, size), max(worst_requests, requests)
        foreign |= set(others)
    if silent:
        print(f"no answer in {PATIENCE_S} s: {', '.join(silent)}")
    pages = len(LISTS) + len(cards)
    print(f"{pages - len(silent)} of {pages} pages: at most {worst_bytes} bytes (bar {BYTES}),")
    print(f"{worst_requests} requests (bar {REQUESTS}), {len(foreign)} to other hosts (bar 0)")


def painted(browser: Browser, address: str, network: Network | None) -> tuple[float, float]:
    """Return when the largest thing was painted (ms) and how much the layout shifted."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    if network:
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", {**network})
    page.goto(address, wait_until="load")
    paint, shift = page.evaluate(WATCH)
    context.close()
    return paint, shift


def paint(site: str, rounds: int = PAINT_ROUNDS) -> None:
    card = CARD.findall(fetched(urljoin(site, "/hankkeet/"))[1])[0]
    paths = ("/", "/hankkeet/", "/rahoittajat/", card)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        for name, network in NETWORKS.items():
            print(f"{name}:")
            for path in paths:
                compare(browser, site, path, network, rounds)
        browser.close()


def compare(browser: Browser, site: str, path: str, network: Network | None, rounds: int) -> None:
    pairs = []
    for number in range(rounds + 1):
        blank = painted(browser, urljoin(site, BLANK), network)[0]
        largest, shift = painted(browser, urljoin(site, path), network)
        pairs += [(blank, largest, shift)] if number else []
    blanks, ours, shifts = zip(*pairs, strict=True)
    ratio = statistics.median(b / a for a, b, _shift in pairs)
    print(
        f"{path:<24} largest paint {statistics.median(ours):.0f} ms, blank page "
        f"{statistics.median(blanks):.0f} ms, ratio {ratio:.2f} (bar 1.2), "
        f"layout shift {max(shifts):.3f} (bar 0)"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with served(PORT):
            main(f"http://{HOST}:{PORT}")
            paint(f"http://{HOST}:{PORT}")
