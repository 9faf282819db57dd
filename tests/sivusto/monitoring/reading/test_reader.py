"""Reports are understood by how such tables work, and nothing of them is dropped."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seuranta.report import Month
from sivusto.monitoring.reading.blocks import UnreadableError
from sivusto.monitoring.reading.opening import text_blocks
from sivusto.monitoring.reading.reader import MOST_MEASURES, NO_MONTHS, NO_YEARS, read
from tests.sivusto.monitoring.reading.samples import TORN, WORD_PAGE


def reading_of(text):
    return read(text_blocks(text))


def table(*rows):
    return "\n".join("\t".join(row) for row in rows)


def shape(reading):
    """Titles with their measures' titles and months."""
    return {
        package.title: {m.title: [str(month) for month in m.months] for m in package.measures}
        for package in reading.report.work_packages
    }


HEAD = ("Toimenpiteet", "Tilanne", "11/2020", "12/2020", "1/2021")


def test_a_torn_copy_of_a_page_is_put_together():
    reading = reading_of(TORN)
    assert shape(reading) == {
        "": {"Kyläkirjasto ja neuvola jakavat tilat.": []},
        "Työpaketti 2: Auto ja reitit": {
            "Hankitaan auto": [],
            "Suunnitellaan reitit yhdessä kylien kanssa, jotta palvelu tavoittaa kaikki.": [],
            "Koulutetaan kuljettajat:": ["11/2020"],
        },
        "TAVOITE 3. Kirjoja kylille": {
            "Kokoamme aineistot": ["11/2020"],
            "Kutsumme lukijat": [],
            "Viestimme autosta": ["11/2020"],
        },
        "Neuvola/ Terveys kylillä": {"Kerätään tarpeet": []},
    }
    measures = {measure.title[:9]: measure for measure in reading.report.measures()}
    assert measures["Hankitaan"].status == "Tarjoukset on pyydetty.\nPäätös tehdään 12.1."
    assert measures["Suunnitel"].status == "Kylissä on käyty. Kysely avataan ensi kuussa."
    assert measures["Koulutetaan"[:9]].details == "• Ensiapu Ajo"
    assert [scrap.text for scrap in reading.not_understood] == ["Osahanke on edennyt hyvin."]
    assert reading.not_understood[0].place == "rivi 17"


def test_flags_tell_what_to_look_at():
    flags = {
        measure.title[:9]: flags
        for _package, measures in reading_of(TORN).flagged()
        for measure, flags in measures
    }
    assert flags == {
        "Kyläkirja": ("no_months",),
        "Hankitaan": ("no_months",),
        "Suunnitel": ("joined", "no_months"),
        "Kouluteta": (),
        "Kokoamme ": ("no_status",),
        "Kutsumme ": ("no_months",),
        "Viestimme": ("no_status",),
        "Kerätään ": ("torn", "no_status", "no_months"),
    }


def test_merged_cells_and_colours_of_a_page_from_word_are_read():
    reading = reading_of(WORD_PAGE)
    assert shape(reading) == {
        "Auto ja reitit": {
            "Hankitaan": ["12/2025", "1/2026", "2/2026", "3/2026"],
            "Kilpailutetaan huolto": [],
        }
    }
    bought = next(reading.report.measures())
    assert (bought.details, bought.status) == ("auto", "Tarjoukset on pyydetty.\nPäätös on tehty.")
    assert [(scrap.text, scrap.place) for scrap in reading.not_understood] == [
        ("Väliraportti", "kappale 1"),
        ("kevät", "taulukko 1, rivi 6, sarake 7"),
    ]


MONTHS = ["11/2020", "1/2021"]


@pytest.mark.parametrize(
    "head",
    [
        [["Toimenpide", "Tilanne", "11/2020", "12/2020", "1/2021"]],
        [["Toimenpide", "Tilanne", "2020-11", "2020-12", "2021-01"]],
        [["Toimenpide", "Tilanne", "marraskuu 2020", "joulukuu 2020", "tammikuu 2021"]],
        [["Toimenpide", "Tilanne", "marras 20", "joulu 20", "tammi 21"]],
        [["Toimenpide", "Tilanne", "1.11.2020", "1.12.2020", "1.1.2021"]],
        [["Toimenpide", "Tilanne", "2020", "", "2021"], ["", "", "11", "12", "1"]],
        [["Toimenpide", "Tilanne", "Vuosi 2020", "", ""], ["", "", "11.", "12.", "01."]],
        [["", "", "2020", "", "2021"], ["Toimenpide", "Tilanne", "marras", "joulu", "tammi"]],
        # the years have lost the cells that were merged under them, the months their first cells
        [["Toimenpide", "Tilanne", "2020", "2021"], ["11", "12", "1"]],
        [["", "", "Vuosi 2020", "Vuosi 2021", ""], ["", "", "Mar", "Jou", "Tam"]],
    ],
)
def test_heads_of_months_are_read_however_they_are_written(head):
    reading = reading_of(table(*head, ["Hankitaan auto", "Etenee.", "x", "", "x"]))
    assert shape(reading) == {"": {"Hankitaan auto": MONTHS}}
    assert reading.not_understood == ()


def test_letters_of_months_are_read_where_they_can_stand_in_one_place_only():
    reading = reading_of(
        table(
            ["Toimi", "Tilanne", "2024", *[""] * 6],
            ["", "", *"HTKHESL"],
            ["Hankitaan auto", "", "", "v", *[""] * 4, "v"],
        )
    )
    assert shape(reading) == {"": {"Hankitaan auto": ["5/2024", "10/2024"]}}


def test_quarters_are_three_months_each():
    reading = reading_of(
        table(["Toimi", "Tilanne", "Q4 2024", "Q1 2025"], ["Hankitaan auto", "", "", "x"])
    )
    assert shape(reading) == {"": {"Hankitaan auto": ["1/2025", "2/2025", "3/2025"]}}


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("11/2020–1/2021", ["11/2020", "12/2020", "1/2021"]),
        ("marras–joulukuu 2020", ["11/2020", "12/2020"]),
        ("11–12/2020, 2/2021", ["11/2020", "12/2020", "2/2021"]),
        ("2020-11", ["11/2020"]),
        ("keväällä", []),
    ],
)
def test_a_schedule_in_words_is_read_or_told(words, months):
    reading = reading_of(
        table(["Toimenpide", "Aikataulu", "Tilanne"], ["Hankitaan auto", words, "Etenee."])
    )
    assert shape(reading) == {"": {"Hankitaan auto": months}}
    assert [scrap.text for scrap in reading.not_understood] == ([] if months else [words])


def test_columns_are_known_by_their_heads_in_any_order():
    reading = reading_of(
        table(
            [
                "Työpaketti",
                "Nro",
                "Vastuutaho",
                "Toimenpide",
                "Tila",
                "Jatkotoimenpiteet",
                "Tilanne",
            ],
            [
                "Auto",
                "1.1",
                "Kirjasto",
                "Hankitaan auto",
                "Käynnissä",
                "Tilataan.",
                "Kilpailutettu.",
            ],
            ["", "1.2", "", "Maalataan se", "outo", "", ""],
            ["Reitit", "2.1", "Liikenne", "Ajetaan", "valmis", "", "Ajettu."],
        )
    )
    assert shape(reading) == {
        "Auto": {"1.1 Hankitaan auto": [], "1.2 Maalataan se": []},
        "Reitit": {"2.1 Ajetaan": []},
    }
    first, _, last = reading.report.measures()
    assert (first.unit, first.state, first.next_steps) == ("Kirjasto", "running", "Tilataan.")
    assert (first.status, last.state) == ("Kilpailutettu.", "done")
    assert [scrap.text for scrap in reading.not_understood] == ["outo"]


def test_a_bare_title_is_told_from_a_measure_without_text():
    reading = reading_of(
        table(
            HEAD,
            ["Kylien kirjasto", "", "", "", ""],
            ["Hankitaan auto", "Etenee.", "x", "", ""],
            ["Ajetaan reitti", "", "", "", ""],
            ["Kuljettajien kouluttaminen", "", "", "", ""],
            ["Valmis ensi vuonna.", "", "", "", ""],
        )
    )
    assert list(shape(reading)) == ["Kylien kirjasto"]
    assert reading.number == 4


def test_a_head_that_is_repeated_on_the_next_page_is_no_measure():
    rows = [["Hankitaan auto", "Etenee.", "x", "", ""], ["Ajetaan", "Ei vielä.", "", "", "x"]]
    reading = reading_of(table(HEAD, rows[0], HEAD, rows[1]) + "\n\n" + table(HEAD, ["Muu", "On."]))
    assert list(shape(reading)[""]) == ["Hankitaan auto", "Ajetaan", "Muu"]


def test_a_row_that_speaks_of_status_and_measures_is_no_head():
    reading = reading_of(
        table(HEAD, ["Toiminta", "Tilanne ennallaan"], ["Toimenpiteiden seuranta", "Seurataan"])
    )
    assert list(shape(reading)[""]) == ["Toiminta", "Toimenpiteiden seuranta"]


def test_rows_that_are_called_goals_are_measures_where_no_others_stand_under_them():
    reading = reading_of(
        table(HEAD, ["Tavoite 1: Auto", "On.", "x"], ["Tavoite 2: Reitti", "Ei.", "", "x"])
    )
    assert shape(reading) == {
        "": {"Tavoite 1: Auto": ["11/2020"], "Tavoite 2: Reitti": ["12/2020"]}
    }


def test_a_title_with_marks_and_text_of_its_own_loses_neither():
    reading = reading_of(
        table(HEAD, ["Työpaketti 1: Auto", "Etenee.", "x"], ["Hankitaan auto", "On.", "x"])
    )
    assert shape(reading) == {"Työpaketti 1: Auto": {"Hankitaan auto": ["11/2020"]}}
    assert [scrap.text for scrap in reading.not_understood] == ["Etenee.", "x"]


def test_a_table_without_months_is_read_and_says_so():
    reading = reading_of(table(["Toimenpide", "Tilanne"], ["Hankitaan auto", "Etenee."]))
    assert reading.notes == (NO_MONTHS,)
    assert reading.number == 1


def test_months_without_a_year_are_told_and_their_marks_kept():
    reading = reading_of(
        table(["Toimenpide", "Tilanne", "9", "10", "11"], ["Hankitaan auto", "Etenee.", "", "x"])
    )
    assert reading.notes == (NO_YEARS,)
    assert [scrap.reason for scrap in reading.not_understood] == ["Merkin kuukautta ei tiedetä."]


def test_text_without_a_table_is_refused_kindly():
    with pytest.raises(UnreadableError, match="ei löytynyt taulukkoa"):
        reading_of("Tässä on vain kertomus.\nEi muuta.")


def test_too_many_measures_are_refused_and_the_limit_is_read():
    rows = [[f"Tehdään asia {number}", "On.", "x"] for number in range(MOST_MEASURES)]
    assert reading_of(table(HEAD, *rows)).number == MOST_MEASURES
    with pytest.raises(UnreadableError, match="yli 5000 toimenpidettä"):
        reading_of(table(HEAD, *rows, ["Vielä yksi", "On.", ""]))


def test_the_same_measure_twice_is_flagged_not_merged():
    row = ["Hankitaan auto", "Etenee.", "x"]
    reading = reading_of(table(HEAD, row, row))
    assert reading.flags == ((), ("repeated",))


def test_cells_with_line_breaks_and_quotation_marks_are_whole():
    reading = reading_of('Toimenpide;Tilanne;1/2025\n"Hankitaan ""iso""\nauto";"On; tai ei";x\n')
    measure = next(reading.report.measures())
    assert (measure.title, measure.details) == ('Hankitaan "iso"', "auto")
    assert (measure.status, measure.months) == ("On; tai ei", (Month(2025, 1),))


def test_commas_part_cells_where_they_part_most_rows_evenly():
    text = 'Toimenpide,Tilanne,1/2025\n"Hankitaan\nauto, iso","On,\nkohta.",x\nAjetaan,Ei.,\n'
    assert shape(reading_of(text)) == {"": {"Hankitaan": ["1/2025"], "Ajetaan": []}}
    with pytest.raises(UnreadableError):
        reading_of("Tässä on kertomus, jossa on pilkkuja, monta.\nToinen rivi, lyhyt.\nKolmas.")


def test_a_line_that_tells_days_is_no_title():
    reading = reading_of("Raportointijakso 1.1.2025 – 30.6.2025\n" + table(HEAD, ["Auto", "On."]))
    assert list(shape(reading)) == [""]
    assert reading.not_understood[0].text == "Raportointijakso 1.1.2025 – 30.6.2025"


def test_the_documents_own_title_is_no_work_package():
    page = "<h1 class=title>Auto</h1><table><tr><td>Hankitaan<td>On.<td>x</tr></table>"
    assert list(shape(reading_of(page))) == [""]
    assert list(shape(reading_of(page.replace(" class=title", "")))) == ["Auto"]


def test_a_lonely_quotation_mark_swallows_nothing():
    reading = reading_of('Toimenpide\tTilanne\t1/2025\n"Hankitaan auto\tOn.\tx\nAjetaan\tEi.\t\n')
    assert [measure.title for measure in reading.report.measures()] == [
        '"Hankitaan auto',
        "Ajetaan",
    ]


# Nothing is dropped.

WORDS = st.sampled_from(
    [
        *("Työpaketti", "tavoite", "4", "5:", "auto", "Hankitaan", "kirjasto", "tilanne", "v", "x"),
        *("•", "-", "11/2020", "2021", "9", "valmis", "käynnissä", "ja.", "reitti,", "Osa", "Kylä"),
        *("hyvä", "12", "vastuu", "–"),
    ]
)
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)
ROWS = st.lists(TEXTS, min_size=1, max_size=7)
HEADS = st.sampled_from(
    [
        list(HEAD),
        ["Toimenpide", "Tilanne", "2020", "", "2021"],
        ["", "", "11", "12", "1"],
        ["Työpaketti", "Toimenpide", "Tila", "Tilanne", "Aikataulu", "11/2020"],
        ["Nro", "Toimenpide", "Vastuutaho", "Jatkotoimenpiteet", "Tilanne"],
        [],
    ]
)
SHEETS = st.lists(st.one_of(ROWS, HEADS, TEXTS.map(lambda text: [text])), min_size=1, max_size=12)
STATES = {
    "not_started": "ei aloitettu",
    "running": "käynnissä",
    "done": "valmis",
    "late": "viivästynyt",
    "discontinued": "keskeytetty",
}


def words_of(*texts):
    """Words with what is a mark or a month left out: those become months."""
    found = re.findall(r"\w+", " ".join(texts).casefold())
    return Counter(word for word in found if len(word) > 2 and not word.isdigit())


def words_in(reading):
    texts = [*reading.heads, *(scrap.text for scrap in reading.not_understood)]
    for package in reading.report.work_packages:
        texts.append(package.title)
        for m in package.measures:
            state = STATES.get(m.state, "")
            texts += [m.title, m.details, m.status, m.next_steps, m.unit, state]
    return words_of(*texts)


def is_kept(words, reading):
    return all(words_in(reading)[word] for word in words)


@settings(max_examples=300)
@given(SHEETS)
def test_every_word_of_a_text_ends_somewhere(rows):
    text = "\n".join("\t".join(row) for row in [*rows, list(HEAD)])
    assert is_kept(words_of(text), reading_of(text))


@settings(max_examples=200)
@given(SHEETS, st.data())
def test_every_word_of_a_page_ends_somewhere(rows, data):
    spans = st.sampled_from(["", "", "", ' colspan="3"', ' rowspan="2"', ' bgcolor="#ff0000"'])
    html = "".join(
        f"<tr>{''.join(f'<td{data.draw(spans)}>{text}</td>' for text in row)}</tr>" for row in rows
    )
    page = f"<p>Alku</p><table>{html}</table><p>Loppu.</p>"
    assert is_kept(words_of(re.sub("<[^>]*>", " ", page)), reading_of(page))
