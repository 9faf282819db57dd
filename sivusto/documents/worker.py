"""The process that reads: a file as standard input, its text as JSON to standard output.

Started by ``read_document``, never by hand. It ends at its limits.
"""

import json
import os
import sys
from typing import IO, Any

from sivusto.documents.model import DocumentError, Limits, Text

try:
    import resource
except ImportError:  # no such limits on Windows
    resource = None  # type: ignore[assignment]

TOO_HEAVY = "Tiedoston lukeminen vei liikaa muistia, joten se keskeytettiin."


def main() -> None:
    """Read one file of the kind given as first argument, within the limits of the second."""
    suffix, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    _hold(limits)
    answer: dict[str, Any]
    try:
        with os.fdopen(sys.stdin.fileno(), "rb") as file:
            answer = read(file, suffix, limits).packed()
    except DocumentError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": TOO_HEAVY}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def read(file: IO[bytes], suffix: str, limits: Limits) -> Text:
    """Return the text of an open file; each format's reader is loaded after the limits hold."""
    # ruff: noqa: PLC0415
    if suffix == ".pdf":
        from sivusto.documents import pdf

        return pdf.read(file, limits)
    if suffix in (".txt", ".csv"):
        from sivusto.documents import plain

        data = file.read(limits.member)
        return plain.read_text(data, limits) if suffix == ".txt" else plain.read_table(data, limits)
    return _office(file, suffix, limits)


def _office(file: IO[bytes], suffix: str, limits: Limits) -> Text:
    from sivusto.documents import open_document, slides, word, workbook
    from sivusto.documents.package import Package

    package = Package(file, limits)
    if suffix == ".docx":
        return word.read(package, limits)
    if suffix == ".pptx":
        return slides.read(package, limits)
    if suffix == ".xlsx":
        package.check()
        return workbook.read(file, limits)
    return open_document.read(package, limits)


def _hold(limits: Limits) -> None:
    """Let the kernel stop what the checks do not."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
