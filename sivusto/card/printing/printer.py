"""The web process's side: one warm printing process, asked for one document at a time."""

import json
import logging
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any, BinaryIO

from sivusto.card.printing.errors import PrintFailed, PrintTimeout, gettext_noop
from sivusto.card.printing.frames import read_frame, write_frame
from sivusto.card.printing.limits import MOST_WEIGHT, check_printable
from sivusto.card.printing.options import PrinterOptions

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[3]
# What the process needs to find its libraries; secrets of the site stay out of it.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
PASSED_ON_PREFIX = "DYLD_"

_printers: "weakref.WeakSet[Printer]" = weakref.WeakSet()


class Printer:
    """Print documents in a process of its own, which is started at the first one.

    Safe to share between threads; a forked process starts a printing process of its own.
    """

    def __init__(self, options: PrinterOptions) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._process: _Process | None = None
        _printers.add(self)

    def print_html(self, html: str, most_weight: int = MOST_WEIGHT) -> bytes:
        """Return the document as PDF/UA-1.

        Raises TooLargeToPrint before anything is started, PrintTimeout after the time limit, and
        PrintFailed otherwise; none of them affects the next document. Addresses in the document
        that are not our own files are logged and left out.
        """
        check_printable(html, most_weight)
        with self._lock:
            process = self._ready()
            try:
                facts, pdf = process.ask(html.encode("utf-8", "replace"))
            except BaseException:
                self._stop()
                raise
            if process.printed >= self._options.documents_per_process or "error" in facts:
                self._stop()
        _log(facts)
        if "error" in facts:
            raise PrintFailed
        return pdf

    @property
    def process_id(self) -> int | None:
        """The running printing process, for monitoring; None when there is none."""
        return self._process.process_id if self._process else None

    def close(self) -> None:
        """End the printing process; the next document starts a new one."""
        with self._lock:
            self._stop()

    def _ready(self) -> "_Process":
        if self._process is None or not self._process.is_alive():
            self._stop()
            self._process = _Process(self._options)
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _forget(self) -> None:
        """Let go, in a forked process, of what belongs to the parent; its lock may be held."""
        self._lock = threading.Lock()
        if self._process is not None:
            self._process.abandon()
            self._process = None


class _Process:
    """One printing process and its pipes."""

    def __init__(self, options: PrinterOptions) -> None:
        self.printed = 0
        self._limit_s = options.time_limit_s
        self._expired = False
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "sivusto.card.printing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=PROJECT,
            env=_environment(),
            start_new_session=True,
        )
        self._finalizer = weakref.finalize(self, _end, self._popen, os.getpid())
        setup = {"options": options.to_json(), "parent": os.getpid()}
        facts, _ = self._exchange(json.dumps(setup).encode(), options.start_limit_s)
        if "error" in facts:
            self.kill()
            _log(facts)
            raise PrintFailed(gettext_noop("Tulostus ei käynnistynyt. Kerro asiasta ylläpidolle."))

    @property
    def process_id(self) -> int:
        return self._popen.pid

    def is_alive(self) -> bool:
        return not self._expired and self._popen.poll() is None

    def ask(self, html: bytes) -> tuple[dict[str, Any], bytes]:
        """Print one document; raise when there is no answer within the time limit."""
        self.printed += 1
        return self._exchange(html, self._limit_s)

    def kill(self) -> None:
        self._finalizer()

    def abandon(self) -> None:
        """Close this process's copies of the pipes and leave the printing process to its owner."""
        self._finalizer.detach()
        for pipe in _pipes(self._popen):
            pipe.close()
        self._popen.returncode = 0  # it is not our child: nobody is to wait for it

    def _exchange(self, request: bytes, limit_s: float) -> tuple[dict[str, Any], bytes]:
        watch = threading.Timer(limit_s, self._expire)
        watch.daemon = True
        watch.start()
        requests, answers = _pipes(self._popen)
        try:
            write_frame(requests, request)
            return json.loads(read_frame(answers)), read_frame(answers)
        except (OSError, EOFError) as error:
            if self._expired:
                logger.warning("printing was stopped after %s s", limit_s)
                raise PrintTimeout from error
            logger.warning("the printing process ended by itself: %s", self._popen.poll())
            raise PrintFailed from error
        finally:
            watch.cancel()

    def _expire(self) -> None:
        self._expired = True
        self._popen.kill()


def _pipes(popen: "subprocess.Popen[bytes]") -> tuple[BinaryIO, BinaryIO]:
    if popen.stdin is None or popen.stdout is None:
        raise PrintFailed
    return popen.stdin, popen.stdout  # type: ignore[return-value]


def _end(popen: "subprocess.Popen[bytes]", owner: int) -> None:
    if os.getpid() != owner:
        return
    popen.kill()
    for pipe in _pipes(popen):
        pipe.close()
    popen.wait()


def _environment() -> dict[str, str]:
    passed = {
        name: value
        for name, value in os.environ.items()
        if name in PASSED_ON or name.startswith(PASSED_ON_PREFIX)
    }
    # One arena: each further one reserves address space, which the memory limit counts.
    return passed | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def _log(facts: dict[str, Any]) -> None:
    for address in facts.get("refused", ()):
        logger.warning("refused to read %r for a PDF", address)
    for remark in facts.get("remarks", ()):
        logger.info("printing: %s", ascii(remark))
    if "error" in facts:
        logger.error("printing failed: %s", facts["error"])


def _forget_processes() -> None:
    for printer in list(_printers):
        printer._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_processes)
