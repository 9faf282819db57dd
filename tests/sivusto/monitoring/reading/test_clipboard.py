"""Tables pasted from Word and Excel bring marks that only those programs understand."""

from sivusto.monitoring.reading.opening import text_blocks
from sivusto.monitoring.reading.reader import read
from tests.sivusto.monitoring.reading.samples import EXCEL_CLIP, WORD_CLIP


def measures_of(html):
    reading = read(text_blocks(html))
    assert reading.not_understood == ()
    return [
        (m.title, m.status, " ".join(str(month) for month in m.months))
        for m in reading.report.measures()
    ]


def test_words_lists_colours_and_tracked_changes_come_as_word_shows_them():
    assert measures_of(WORD_CLIP) == [
        ("Hankitaan kirjastoauto", "• Tilattu\n• Maksettu", "11/2025 12/2025"),
        ("Ajetaan reittejä", "Alkaa keväällä.", "12/2025 1/2026"),
    ]


def test_excels_classes_and_hidden_cells_are_obeyed():
    assert measures_of(EXCEL_CLIP) == [
        ("Hankitaan auto", "Tilattu.\nSaapuu.", "11/2025 12/2025"),
        ("Ajetaan", "", "1/2026"),
    ]


def test_a_colour_merged_over_two_measures_holds_for_both():
    html = (
        "<table><tr><td>Toimenpide<td>Tilanne<td>11/2025<td>12/2025</tr>"
        "<tr><td>Hankitaan<td>On.<td rowspan=2 bgcolor=green><td></tr>"
        "<tr><td>Ajetaan<td>Ei.<td></tr></table>"
    )
    assert measures_of(html) == [("Hankitaan", "On.", "11/2025"), ("Ajetaan", "Ei.", "11/2025")]


def test_a_hidden_part_without_an_end_hides_nothing_outside_its_table():
    html = (
        "<table><tr><td>Toimenpide<td>Tilanne<td>11/2025<td>12/2025</tr>"
        "<tr><td>Hankitaan<td>On.<span style='display:none'>pois<td>x</tr></table>"
        "<table><tr><td>Ajetaan<td>Ei.<td>x<td></tr></table>"
    )
    assert measures_of(html) == [("Hankitaan", "On.", ""), ("Ajetaan", "Ei.", "11/2025")]
