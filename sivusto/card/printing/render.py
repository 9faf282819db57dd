"""HTML to tagged PDF, in the printing process: everything that can be prepared is kept."""

import gc
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sivusto.card.hyphenation import register
from sivusto.card.printing.faces import default_folder, make_faces
from sivusto.card.printing.fonts import FAMILY
from sivusto.card.printing.options import PrinterOptions
from sivusto.card.printing.text import loosened_text, printable_text, take_hyphens

# Readers join words over an ASCII hyphen at a line's end when text is copied (Chrome's and
# Poppler's do; a soft hyphen is joined by Chrome only, U+2010 by neither).
BASE_STYLE = f"""
:root {{ font-family: "{FAMILY}"; hyphens: auto; hyphenate-character: "-" }}
"""
WARM_UP = "<html lang=fi><title>Koe</title><h1>Koe</h1><p>Hyvää <b>huomenta</b>."
PICTURE_DPI = 300
SAFE_LINKS = ("http:", "https:", "mailto:", "tel:")
MOST_REMARKS = 20

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{faces}</dir><cachedir>{faces}/cache</cachedir></fontconfig>
"""


class Renderer:
    """Turn documents into PDF/UA with the options given at the start.

    Must be the first in its process to import WeasyPrint, which reads the font list once.
    """

    def __init__(self, options: PrinterOptions) -> None:
        _show_only_our_fonts(make_faces(options.font_folder or default_folder()))
        import weasyprint  # noqa: PLC0415 - the font list must stand before
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        from sivusto.card.printing.files import OurFiles  # noqa: PLC0415

        self._html = weasyprint.HTML
        self._base_url = options.base_url
        self._fonts = FontConfiguration()
        self._dictionary = register()
        self.remarks: list[str] = []
        logging.getLogger("weasyprint").addHandler(_Collector(self.remarks))
        self._files = OurFiles(options.base_url, options.roots)
        self._styles = [
            weasyprint.CSS(
                string=style,
                font_config=self._fonts,
                url_fetcher=self._files,
                base_url=options.base_url,
            )
            for style in [BASE_STYLE, *(path.read_text() for path in options.stylesheets)]
        ]
        self._files.strict = False
        self.print(WARM_UP)
        gc.collect()
        gc.freeze()

    @property
    def refused(self) -> list[str]:
        """The addresses in the last document that were not read."""
        return self._files.refused

    def print(self, html: str) -> bytes:
        """Return the PDF/UA-1 file; call `gc.collect` when there is time."""
        self._files.refused.clear()
        self.remarks.clear()
        html, self._dictionary.exceptions = take_hyphens(printable_text(loosened_text(html)))
        document = self._html(string=html, base_url=self._base_url, url_fetcher=self._files)
        self._make_harmless(document.etree_element)
        with _no_collection():
            return bytes(
                document.write_pdf(
                    stylesheets=self._styles,
                    font_config=self._fonts,
                    pdf_variant="pdf/ua-1",
                    dpi=PICTURE_DPI,
                )
            )

    def _make_harmless(self, root: Any) -> None:
        """Let nothing be attached to the file, and no link lead to a program or a local file."""
        for element in root.iter():
            relations = element.get("rel", "").lower().split()
            if "attachment" in relations:
                self._files.refused.append(element.get("href", "")[:300])
                element.set("rel", " ".join(r for r in relations if r != "attachment"))
            for name in ("href", "{http://www.w3.org/1999/xlink}href"):
                address = "".join(element.get(name, "").split()).lower()
                scheme, colon, _ = address.partition(":")
                has_scheme = colon and scheme.replace("+", "").replace("-", "").isalnum()
                if has_scheme and not address.startswith(SAFE_LINKS):
                    self._files.refused.append(element.get(name)[:300])
                    del element.attrib[name]


class _Collector(logging.Handler):
    """Keep what WeasyPrint complains about, so that the parent can log it."""

    def __init__(self, remarks: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._remarks = remarks

    def emit(self, record: logging.LogRecord) -> None:
        if len(self._remarks) < MOST_REMARKS:
            self._remarks.append(record.getMessage()[:300])


def _show_only_our_fonts(faces: Path) -> None:
    conf = faces / "fonts.conf"
    if not conf.exists():
        with tempfile.NamedTemporaryFile("w", dir=faces, suffix=".part", delete=False) as part:
            part.write(FONTS_CONF.format(faces=faces))
        Path(part.name).replace(conf)
    os.environ["FONTCONFIG_FILE"] = str(conf)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector back: a render makes many cycles and frees none meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
