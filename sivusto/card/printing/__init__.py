"""Printing: an HTML document in, a PDF/UA file out, in a process apart from the web's."""

from sivusto.card.printing.errors import (
    PrinterBusy,
    PrintError,
    PrintFailed,
    PrintTimeout,
    TooLargeToPrint,
)
from sivusto.card.printing.limits import MOST_WEIGHT, check_printable
from sivusto.card.printing.options import PrinterOptions
from sivusto.card.printing.pool import PrinterPool
from sivusto.card.printing.printer import Printer
from sivusto.card.printing.store import PdfStore
from sivusto.card.printing.text import printable_text

__all__ = [
    "MOST_WEIGHT",
    "PdfStore",
    "PrintError",
    "PrintFailed",
    "PrintTimeout",
    "Printer",
    "PrinterBusy",
    "PrinterOptions",
    "PrinterPool",
    "TooLargeToPrint",
    "check_printable",
    "printable_text",
]
