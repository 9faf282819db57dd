"""The shipped font, Inter, cut once into the few static faces that printing uses.

The package has two variable files; laying out from them costs 2.4 times as much, and each size
would be embedded apart. So four faces are cut from them (some seconds) and kept. Printing sees
no other font, so that a document looks the same on every machine.
"""

import io
import os
import stat
import sys
import tempfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from sivusto.card.printing.fonts import FAMILY, ITALIC, UPRIGHT, covered_letters

RECIPE = 1  # to be raised when the faces are to be cut anew
TEXT_SIZE = 14  # of the optical axis: made for running text
FEATURES = ["ccmp", "kern", "locl", "tnum"]


class Face(NamedTuple):
    """Name one static face and what it is cut from."""

    source: Path
    style: str
    weight: int

    @property
    def file_name(self) -> str:
        """The name of the face's file, which is its PostScript name too."""
        return f"{FAMILY}-{self.style.replace(' ', '')}"


FACES = (
    Face(UPRIGHT, "Regular", 400),
    Face(UPRIGHT, "Bold", 700),
    Face(ITALIC, "Italic", 400),
    Face(ITALIC, "Bold Italic", 700),
)


def make_faces(folder: Path) -> Path:
    """Return the folder with the four faces below `folder`, making those that are not there.

    Several processes may do it at once; each face appears whole or not at all.
    """
    place = folder / f"inter-{version('fontpkg-inter')}-{RECIPE}"
    place.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        path = place / f"{face.file_name}.ttf"
        if not path.exists():
            with tempfile.NamedTemporaryFile(dir=place, suffix=".part", delete=False) as part:
                _static(face).save(part)
            Path(part.name).replace(path)
    _cut.cache_clear()
    return place


def default_folder() -> Path:
    """Return a folder of this user's own among the temporary files; raise OSError if taken."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"hankkeet-fonts-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user or found.st_mode & 0o022:
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def main() -> None:
    """Make the faces beforehand, so that the first reader does not wait: give the folder."""
    make_faces(Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder())


def _static(face: Face) -> TTFont:
    font = instantiateVariableFont(
        TTFont(io.BytesIO(_cut(face.source))),
        {"wght": face.weight, "opsz": TEXT_SIZE},
        inplace=True,
        overlap=False,
    )
    _name(font, face)
    return font


@lru_cache(maxsize=1)
def _cut(source: Path) -> bytes:
    """Return the variable file with only the letters and features that are used."""
    font = TTFont(source)
    # Kerning stays as drawn for the middle of the axes: the tables of its variations would take
    # two thirds of the time, and the differences are a few thousandths of an em.
    font["GDEF"].table.VarStore = None
    font["GDEF"].table.Version = 0x00010002
    for table in {"STAT", "MVAR"} & set(font.keys()):
        del font[table]
    options = subset.Options(
        layout_features=FEATURES, glyph_names=False, hinting=False, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=covered_letters())
    subsetter.subset(font)
    content = io.BytesIO()
    font.save(content)
    return content.getvalue()


def _name(font: Any, face: Face) -> None:
    """Write the names and style bits by which Pango tells the four faces apart."""
    names = font["name"]
    names.names = []
    full = f"{FAMILY} {face.style}"
    for number, text in enumerate(
        [FAMILY, face.style, face.file_name, full, "", face.file_name], 1
    ):
        names.setName(text, number, 3, 1, 0x409)
    bold, italic = "Bold" in face.style, "Italic" in face.style
    font["OS/2"].usWeightClass = face.weight
    font["head"].macStyle = bold | italic << 1
    font["OS/2"].fsSelection = italic | bold << 5 | (not bold and not italic) << 6 | 1 << 7


if __name__ == "__main__":
    main()
