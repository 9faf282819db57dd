"""What a list repeats is written whole and safe, however fast."""

from django.utils.translation import override

from hankkeet.models import Phase
from sivusto.search.analysis.passages import Piece
from sivusto.search.facets import Option
from sivusto.templatetags import lists


def test_what_was_found_is_marked_and_everything_is_escaped():
    pieces = [Piece("<b> & "), Piece("a<i>", is_found=True), Piece("\"'")]
    assert lists.marked(pieces) == "&lt;b&gt; &amp; <mark>a&lt;i&gt;</mark>&quot;&#x27;"


def test_options_are_ticked_counted_and_escaped():
    options = [Option('a"b', "<A>", 12_345, is_chosen=True), Option("c", "C", 0, is_chosen=False)]
    assert lists.ticks("salkku", options, ' lang="fi"') == (
        '<label><input type="checkbox" name="salkku" value="a&quot;b" checked> '
        '<span lang="fi">&lt;A&gt;</span> <small>12\xa0345</small></label>\n'
        '<label class="none"><input type="checkbox" name="salkku" value="c"> '
        '<span lang="fi">C</span> <small>0</small></label>'
    )


def test_each_funder_is_named_once():
    assert lists.each_once(["STM", "EU", "STM"]) == "STM, EU"


def test_phases_are_told_in_the_readers_language():
    for language in ("en", "fi", "sv"):
        with override(language):
            assert lists.phase_name(Phase.ENDED) == str(Phase.ENDED.label)
    assert lists.phase_name("outo") == ""
