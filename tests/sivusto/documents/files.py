"""Documents of every kind, made in a few lines each."""

import io
import zipfile
import zlib

import docx
import weasyprint
import xlsxwriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_NAMES = " ".join(
    f'xmlns:{name}="{ODF}{long}:1.0"'
    for name, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
        "manifest": "manifest",
    }.items()
)


def archive(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def a_pdf(body, style="", lang="fi"):
    html = f'<html lang="{lang}"><title>x</title><style>{style}</style>{body}</html>'
    return weasyprint.HTML(string=html).write_pdf()


def a_report(pages, head="Loppuraportti 2024"):
    """A PDF with a running head and page numbers, of one heading and one paragraph a page."""
    style = f"""@page {{ size: A5; @top-left {{ content: '{head}' }}
        @bottom-center {{ content: counter(page) ' (' counter(pages) ')' }} }}
        h1 {{ break-before: page; font-size: 20pt }} h1:first-of-type {{ break-before: auto }}"""
    words = ("Kirjastot", "Autot ja kuskit", "Lainaajat", "Kylät", "Kulut", "Lopuksi")
    body = "".join(f"<h1>Luku {n}</h1><p>{words[n]} kulki.</p>" for n in range(1, pages + 1))
    return a_pdf(body, style)


def a_pdf_bomb():
    """A PDF of half a megabyte whose only page unpacks to nearly two hundred."""
    packed = zlib.compress(b"BT /F1 12 Tf (a) Tj ET " * 8_000_000, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj%sendobj\n" % (number, each)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + table + end


def a_scan():
    """A PDF of two pages with a picture and no text."""
    return a_pdf(
        '<div style="background: teal; height: 5cm"></div>'
        '<div style="break-before: page; background: teal; height: 5cm"></div>'
    )


def a_word_file():
    document = docx.Document()
    document.add_heading("Loppuraportti", 1)
    document.add_paragraph("Autot kulkivat kylille.")
    for text in ("yksi", "kaksi"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Kulut", 2)
    table = document.add_table(rows=2, cols=2, style="Light Grid")
    for place, text in enumerate(("Vuosi", "Summa", "2024", "10 €")):
        table.cell(place // 2, place % 2).text = text
    document.add_heading("Tulokset", 1)
    document.add_paragraph("Lainat kasvoivat.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(body):
    text = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": text})


def a_presentation(slides, notes="", hidden=()):
    """A PPTX of (title, lines); the notes are the first slide's."""
    names = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
    members, listed, related = {}, "", ""
    for number, (title, lines) in enumerate(slides, start=1):
        listed += f'<p:sldId id="{255 + number}" r:id="r{number}"/>'
        related += f'<Relationship Id="r{number}" Type="x/slide" Target="slides/s{number}.xml"/>'
        show = ' show="0"' if number in hidden else ""
        shapes = _shape("title", [title]) + _shape("body", lines) + _shape("sldNum", ["99"])
        members[f"ppt/slides/s{number}.xml"] = f"<p:sld {names}{show}>{_tree(shapes)}</p:sld>"
    if notes:
        note = '<Relationship Id="n" Type="x/notesSlide" Target="../notes.xml"/>'
        members["ppt/slides/_rels/s1.xml.rels"] = _related(note)
        shapes = _shape("sldImg", []) + _shape("body", [notes])
        members["ppt/notes.xml"] = f"<p:notes {names}>{_tree(shapes)}</p:notes>"
    members["ppt/presentation.xml"] = (
        f"<p:presentation {names}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
    )
    members["ppt/_rels/presentation.xml.rels"] = _related(related)
    return archive(members)


def _related(rows):
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def _tree(shapes):
    return f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"


def _shape(kind, lines):
    text = "".join(
        f'<a:p><a:pPr lvl="{line.count(">")}"/><a:r><a:rPr lang="fi-FI"/>'
        f"<a:t>{line.lstrip('>')}</a:t></a:r></a:p>"
        for line in lines
    )
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
    return f"<p:sp>{place}<p:txBody>{text}</p:txBody></p:sp>"


def open_document(body, **members):
    inner = f"<office:body>{body}</office:body>"
    content = f"<office:document-content {ODF_NAMES}>{inner}</office:document-content>"
    return archive({"content.xml": content, **members})


def a_workbook(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()
