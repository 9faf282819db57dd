"""Reports with the shapes and injuries of real ones, in words of our own."""

from pathlib import Path

# A browser's copy: cells with HTML between tabs, pages torn apart, columns lost, the head at last.
TORN = "\n".join(
    [
        "",
        "<p>Kyläkirjasto ja neuvola jakavat tilat.</p>\t<p>Tilat on valittu.</p>" + "\t" * 17,
        "<p>Työpaketti 2: Auto ja reitit</p>\t" + "\t" * 17,
        "<p>Hankitaan auto</p>\t<p>Tarjoukset on pyydetty.</p> <p>Päätös tehdään 12.1.</p>"
        + "\t" * 17,
        "<p>Suunnitellaan reitit yhdessä kylien kanssa, jotta palvelu</p>\t"
        "<p>Kylissä on käyty. Kysely avataan</p>" + "\t" * 17,
        "",
        "tavoittaa kaikki.\tensi kuussa.\t\t\t" + "\t" * 12,
        "<p>Koulutetaan kuljettajat:</p> <ul> Ensiapu Ajo </ul>\tKurssi on varattu.\t\t\tv"
        + "\t" * 12,
        "TAVOITE 3. Kirjoja kylille\t" + "\t" * 15,
        "Kokoamme aineistot\t\t\t\tx" + "\t" * 12,
        "",
        "Kutsumme lukijat\tEi vielä ajankohtaista.\t\t\t" + "\t" * 16,
        "Viestimme autosta\t\t\t\tv" + "\t" * 16,
        "",
        "Neuvola/ Terveys kylillä",
        "",
        "Osahanke on edennyt hyvin.",
        "",
        "<ul> • Kerätään tarpeet • Valitaan välineet </ul>\t" + "\t" * 16,
        "---\t--" + "\t--" * 16,
        "",
        "Toimenpiteet\tRaportointijakson tilanne ja jatkotoimenpiteet\tVuosi 2020\t\t\t\t"
        "Vuosi 2021" + "\t" * 11,
        "\t\t9\t10\t11\t12\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12",
        "",
    ]
)

# As Word writes it to the clipboard.
WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>.MsoNormal {margin:0cm}</style></head><body>
<p class=MsoTitle><b>Väliraportti</b></p>
<table class=MsoTableGrid border=1>
 <tr><td rowspan=2><p class=MsoNormal><b>Toimenpide<o:p></o:p></b></p></td>
     <td rowspan=2><p class=MsoNormal><b>Tilanne</b></p></td>
     <td colspan=2><p>2025</p></td><td colspan=3><p>2026</p></td></tr>
 <tr><td>11</td><td>12</td><td>1</td><td>2</td><td>3</td></tr>
 <tr><td colspan=7><p>Auto ja reitit</p></td></tr>
 <tr><td rowspan=2><p>Hankitaan<br>auto</p></td><td><p>Tarjoukset on pyydetty.</p></td>
     <td></td><td style='background:#92D050'>&nbsp;</td><td bgcolor="#92d050"></td><td></td><td>
     </td></tr>
 <tr><td><p>Päätös on tehty.</p></td><td></td><td></td><td></td><td colspan=2>X</td></tr>
 <tr><td><p>Kilpailutetaan huolto</p></td><td></td><td></td><td></td><td></td><td></td><td>kevät
     </td></tr>
</table></body></html>"""

# What Word and Excel put on the clipboard, with all that stands between the words.
HERE = Path(__file__).parent
WORD_CLIP = (HERE / "word_clip.html").read_text()
EXCEL_CLIP = (HERE / "excel_clip.html").read_text()
