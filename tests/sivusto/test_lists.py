"""What a list repeats is written whole and safe, however fast."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from django.utils.translation import override

from hankkeet.models import Phase
from sivusto.search.analysis.passages import Passage, Piece
from sivusto.search.facets import Option
from sivusto.templatetags import lists


def _project(**facts):
    """What rows() loads of a project."""
    known = {"start_date": None, "end_date": None, "total_cost": None} | facts
    return SimpleNamespace(
        name="<b> & b",
        phase=Phase.ENDED,
        funders=["STM", "E&U", "STM"],
        get_absolute_url=lambda: "/hankkeet/H1/",
        **known,
    )


def test_a_row_tells_what_is_known_and_everything_is_escaped():
    project = _project(start_date=date(2013, 4, 1), total_cost=Decimal(0))
    assert lists.project_row(project, ' lang="fi"') == (
        '<li>\n<span class="phase ended">Päättynyt</span>\n'
        '<h3 lang="fi"><a href="/hankkeet/H1/">&lt;b&gt; &amp; b</a></h3>\n'
        '<ul class="meta"><li>1.4.2013\xa0–</li><li>0\xa0€</li>'
        '<li lang="fi">STM, E&amp;U</li></ul>\n</li>'
    )


def test_a_found_row_marks_what_was_found_and_everything_is_escaped():
    pieces = (Piece("<b> & "), Piece("a<i>", is_found=True), Piece("\"'"))
    row = lists.project_row(_project(), "", pieces, Passage(pieces, 1))
    marked = "&lt;b&gt; &amp; <mark>a&lt;i&gt;</mark>&quot;&#x27;"
    assert f">{marked}</a></h3>" in row
    assert f"<p><span data-nosnippet>{marked}</span></p>" in row


def test_options_are_ticked_counted_and_escaped():
    options = [Option('a"b', "<A>", 12_345, is_chosen=True), Option("c", "C", 0, is_chosen=False)]
    assert lists.ticks("salkku", options, ' lang="fi"') == (
        '<label><input type="checkbox" name="salkku" value="a&quot;b" checked> '
        '<span lang="fi">&lt;A&gt;</span> <small>12\xa0345</small></label>\n'
        '<label class="none"><input type="checkbox" name="salkku" value="c"> '
        '<span lang="fi">C</span> <small>0</small></label>'
    )


def test_phases_are_told_in_the_readers_language():
    for language in ("en", "fi", "sv"):
        with override(language):
            assert lists.phase_name(Phase.ENDED) == str(Phase.ENDED.label)
    assert lists.phase_name("outo") == ""
