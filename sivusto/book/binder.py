"""Binding in a process of its own, which gives its memory back when it ends.

A book of 500 cards takes 400 MB while it is bound. The process reads no settings and knows no
framework: the first line that it reads names the leaves, the second the front matter; it answers
each with a line. Meanwhile the front matter is printed, which names the leaves' pages.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sivusto.book.binding import Binding, Leaf

try:
    import resource
except ImportError:  # no such limits on Windows
    resource = None  # type: ignore[assignment]

PROJECT = Path(__file__).resolve().parents[2]
MEMORY_LIMIT = 2 * 1024**3  # bytes of address space; a thousand cards take 900 MB
TIME_LIMIT_S = 120  # of processor
POLITENESS = 10


class BindingError(Exception):
    """The files could not be bound; the text tells why, for the log."""


class Binder:
    """A binding process; used in a ``with`` statement, which ends it."""

    def __init__(self, faces: Path, leaves: Sequence[Leaf]) -> None:
        """Start binding the leaves; ``pages`` tells how many each has. Raises BindingError."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sivusto.book.binder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=PROJECT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"},
        )
        plain = [asdict(leaf) | {"path": str(leaf.path)} for leaf in leaves]
        try:
            answer = self._told({"faces": str(faces), "leaves": plain})
        except BindingError:
            self.close()
            raise
        self.pages: list[int] = answer["pages"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, wherever it is."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def finish(self, front: Path, book: Path) -> None:
        """Put the front matter before the leaves and write the book. Raises BindingError."""
        self._told({"front": str(front), "book": str(book)})

    def _told(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout  # noqa: S101, PT018 - for the types
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        except (BrokenPipeError, ValueError) as error:
            raise BindingError(f"ended with {self._process.poll()}") from error
        if "error" in answer:
            raise BindingError(answer["error"])
        return answer


def main() -> None:
    """Bind one book for the process that started this one."""
    _limit()
    try:
        wanted = json.loads(sys.stdin.readline())
        binding = Binding(Path(wanted["faces"]))
        leaves = [Leaf(**leaf | {"path": Path(leaf["path"])}) for leaf in wanted["leaves"]]
        opened = [(leaf, binding.open(leaf)) for leaf in leaves]
        _answer(pages=[len(source.pages) for _leaf, source in opened])
        for leaf, source in opened:
            binding.add(leaf, source)
        last = json.loads(sys.stdin.readline())
        Path(last["book"]).write_bytes(binding.finish(Path(last["front"]).read_bytes()))
        _answer()
    except BaseException as error:
        _answer(error=f"{type(error).__name__}: {error}"[:500])
        raise


def _limit() -> None:
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_S, TIME_LIMIT_S))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
