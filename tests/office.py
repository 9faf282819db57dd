"""Real files made by a real program: LibreOffice turns a flat presentation into what is asked."""

import os
import shutil
import subprocess
from html import escape
from pathlib import Path

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("presentation", "presentation"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    )
)
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles>
<style:page-layout style:name="sivu">
<style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm"/></style:page-layout>
<style:style style:name="fi" style:family="paragraph">
<style:text-properties fo:language="fi" fo:country="FI"/></style:style>
<style:style style:name="otsikko" style:family="paragraph">
<style:text-properties fo:font-size="32pt" fo:language="fi" fo:country="FI"/></style:style>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="pohja" style:page-layout-name="sivu"/></office:master-styles>
<office:body><office:presentation>"""
TAIL = "</office:presentation></office:body></office:document>"
SECONDS = 180


def flat_slide(number, title, points=(), rows=(), notes=""):
    """Return a slide of a flat OpenDocument presentation."""
    shapes = _frame("title", 1, [title])
    if points:
        shapes += _frame("outline", 4, points)
    if rows:
        cells = "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell>{_paragraph(cell)}</table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in rows
        )
        columns = "<table:table-column/>" * len(rows[0])
        shapes += (
            '<draw:frame svg:x="2cm" svg:y="9cm" svg:width="20cm" svg:height="4cm">'
            f"<table:table>{columns}{cells}</table:table></draw:frame>"
        )
    told = (
        f"<presentation:notes>{_frame('notes', 2, [notes])}</presentation:notes>" if notes else ""
    )
    return (
        f'<draw:page draw:name="s{number}" draw:master-page-name="pohja">{shapes}{told}</draw:page>'
    )


def convert(slides, folder, *kinds):
    """Return the presentation as files of the kinds, by kind; raise what LibreOffice told."""
    program = shutil.which("soffice")
    assert program, "LibreOffice puuttuu. Aja make test, joka asentaa sen."
    source = folder / "esitys.fodp"
    source.write_text(HEAD + "".join(slides) + TAIL)
    for kind in kinds:
        done = subprocess.run(
            [
                program,
                f"-env:UserInstallation={(folder / 'asetukset').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                str(source),
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )
        assert (folder / f"esitys.{kind}").exists(), done.stderr + done.stdout
    return {kind: Path(folder / f"esitys.{kind}") for kind in kinds}


def _frame(role, top_cm, lines):
    style = "otsikko" if role == "title" else "fi"
    paragraphs = "".join(_paragraph(line, style) for line in lines)
    if role == "outline":
        items = "".join(f"<text:list-item>{_paragraph(line)}</text:list-item>" for line in lines)
        paragraphs = f"<text:list>{items}</text:list>"
    return (
        f'<draw:frame presentation:class="{role}" svg:x="2cm" svg:y="{top_cm}cm" '
        'svg:width="22cm" svg:height="3cm">'
        f"<draw:text-box>{paragraphs}</draw:text-box></draw:frame>"
    )


def _paragraph(text, style="fi"):
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'
