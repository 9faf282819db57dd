"""The printed files of many cards: those that are ready at once, the others two at a time."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from hankkeet.models import Project
from sivusto.card.kept import Mark, PrintedCard, known_card, note_card
from sivusto.card.paper import card_html, file_name, printed
from sivusto.card.printing import PrintError
from sivusto.card.queries import cards

AT_ONCE = 50  # cards read at a time, in nine queries
PRINTERS = 2


def printed_cards(
    codes: Sequence[str], mark: Mark, tell: Callable[[int], None]
) -> dict[str, Path | None]:
    """Return the printed file of each public card, None where it cannot be printed.

    A card that is not public any more is left out. ``tell`` is told now and then how many are done.
    """
    known = {code: card.path for code in codes if (card := known_card(code, mark))}
    files: dict[str, Path | None] = {**known}
    tell(len(files))
    waiting = [code for code in codes if code not in known]
    batches = [waiting[start : start + AT_ONCE] for start in range(0, len(waiting), AT_ONCE)]
    before: list[tuple[Project, Future[Path | None]]] = []
    with ThreadPoolExecutor(PRINTERS) as printers:
        for batch in [*batches, []] if batches else []:
            # While these are read and written as HTML, those before are still being printed.
            now = [
                (project, printers.submit(_print, project.code, card_html(project)))
                for project in cards().public().filter(code__in=batch)
            ]
            for project, made in before:
                path = files[project.code] = made.result()
                if path:
                    note_card(project.code, mark, PrintedCard(path, file_name(project)))
                tell(len(files))
            before = now
    return {code: files[code] for code in codes if code in files}


def _print(code: str, html: str) -> Path | None:
    try:
        return printed(html, owner=code)
    except PrintError:
        return None
