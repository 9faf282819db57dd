"""Files as Microsoft's programs save them, put together of their XML parts."""

import io
import zipfile

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"

STYLES = f"""<w:styles {WORD}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normaali"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Luettelokappale"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="character" w:styleId="Voimakas"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>
</w:style></w:styles>"""

NUMBERING = f"""<w:numbering {WORD}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def _zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, HEAD + xml)
    return file.getvalue()


def _relations(targets):
    rows = (
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'


def _types(kinds):
    rows = (
        f'<Override PartName="/{name}" ContentType="{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(rows)}</Types>'
    )


def word_file(body, notes="", kind=f"{DOCX}.document.main"):
    """Return a DOCX file with a body and footnotes of the given XML."""
    return _zipped(
        {
            "[Content_Types].xml": _types(
                {
                    "word/document.xml": kind,
                    "word/footnotes.xml": f"{DOCX}.footnotes",
                    "word/styles.xml": f"{DOCX}.styles",
                    "word/numbering.xml": f"{DOCX}.numbering",
                }
            ),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": _relations(
                [
                    ("styles", "styles.xml"),
                    ("numbering", "numbering.xml"),
                    ("footnotes", "footnotes.xml"),
                ]
            ),
            "word/footnotes.xml": f"<w:footnotes {WORD}>{notes}</w:footnotes>",
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/document.xml": f"<w:document {WORD}><w:body>{body}"
            '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
            "</w:body></w:document>",
        }
    )


def p(inner, style=""):
    """Return a paragraph of runs, or of plain words."""
    inner = inner if inner.startswith("<") or not inner else r(inner)
    return f"<w:p>{f'<w:pPr>{style}</w:pPr>' if style else ''}{inner}</w:p>"


def r(words, look=""):
    """Return a run."""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def tc(inner="", more=""):
    """Return a cell of paragraphs, or of plain words."""
    inner = inner if inner.startswith("<") else p(inner)
    return f'<w:tc><w:tcPr><w:tcW w:w="800" w:type="dxa"/>{more}</w:tcPr>{inner}</w:tc>'


def tr(*cells, more=""):
    """Return a row."""
    return f"<w:tr>{f'<w:trPr>{more}</w:trPr>' if more else ''}{''.join(cells)}</w:tr>"


def tbl(*rows):
    """Return a table."""
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{"".join(rows)}</w:tbl>'


def sdt(inner, more=""):
    """Return a content control around anything."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="Kenttä"/>{more}</w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def workbook_file(sheets, *, strings="", styles="", date1904=False):
    """Return an XLSX file: sheets are tuples of a name, a state and the XML of the sheet."""
    names = [f"sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    rows = "".join(
        f'<sheet name="{name}" sheetId="{number}" {state} r:id="rId{number}"/>'
        for number, (name, state, _xml) in enumerate(sheets, start=1)
    )
    kinds = {"xl/workbook.xml": f"{XLSX}.sheet.main", "xl/styles.xml": f"{XLSX}.styles"}
    kinds |= {f"xl/worksheets/{name}": f"{XLSX}.worksheet" for name in names}
    kinds |= {"xl/sharedStrings.xml": f"{XLSX}.sharedStrings"}
    sheet_parts = {
        f"xl/worksheets/{name}": f'<worksheet xmlns="{SHEETS}" xmlns:r="{OFFICE}">{xml}</worksheet>'
        for name, (_name, _state, xml) in zip(names, sheets, strict=True)
    }
    targets = [("worksheet", f"worksheets/{name}") for name in names]
    return _zipped(
        {
            "[Content_Types].xml": _types(kinds),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/_rels/workbook.xml.rels": _relations(
                [*targets, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
            ),
            "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}">'
            f'<workbookPr date1904="{int(date1904)}"/><sheets>{rows}</sheets></workbook>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEETS}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEETS}">{strings}</sst>',
            **sheet_parts,
        }
    )


A_WORD_FILE = word_file(
    tbl(
        tr(tc("Toimenpide"), tc("Tilanne"), tc("11/2025"), tc("12/2025")),
        tr(tc("Kalusto", '<w:gridSpan w:val="4"/>')),
        tr(tc("Hankitaan auto"), sdt(tc("Tilattu.")), tc(), tc("x")),
    )
)
A_WORKBOOK = workbook_file(
    [
        (
            "Seuranta",
            "",
            '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
            '<c r="C1" s="1"><v>45962</v></c><c r="D1" s="1"><v>45992</v></c></row>'
            '<row r="2"><c r="A2" t="s"><v>2</v></c></row>'
            '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3" t="s"><v>4</v></c>'
            '<c r="D3"><v>1</v></c></row></sheetData>'
            '<mergeCells><mergeCell ref="A2:D2"/></mergeCells>',
        )
    ],
    strings="".join(
        f"<si><t>{text}</t></si>"
        for text in ("Toimenpide", "Tilanne", "Kalusto", "Hankitaan auto", "Tilattu.")
    ),
    styles='<fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill></fills>'
    '<borders><border/></borders><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="17" applyNumberFormat="1"/></cellXfs>',
)
