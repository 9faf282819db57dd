"""What the printer must be told: it reads no settings and knows no framework."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

GIBIBYTE = 1024**3


@dataclass(frozen=True)
class PrinterOptions:
    """Name the files that may be read, the look and the limits.

    `roots` maps a path prefix of our addresses ("/static/") to the folder that holds its files;
    `base_url` is the site's public address: relative links become whole with it, and only
    addresses that begin with it are looked up in the roots. `stylesheets` are read at the start,
    in order. `font_folder` keeps the font faces that the first start makes (ten seconds or more)
    and must be writable then; without it a folder among the temporary files does. Times are in
    seconds, the memory limit is of the address space.
    """

    roots: Mapping[str, Path]
    stylesheets: Sequence[Path]
    font_folder: Path | None = None
    base_url: str = "http://localhost/"
    time_limit_s: float = 20
    start_limit_s: float = 120
    memory_limit_bytes: int = GIBIBYTE
    documents_per_process: int = 500

    def to_json(self) -> str:
        """Write the options for the printing process."""
        texts = {name: str(folder) for name, folder in self.roots.items()}
        plain = {
            "roots": texts,
            "stylesheets": [str(path) for path in self.stylesheets],
            "font_folder": str(self.font_folder) if self.font_folder else None,
        }
        return json.dumps(vars(self) | plain)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        values = json.loads(text)
        values["roots"] = {name: Path(folder) for name, folder in values["roots"].items()}
        values["stylesheets"] = [Path(path) for path in values["stylesheets"]]
        if values["font_folder"]:
            values["font_folder"] = Path(values["font_folder"])
        return cls(**values)
