"""A few printers and a few places before them: a document that hangs is nobody else's wait."""

import threading
from unittest.mock import patch

import pytest

from sivusto.card.printing import Printer, PrinterBusy, PrinterOptions, PrinterPool
from sivusto.management.commands.serve import THREADS

OPTIONS = PrinterOptions(roots={}, stylesheets=[])


@pytest.fixture
def hung():
    """Stand in for printers, where a document named "hangs" does so until the test ends."""
    released, begun = threading.Event(), threading.Semaphore(0)

    def print_html(_printer, html, _weight):
        begun.release()
        if html == "hangs":
            released.wait()
        return html.encode()

    with patch.object(Printer, "print_html", print_html):
        yield begun
        released.set()


def hang(pool, begun, number):
    for _ in range(number):
        threading.Thread(target=pool.print_html, args=("hangs",), daemon=True).start()
    for _ in range(number):
        assert begun.acquire(timeout=10)


def test_others_print_while_one_hangs(hung):
    pool = PrinterPool(OPTIONS, printers=2)
    hang(pool, hung, 1)
    assert [pool.print_html(text) for text in ("a", "b")] == [b"a", b"b"]


def test_nobody_waits_for_ever_when_all_hang(hung):
    pool = PrinterPool(OPTIONS, printers=2, patience_s=0.05)
    hang(pool, hung, 2)
    with pytest.raises(PrinterBusy, match="hetken kuluttua"):
        pool.print_html("a")


def test_a_printer_that_failed_is_free_for_the_next(hung):
    pool = PrinterPool(OPTIONS, printers=1, patience_s=0.05)
    with patch.object(Printer, "print_html", side_effect=PrinterBusy), pytest.raises(PrinterBusy):
        pool.print_html("a")
    assert pool.print_html("b") == b"b"


def test_who_finds_no_place_is_sent_away_at_once():
    pool = PrinterPool(OPTIONS, places=1)
    with pool.place(), pytest.raises(PrinterBusy), pool.place():
        pass
    with pool.place():
        pass


def test_half_the_threads_of_a_web_process_never_wait_for_a_printer():
    assert PrinterPool(OPTIONS).places <= THREADS // 2
