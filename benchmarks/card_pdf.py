"""Compare printing a two-page card here with plain WeasyPrint; run it from the project's root.

Both make the same PDF/UA in the same font; the plain one gets its font and style with each card.

    python -m benchmarks.card_pdf [rounds]

Prints milliseconds of both (the median), their ratio, the start, and the memory of the printing
process after the first and the last document.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import weasyprint

from sivusto.card.printing import Printer, PrinterOptions
from sivusto.card.printing.faces import default_folder, make_faces
from sivusto.card.printing.fonts import ITALIC, UPRIGHT

STYLE = """
@page {
  size: A4; margin: 20mm;
  @bottom-left { content: "https://hankkeet.example.fi/hankkeet/H-1/ · 1.4.2026" }
  @bottom-right { content: counter(page) "/" counter(pages) }
}
body { font: 10pt/1.4 Inter; hyphens: auto; hyphenate-character: "-" }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { border: .5pt solid; padding: 2pt; text-align: left }
"""
SENTENCE = (
    "Hyvinvointipalvelutarjotin kokoaa kaupunginosan lähipalvelut <b>yhteen</b> ja "
    "selkeyttää asukkaiden <i>polkua</i> sosiaali- ja terveyspalveluihin. "
)
SECTION = f"<h2>Tavoitteet</h2><p>{SENTENCE * 5}</p><ul><li>{SENTENCE}</li><li>Toinen</li></ul>"
ROW = "<tr><th scope=row>Valtio</th><td>75 %</td><td>300 026 €</td></tr>"
TABLE = (
    "<table><thead><tr><th scope=col>Rahoittaja</th><th scope=col>Osuus</th>"
    f"<th scope=col>Summa</th></tr></thead><tbody>{ROW * 6}</tbody></table>"
)
HEAD = "<!DOCTYPE html><html lang=fi><title>Koehanke</title>"
BODY = f"<body><h1>Koehanke</h1>{SECTION * 5}<h2>Rahoitus</h2>{TABLE}"


def faces() -> str:
    """Return what a plain document says to use the font of the package."""
    sources = {"normal": UPRIGHT, "italic": ITALIC}
    return "".join(
        f'@font-face {{ font-family: Inter; font-style: {style}; src: url("{path.as_uri()}") }}'
        for style, path in sources.items()
    )


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def print_plainly(html: str) -> bytes:
    return bytes(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))


def main(rounds: int) -> None:
    make_faces(default_folder())
    style = Path(tempfile.mkdtemp()) / "card.css"
    style.write_text(STYLE)
    plain_html = f"{HEAD}<style>{faces()}{STYLE}</style>{BODY}"
    printer = Printer(PrinterOptions(roots={}, stylesheets=[style]))
    start = milliseconds(lambda: printer.print_html(HEAD + BODY))
    process = psutil.Process(printer.process_id)
    before = process.memory_info().rss
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(milliseconds(lambda: printer.print_html(HEAD + BODY)))
        plain.append(milliseconds(lambda: print_plainly(plain_html)))
    grown = (process.memory_info().rss - before) / rounds / 1024
    printer.close()
    ours_ms, plain_ms = statistics.median(ours), statistics.median(plain)
    print(f"start with the first document {start:.0f} ms")
    print(f"ours {ours_ms:.0f} ms, plain {plain_ms:.0f} ms, ratio {ours_ms / plain_ms:.2f}")
    print(f"memory {before / 1e6:.0f} MB, {grown:+.1f} kB a document over {rounds}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
