"""A few printing processes, and a limit to how many people wait for them.

A web process answers from a few threads. Whoever waits for a printer holds one of them, so that
without a limit a few documents that hang would take all, and nobody could read even a list.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sivusto.card.printing.errors import PrinterBusy
from sivusto.card.printing.limits import MOST_WEIGHT
from sivusto.card.printing.options import PrinterOptions
from sivusto.card.printing.printer import Printer

PRINTERS = 2
# How many may print or wait at once in one web process; it must have more threads than these.
PLACES = 4
PATIENCE_S = 5.0


class PrinterPool:
    """Print with the first printer that is free; the second starts only when it is needed.

    So one document that hangs keeps nobody from printing. Safe to share between threads.
    """

    def __init__(
        self,
        options: PrinterOptions,
        *,
        printers: int = PRINTERS,
        places: int = PLACES,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.patience_s = patience_s
        self.places = places
        self._free = [Printer(options) for _ in range(printers)]
        self._changed = threading.Condition()
        self._tickets = threading.BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one of the places; raise PrinterBusy at once when all are taken."""
        if not self._tickets.acquire(blocking=False):
            raise PrinterBusy
        try:
            yield
        finally:
            self._tickets.release()

    def print_html(self, html: str, most_weight: int = MOST_WEIGHT) -> bytes:
        """Return the document as PDF/UA-1.

        Raises PrinterBusy when no printer gets free in `patience_s`, else what `Printer` raises.
        """
        printer = self._take()
        try:
            return printer.print_html(html, most_weight)
        finally:
            with self._changed:
                self._free.insert(0, printer)
                self._changed.notify()

    def close(self) -> None:
        """End the printing processes that are idle."""
        with self._changed:
            for printer in self._free:
                printer.close()

    def _take(self) -> Printer:
        deadline = time.monotonic() + self.patience_s
        with self._changed:
            while not self._free:
                if not self._changed.wait(deadline - time.monotonic()):
                    raise PrinterBusy
            return self._free.pop(0)
