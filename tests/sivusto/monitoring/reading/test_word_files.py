"""DOCX files are read as Word shows them, however Word wrote them."""

import pytest

from sivusto.monitoring.reading.opening import blocks_of
from sivusto.monitoring.reading.reader import read
from tests.sivusto.monitoring.reading.office import p, r, sdt, tbl, tc, tr, word_file

BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
INSERTED = '<w:ins w:id="1" w:author="A" w:date="2025-11-03T09:00:00Z"/>'
DELETED = '<w:del w:id="2" w:author="A" w:date="2025-11-03T09:00:00Z"/>'
GREEN = (
    '<w:shd w:val="clear" w:color="auto" w:fill="C5E0B3" w:themeFill="accent6" '
    'w:themeFillTint="66"/>'
)
WHITE = '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF" w:themeFill="background1"/>'
TITLE_ROW = '<w:gridSpan w:val="5"/>'
REPEATED = "<w:cantSplit/><w:tblHeader/>"


def span(columns):
    return f'<w:gridSpan w:val="{columns}"/>'


def insert(inner):
    return INSERTED.replace("/>", f">{inner}</w:ins>")


def delete(words):
    return DELETED.replace("/>", f"><w:r><w:delText>{words}</w:delText></w:r></w:del>")


def heads():
    return (
        tr(
            tc("Toimenpide", BEGINS),
            tc("Tilanne", BEGINS),
            tc("2025", span(2)),
            tc("2026"),
            more=REPEATED,
        ),
        tr(tc("", GOES_ON), tc("", GOES_ON), tc("11"), tc("12"), tc("1"), more=REPEATED),
    )


def reading_of(*rows):
    return read(blocks_of(word_file(tbl(*heads(), *rows) + p(""))))


def measures_of(*rows):
    reading = reading_of(*rows)
    assert reading.not_understood == ()
    return [
        (m.title, m.status, " ".join(str(month) for month in m.months))
        for m in reading.report.measures()
    ]


def measure(what, status="", *months):
    return tr(tc(what), tc(status), *(months or (tc(), tc(), tc())))


@pytest.mark.parametrize(
    ("shade", "months"),
    [
        (GREEN, "11/2025"),
        (GREEN.replace("C5E0B3", "auto"), "11/2025"),
        ('<w:shd w:val="pct25" w:color="auto" w:fill="auto"/>', "11/2025"),
        ('<w:shd w:val="solid" w:color="70AD47" w:fill="auto"/>', "11/2025"),
        (WHITE, ""),
        (WHITE.replace("FFFFFF", "auto"), ""),
        ('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', ""),
    ],
)
def test_colours_of_the_theme_mark_months_and_white_does_not(shade, months):
    row = measure("Hankitaan auto", "Tilattu.", tc("", shade), tc(), tc())
    assert measures_of(row) == [("Hankitaan auto", "Tilattu.", months)]


def test_merged_cells_and_repeated_heads_are_told_apart():
    reading = reading_of(
        tr(tc("Kalusto", TITLE_ROW)),
        tr(tc("Hankitaan auto", BEGINS), tc("Tilattu."), tc("", GREEN + span(2)), tc()),
        tr(tc("", GOES_ON), tc("Saapuu."), tc(), tc(), tc("X")),
        *heads(),
        measure("Huolletaan auto", "Ei vielä."),
    )
    assert [(p.title, [m.title for m in p.measures]) for p in reading.report.work_packages] == [
        ("Kalusto", ["Hankitaan auto", "Huolletaan auto"])
    ]
    first = next(reading.report.measures())
    assert first.status == "Tilattu.\nSaapuu."
    assert [str(month) for month in first.months] == ["11/2025", "12/2025", "1/2026"]
    assert reading.not_understood == ()


def test_tracked_changes_are_read_as_accepted():
    whole_row = tr(tc(p(delete("Poistettu toimi"))), tc(), tc(), tc(), tc("x"), more=DELETED)
    glued = p(r("Auto on "), f"<w:rPr>{DELETED}</w:rPr>") + p("ostettu.")
    rows = [
        measure(p(r("Hankitaan ") + delete("linja-") + insert(r("auto"))), glued),
        whole_row,
        tr(
            tc(p(insert(r("Ajetaan")))),
            tc("Poistettu.", '<w:cellDel w:id="3" w:author="A"/>'),
            tc("On."),
            tc(),
            tc(),
            tc("x"),
            more=INSERTED,
        ),
    ]
    assert measures_of(*rows) == [
        ("Hankitaan auto", "Auto on ostettu.", ""),
        ("Ajetaan", "On.", "1/2026"),
    ]


def test_content_controls_are_seen_through_and_their_prompts_are_not_read():
    asked = sdt(r("Kirjoita napsauttamalla."), "<w:showingPlcHdr/>")
    ticked = sdt(r("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    empty = sdt(r("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>')
    rows = [
        sdt(tr(tc("Hankitaan auto"), sdt(tc(sdt(p("Tilattu.")))), tc(), tc(), tc("x"))),
        measure(p(r("Ajetaan ") + sdt(r("autolla"))), p(asked), tc(p(empty)), tc(p(ticked)), tc()),
    ]
    assert measures_of(*rows) == [
        ("Hankitaan auto", "Tilattu.", "1/2026"),
        ("Ajetaan autolla", "", "12/2025"),
    ]


def test_words_are_whole_and_read_once():
    torn = (
        '<w:proofErr w:type="spellStart"/>'
        + r("Han")
        + '<w:smartTag w:uri="urn:x" w:element="place">'
        + r("kitaan")
        + '</w:smartTag><w:proofErr w:type="spellEnd"/><w:bookmarkStart w:id="0" w:name="a"/>'
        + "<w:r><w:t xml:space='preserve"
        + "'> kirjasto</w:t><w:softHyphen/><w:t>auto\u00ad ja tek</w:t></w:r>"
        + r(" salaa", "<w:vanish/>")
        + "<w:r><w:noBreakHyphen/><w:lastRenderedPageBreak/><w:t>niikka</w:t></w:r>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink w:anchor="a">'
        + r("Tarjoukset")
        + '</w:hyperlink><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + r(" on pyydetty.")
    )
    box = f"<w:txbxContent>{p('Reunahuomautus.')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    nested = tbl(tr(tc("Vaihe"), tc("Valmis")))
    row = measure(p(torn), p(field + drawn) + nested + p(""))
    assert measures_of(row) == [
        (
            "Hankitaan kirjastoauto ja tek-niikka",
            "Tarjoukset on pyydetty.\nReunahuomautus.\nVaihe\nValmis",
            "",
        )
    ]


def test_bullets_make_a_list_and_numbers_do_not_change_a_name():
    def listed(words, number):
        look = '<w:pStyle w:val="Luettelokappale"/>'
        return p(
            words,
            f'{look}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            if number
            else look,
        )

    row = measure(
        listed("Hankitaan auto", 1), listed("Tilattu", 2) + listed("Maksettu", 2) + listed("Ja.", 0)
    )
    assert measures_of(row) == [("Hankitaan auto", "• Tilattu\n• Maksettu\nJa.", "")]


@pytest.mark.parametrize(
    "title",
    [
        p("Kalusto", '<w:pStyle w:val="Otsikko2"/>'),
        p(r("Kalusto", '<w:rStyle w:val="Voimakas"/>')),
        p(r("Kalusto", "<w:b/><w:bCs/>") + r(" ") + delete("vanha")),
    ],
)
def test_titles_are_told_by_the_styles_of_words(title):
    reading = reading_of(
        measure(title), measure("Hankitaan auto"), measure(p(r("Ajetaan", '<w:b w:val="0"/>')))
    )
    assert [(p.title, len(p.measures)) for p in reading.report.work_packages] == [("Kalusto", 2)]


def test_text_boxes_outside_tables_are_not_lost():
    words = f"<w:txbxContent>{p('Laatikko.')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:textbox>{words}</v:textbox></w:pict></w:r>"
    data = word_file(p(r("Johdanto.") + box) + tbl(*heads(), measure("Hankitaan auto")))
    assert [scrap.text for scrap in read(blocks_of(data)).not_understood] == [
        "Johdanto.",
        "Laatikko.",
    ]


def test_footnotes_are_told_and_rules_of_the_page_are_not():
    rule = f'<w:footnote w:type="separator" w:id="-1">{p("viiva")}</w:footnote>'
    note = f'<w:footnote w:id="1">{p("Lähde: kysely.")}</w:footnote>'
    status = p(r("Kysytty.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    data = word_file(tbl(*heads(), measure("Hankitaan auto", status)), rule + note)
    reading = read(blocks_of(data))
    assert [measure.status for measure in reading.report.measures()] == ["Kysytty."]
    assert [(scrap.text, scrap.place) for scrap in reading.not_understood] == [
        ("Lähde: kysely.", "alaviite")
    ]


def test_a_document_with_macros_is_read_as_any_other():
    kind = "application/vnd.ms-word.document.macroEnabled.main"
    data = word_file(tbl(*heads(), measure("Hankitaan auto")), kind=kind)
    assert [m.title for m in read(blocks_of(data)).report.measures()] == ["Hankitaan auto"]
