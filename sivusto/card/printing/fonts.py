"""Which letters the shipped font can draw; light enough for the web process."""

from functools import lru_cache
from pathlib import Path

import fontpkg_inter

FAMILY = fontpkg_inter.FAMILY
UPRIGHT = Path(fontpkg_inter.ROOT) / "files" / "Inter[opsz,wght].ttf"
ITALIC = Path(fontpkg_inter.ROOT) / "files" / "Inter-Italic[opsz,wght].ttf"
# European alphabets with Skolt Sámi, Greek and Cyrillic, punctuation, signs of money, arrows,
# mathematics, shapes.
LETTERS = (
    range(0x20, 0x250),
    (0x292, 0x2B9, 0x2BC, 0x2C6, 0x2C7, *range(0x2D8, 0x2DE)),
    range(0x300, 0x32A),
    range(0x384, 0x3CF),
    range(0x400, 0x460),
    (0x490, 0x491),
    range(0x2000, 0x2070),
    range(0x2070, 0x20C1),
    range(0x2100, 0x2200),
    range(0x2200, 0x2270),
    range(0x25A0, 0x2600),
    range(0x2600, 0x27C0),
)


@lru_cache(maxsize=1)
def covered_letters() -> frozenset[int]:
    """Return the code points that every face can draw, read once in each process."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and often not needed

    wanted = {code for codes in LETTERS for code in codes}
    for source in (UPRIGHT, ITALIC):
        with TTFont(source, lazy=True) as font:
            wanted &= font.getBestCmap().keys()
    return frozenset(wanted)
