"""Sample cards in the old register's shape: invented towns, people and sentences.

In the files ⍽ stands for a no-break space, so that a reader sees it.
"""

from pathlib import Path

from sivusto.transfer.cardtext import Reading, read_card

_FOLDER = Path(__file__).parent / "cards"
TEXTS = tuple(sorted(path.name for path in _FOLDER.glob("*.txt")))


def sample(name: str) -> str:
    """Return a sample's text with real no-break spaces."""
    return (_FOLDER / name).read_text(encoding="utf-8").replace("⍽", "\xa0")


def reading(name: str) -> Reading:
    """Return what is read of a sample."""
    return read_card(sample(name))


def with_summary(*lines: str, funders: str = "") -> str:
    """Return a whole card with the given lines as its summary."""
    return "\n".join(
        [
            "Hankkeen nimi \xa0 Koe",
            "Hanketyyppi \xa0 Rantalan kaupungin hanke",
            "Salkku \xa0 Digisalkku 2014-2020",
            "Tiivistelmä \xa0 ",
            *lines,
            "Käsittelyvaihe \xa0 Päättynyt",
            "Aloittamispvm \xa0 1.1.2012",
            "Päättymispvm \xa0 31.12.2012",
            "Rahoittajat \xa0",
            funders,
            "Toteuttajat \xa0",
            "Tietohallinto",
            "Yhteyshenkilöt \xa0 Veera Koivu",
            "Liitteet \xa0",
            "Logot \xa0 \xa0",
        ]
    )
