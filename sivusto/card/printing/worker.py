"""The printing process: reads documents from standard input, writes PDFs to standard output.

Started by `Printer`, never by hand. It ends with its parent, at its limits, or when told.
"""

import gc
import json
import os
import sys
import threading
import time
import traceback
from typing import Any, BinaryIO

from sivusto.card.printing.frames import read_frame, write_frame
from sivusto.card.printing.options import PrinterOptions

try:
    import resource
except ImportError:  # no such limits on Windows
    resource = None  # type: ignore[assignment]

POLITENESS = 5
FORBIDDEN_EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen")
FORBIDDEN_PREFIXES = ("os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen")


def main() -> None:
    """Serve one parent until it closes the pipe."""
    requests, answers = _own_pipes()
    _give_way()
    setup = json.loads(read_frame(requests))
    options = PrinterOptions.from_json(setup["options"])
    _die_with(setup["parent"])
    _limit_memory(options.memory_limit_bytes)
    try:
        from sivusto.card.printing.render import Renderer  # noqa: PLC0415 - after the limits

        renderer = Renderer(options)
    except BaseException as error:
        _answer(answers, error=_describe(error))
        return
    sys.addaudithook(_forbid)
    _answer(answers)
    _serve(renderer, options, requests, answers)


def _serve(renderer: Any, options: PrinterOptions, requests: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            html = read_frame(requests).decode()
        except EOFError:
            return
        _limit_cpu(options.time_limit_s)
        try:
            pdf = renderer.print(html)
        except BaseException as error:
            _answer(answers, error=_describe(error), refused=renderer.refused)
            if not isinstance(error, Exception) or isinstance(error, MemoryError | RecursionError):
                return
        else:
            _answer(answers, pdf, refused=renderer.refused, remarks=renderer.remarks)
        gc.collect()


def _answer(answers: BinaryIO, pdf: bytes = b"", **facts: Any) -> None:
    write_frame(answers, json.dumps(facts).encode())
    write_frame(answers, pdf)


def _describe(error: BaseException) -> str:
    return "".join(traceback.format_exception(error, limit=-6))[-2000:]


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes, so that a stray `print` of some library cannot get between the frames."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    return requests, answers


def _die_with(parent: int) -> None:
    """End when the parent has gone, even in the middle of a render.

    Linux could do it by itself, but its signal comes when the *thread* that started the process
    ends, and a threaded server ends one after each request.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    if os.name == "posix":
        threading.Thread(target=watch, daemon=True).start()


def _give_way() -> None:
    """Leave the processor to whoever reads a page; a reader of a PDF is used to waiting."""
    if hasattr(os, "nice"):
        os.nice(POLITENESS)


def _limit_memory(size: int) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float) -> None:
    """Give the next document this much processor time; beyond it the system ends the process."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = int(used.ru_utime + used.ru_stime + seconds) + 2
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def _forbid(event: str, _: tuple[Any, ...]) -> None:
    """Refuse what printing never needs, should anything get past the file fetcher."""
    if event in FORBIDDEN_EVENTS or event.startswith(FORBIDDEN_PREFIXES):
        raise PermissionError(f"{event} is not for the printing process")


if __name__ == "__main__":
    main()
