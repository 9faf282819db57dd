"""Measure PDFs over HTTP on a site of its own process; run it from the project's root.

    DATABASE_URL=postgres://… python -m benchmarks.pdf_serving [rounds]

Starts `manage.py serve` on a free port with folders of its own (the database is read, and migrated
as always; cards are printed, none is written). Prints four things, each against its peer in the
same run, taken in turns:

- an unchanged card's PDF against the same card fresh (its file taken away before), and against a
  static file of the same size from the same server;
- the list while cards are printed without a pause, against the list at rest;
- the list and a fresh card while one web process has a printing process that hangs (stopped by a
  signal), and what the others are told meanwhile.

The list's address changes each time, so that no cache answers for it.
"""

import gzip
import http.client
import itertools
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

HOST = "127.0.0.1"
START_LIMIT_S = 240
LIST = "/hankkeet/?vuosi={}&sivu={}"


def ms_p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] * 1000


class Site:
    """The running site, asked over connections of the asker's own."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder

    def get(self, path: str) -> tuple[int, bytes, float]:
        """Return status, body and seconds of one request with its own connection."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body, time.perf_counter() - start

    def timed(self, path: str) -> float:
        status, _, seconds = self.get(path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return seconds

    def forget_printed(self) -> None:
        for file in (self.folder / "pdf").glob("??/*.pdf"):
            file.unlink(missing_ok=True)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "HANKKEET_VAR": str(folder)}
    command = [sys.executable, "manage.py", "serve"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            site = Site(port, folder)
            wait_for(site)
            yield site
        finally:
            server.terminate()
            server.wait(60)


def wait_for(site: Site) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        try:
            site.timed("/robots.txt")
        except OSError:
            time.sleep(1)
        else:
            return
    raise RuntimeError("the site did not start")


def printing_processes() -> list[psutil.Process]:
    """Return the web workers' printing processes; the one that prints ahead is not theirs."""
    found = []
    for process in psutil.Process().children(recursive=True):
        line = " ".join(process.cmdline())
        if "printing.worker" in line and "print_cards" not in " ".join(process.parent().cmdline()):
            found.append(process)
    return found


def codes(site: Site) -> list[str]:
    found: list[str] = []
    for page in range(1, 6):
        text = get_plain(site, f"/hankkeet/?sivu={page}")
        found += re.findall(r'href="/hankkeet/(H\d+)/"', text)
    return list(dict.fromkeys(found))


def get_plain(site: Site, path: str) -> str:
    body = site.get(path)[1]
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def unchanged(site: Site, cards: list[str], rounds: int) -> None:
    """Fresh, unchanged and static in turns."""
    card = f"/hankkeet/{cards[0]}/kortti.pdf"
    for code in cards[1:9]:  # every worker's printing process is warm
        site.timed(f"/hankkeet/{code}/kortti.pdf")
    size = len(site.get(card)[1])
    fresh, kept, static = [], [], []
    for _ in range(rounds):
        site.forget_printed()
        fresh.append(site.timed(card))
        for _ in range(4):
            site.timed(card)  # each worker has found the file
        for _ in range(10):
            kept.append(site.timed(card))
            static.append(site.timed("/static/same-size.pdf"))
    print(f"{size} bytes; p95: fresh {ms_p95(fresh):.0f} ms, ", end="")
    print(f"unchanged {ms_p95(kept):.2f} ms, static {ms_p95(static):.2f} ms")
    print(f"unchanged/fresh {ms_p95(kept) / ms_p95(fresh):.3f} (bar 0.02), ", end="")
    print(f"unchanged/static {ms_p95(kept) / ms_p95(static):.2f} (bar 3)")


def beside_printing(site: Site, cards: list[str], rounds: int) -> None:
    """The list at rest and while cards are printed without a pause, in turns."""
    addresses = (LIST.format(2000 + n % 26, 1 + n // 26) for n in itertools.count())
    rest, beside, printed = [], [], []
    for _ in range(4):
        rest += [site.timed(next(addresses)) for _ in range(rounds)]
        stop = threading.Event()

        def print_on(stop: threading.Event = stop) -> None:
            for code in itertools.cycle(cards):
                if stop.is_set():
                    return
                site.forget_printed()
                printed.append(site.get(f"/hankkeet/{code}/kortti.pdf")[2])

        printing = threading.Thread(target=print_on)
        printing.start()
        beside += [site.timed(next(addresses)) for _ in range(rounds)]
        stop.set()
        printing.join()
    print(f"list p95 at rest {ms_p95(rest):.0f} ms, beside {len(printed)} prints ", end="")
    print(f"{ms_p95(beside):.0f} ms, ratio {ms_p95(beside) / ms_p95(rest):.2f} (bar 1.1)")


def beside_a_hang(site: Site, cards: list[str], rounds: int) -> None:
    """The list while two readers' cards hang in one worker, and what becomes of other cards."""
    for process in printing_processes():
        process.send_signal(signal.SIGSTOP)
    site.forget_printed()
    begun = time.monotonic()
    hung = [
        threading.Thread(target=site.get, args=(f"/hankkeet/{code}/kortti.pdf",))
        for code in cards[:2]
    ]
    for reader in hung:
        reader.start()
    time.sleep(0.5)
    seen = [site.timed(LIST.format(2000 + n % 26, 30 + n // 26)) for n in range(rounds)]
    answers = [site.get(f"/hankkeet/{code}/kortti.pdf")[::2] for code in cards[2:5]]
    for reader in hung:
        reader.join()
    back = time.monotonic() - begun
    again, _, seconds = site.get(f"/hankkeet/{cards[5]}/kortti.pdf")
    print(f"while printing hangs: list p95 {ms_p95(seen):.0f} ms (bar 500), other cards ", end="")
    print(", ".join(f"{status} in {seconds:.1f} s" for status, seconds in answers))
    print(f"the hung ones were answered in {back:.1f} s, the next card {again} in {seconds:.1f} s")


def main(rounds: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="pdf-serving-"))
    try:
        with running_site(folder) as site:
            cards = codes(site)
            pdf = site.get(f"/hankkeet/{cards[0]}/kortti.pdf")[1]
        # Static files are found at the start.
        (folder / "static/same-size.pdf").write_bytes(pdf)
        with running_site(folder) as site:
            unchanged(site, cards, rounds)
            beside_printing(site, cards, rounds * 3)
            beside_a_hang(site, cards, rounds * 2)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
