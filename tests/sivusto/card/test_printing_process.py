"""A hung, hostile or dying print is nobody else's business."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from sivusto.card.printing import (
    Printer,
    PrinterOptions,
    PrintFailed,
    PrintTimeout,
    TooLargeToPrint,
)

SMALL = "<html lang=fi><title>Koe</title><h1>Koe</h1>"
# Within the limits of content, but pages without end: only the time limit ends it.
ENDLESS = SMALL + "<p>x</p>" * 1000 + "<style>p{height:9e4mm}</style>"


@pytest.fixture
def make_printer():
    printers = []

    def make(**limits):
        printers.append(Printer(PrinterOptions(roots={}, stylesheets=[], **limits)))
        return printers[-1]

    yield make
    for printer in printers:
        printer.close()


def test_the_process_starts_with_the_first_document_and_stays(make_printer):
    printer = make_printer()
    assert printer.process_id is None
    assert printer.print_html(SMALL).startswith(b"%PDF-1.7")
    first = printer.process_id
    printer.print_html(SMALL)
    assert printer.process_id == first != os.getpid()


def test_a_document_beyond_the_limits_starts_nothing(make_printer):
    printer = make_printer()
    with pytest.raises(TooLargeToPrint):
        printer.print_html("<ul><li>" * 200)
    assert printer.process_id is None


def test_a_hung_print_is_killed_and_the_next_one_works(make_printer):
    printer = make_printer(time_limit_s=0.5)
    printer.print_html(SMALL)
    hung = printer.process_id
    with pytest.raises(PrintTimeout, match="liian kauan"):
        printer.print_html(ENDLESS)
    assert not psutil.pid_exists(hung)
    assert printer.print_html(SMALL).startswith(b"%PDF")


def test_a_crash_is_told_and_the_next_print_works(make_printer):
    printer = make_printer()
    printer.print_html(SMALL)
    timer = threading.Timer(0.3, os.kill, (printer.process_id, signal.SIGSEGV))
    timer.start()
    with pytest.raises(PrintFailed, match="epäonnistui"):
        printer.print_html(ENDLESS)
    assert printer.print_html(SMALL).startswith(b"%PDF")


def test_a_process_that_died_idle_is_replaced_unnoticed(make_printer):
    printer = make_printer()
    printer.print_html(SMALL)
    os.kill(printer.process_id, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(printer.process_id)], timeout=0.2)
    assert printer.print_html(SMALL).startswith(b"%PDF")


def test_memory_has_a_limit(make_printer):
    printer = make_printer(memory_limit_bytes=120 * 1024**2, time_limit_s=60)
    with pytest.raises(PrintFailed):
        printer.print_html(ENDLESS)
    assert printer.print_html(SMALL).startswith(b"%PDF")


def test_the_process_is_renewed_after_its_share_of_documents(make_printer):
    printer = make_printer(documents_per_process=2)
    printer.print_html(SMALL)
    first = printer.process_id
    printer.print_html(SMALL)
    assert printer.process_id is None
    assert not psutil.pid_exists(first)


def test_threads_take_turns_and_get_their_own_document(make_printer):
    printer = make_printer()
    sizes = [len(printer.print_html(SMALL + "<p>sana " * number)) for number in (1, 90)]
    with ThreadPoolExecutor(4) as pool:
        pdfs = list(pool.map(printer.print_html, [SMALL + "<p>sana " * n for n in (1, 90) * 4]))
    assert [len(pdf) for pdf in pdfs] == sizes * 4


FORKING = f"""
import os
from sivusto.card.printing import Printer, PrinterOptions
printer = Printer(PrinterOptions(roots={{}}, stylesheets=[]))
printer.print_html({SMALL!r})
parents = printer.process_id
child = os.fork()
if child == 0:
    fresh = printer.process_id is None
    fine = printer.print_html({SMALL!r}).startswith(b"%PDF") and printer.process_id != parents
    printer.close()
    os._exit(0 if fresh and fine else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert printer.print_html({SMALL!r}).startswith(b"%PDF")
print(printer.process_id == parents)
"""


def test_a_forked_process_gets_a_printing_process_of_its_own():
    result = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, check=True)
    assert result.stdout.strip() == b"True"


PARENT = f"""
import os, sys, threading, time
from sivusto.card.printing import Printer, PrinterOptions
printer = Printer(PrinterOptions(roots={{}}, stylesheets=[]))
printer.print_html({SMALL!r})
print(printer.process_id, flush=True)
threading.Thread(target=printer.print_html, args=({ENDLESS!r},), daemon=True).start()
time.sleep(60)
"""


def test_the_process_ends_with_a_parent_that_is_killed_in_the_middle_of_a_print():
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        printing = psutil.Process(int(parent.stdout.readline()))
        time.sleep(0.3)
        parent.kill()
    psutil.wait_procs([printing], timeout=4)
    assert not printing.is_running() or printing.status() == psutil.STATUS_ZOMBIE


def test_the_site_s_secrets_are_not_passed_on(make_printer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "salaisuus")
    printer = make_printer()
    printer.print_html(SMALL)
    assert "SECRET_KEY" not in psutil.Process(printer.process_id).environ()
