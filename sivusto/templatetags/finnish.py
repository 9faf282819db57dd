"""Finnish forms of sums, sizes, dates and text, available in every template."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hankkeet.mailboxes import hidden, hidden_in_html
from hankkeet.models import Attachment, AttachmentKind
from hankkeet.richtext import clean_html
from sivusto.card.hyphenation import break_points
from sivusto.wording import NBSP, amount, day, euros, grouped, percent, unbroken

__all__ = ["NBSP", "amount", "day", "euros", "grouped", "percent"]  # kept in reach of importers

HEADINGS_COLON = re.compile(r"\s*:\s*((?:</(?:strong|em)>\s*)*</h3>)")
IN_LANGUAGE = {
    "fi": gettext_lazy("suomeksi"),
    "sv": gettext_lazy("ruotsiksi"),
    "en": gettext_lazy("englanniksi"),
}

register = template.Library()
for written in (amount, euros, grouped, percent, day):
    register.filter(written)


@register.filter
def size(value: int | None) -> str:
    """Write bytes as kilobytes of 1024, rounded up as the old register did: ``2 876 kt``."""
    return "" if value is None else f"{grouped(math.ceil(value / 1024))}{NBSP}{_('kt')}"


@register.filter
def small_logo(address: str) -> str:
    """Return the address of a logo's smaller file; paper takes the large one."""
    folder, slash, name = address.rpartition("/")
    return f"{folder}/pienet{slash}{name}"


@register.simple_tag
def attachment_facts(attachment: Attachment) -> str:
    """Tell of an attachment what it is: ``PDF, 2 876 kt, loppuraportti, 15.6.2017, ruotsiksi``.

    The language is told where it is not the page's, and the accessibility of files.
    """
    is_foreign = attachment.language and attachment.language != get_language()
    facts = [
        attachment.file_type if attachment.file or attachment.file_name else "",
        size(attachment.size or None),
        attachment.get_kind_display() if attachment.kind != AttachmentKind.OTHER else "",
        day(attachment.document_date),
        str(IN_LANGUAGE[attachment.language]) if is_foreign else "",
        attachment.get_accessibility_display() if attachment.file else "",
    ]
    return ", ".join(fact for fact in facts if fact)


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    """Write ``1.4.2013 – 31.10.2015``, with an open end where a date is missing."""
    if start is None and end is None:
        return ""
    return f"{day(start)}{NBSP}– {day(end)}".strip()


@register.filter
def at_hidden(text: str) -> str:
    """Write the e-mail addresses of a text so that they are not gathered: ``nimi(at)kunta.fi``."""
    return hidden(str(text))


@register.filter
def mailbox(email: str) -> SafeString:
    """Show a unit's mailbox as a link that works, without an address in the page's own text."""
    return format_html(
        '<a href="mailto:{}">{}</a>', mark_safe(escape(email).replace("@", "&#64;")), hidden(email)
    )


@register.filter
def rich(html: str, level: int = 3) -> SafeString:
    """Show rich text without anybody's mailbox, its sub-headings at the given level."""
    return _levelled(hidden_in_html(clean_html(html)), level)


@register.filter
def rich_with_mailboxes(html: str, level: int = 3) -> SafeString:
    """Show the municipality's own page text, in which it gives its own boxes."""
    return _levelled(clean_html(html), level)


def _levelled(clean: str, level: int) -> SafeString:
    """Write sub-headings at a level, without a last colon, and keep figures on one line."""
    texts = re.split(r"(<[^>]*>)", HEADINGS_COLON.sub(r"\1", clean))
    texts[::2] = map(unbroken, texts[::2])
    shown = "".join(texts).replace("<h3>", f"<h{level}>").replace("</h3>", f"</h{level}>")
    return mark_safe(shown)  # the cleaner's allow-list


@register.filter
def soft(text: str) -> str:
    """Let the long words of a heading break where Finnish does, by soft hyphens."""
    return re.sub(r"\w{13,}", lambda word: _with_soft_hyphens(word[0]), str(text))


def _with_soft_hyphens(word: str) -> str:
    points = [0, *break_points(word), len(word)]
    return "\xad".join(word[start:end] for start, end in pairwise(points))


@register.filter
def local_day(value: datetime | None) -> str:
    """Write the day of a moment as people here saw it."""
    return "" if value is None else day(timezone.localtime(value).date())


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as the clock here showed it: ``1.4.2013 klo 9.05``."""
    if value is None:
        return ""
    here = timezone.localtime(value)
    return f"{day(here.date())} klo {here.hour}.{here.minute:02d}"


@register.filter
def plain(value: Decimal | float) -> str:
    """Write a number for SVG, with a point in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@register.filter
def add_percent(value: float, other: float) -> str:
    """Write the sum of two positions for SVG."""
    return plain(value + other)


@register.simple_tag
def money_in_words(cost: Decimal | None, without_cost: int) -> SafeString:
    """Tell a sum with its honesty: how many projects it leaves out for want of a figure."""
    if cost is None:
        return escape(_("kustannuksia ei ole ilmoitettu"))
    missing = (
        ngettext(
            "; yhdeltä hankkeelta summa puuttuu",
            "; %(n)s hankkeelta summa puuttuu",
            without_cost,
        )
        % {"n": without_cost}
        if without_cost
        else ""
    )
    return format_html("{} <b>{}</b>{}", _("yhteensä"), euros(cost), missing)


@register.simple_tag
def funder_names(shares: Iterable[Any]) -> str:
    """Write the funders' short names, each once, in their order."""
    return ", ".join(dict.fromkeys(s.funder.short_name or s.funder.name for s in shares))


@register.simple_tag(takes_context=True)
def address_in(context: Context, language: str) -> str:
    """Return the present page's address in another language; of a page not found, the front's."""
    request = context.get("request")
    is_not_found = "request_path" in context  # Django's word to 404.html
    if is_not_found or request is None or request.resolver_match is None:
        return "/" if language == "fi" else f"/{language}/"
    return translate_url(request.get_full_path(), language)


@register.filter
def with_page(query: QueryDict, number: int) -> str:
    """Return the address's query with another page number; the first page has none."""
    changed = query.copy()
    changed.pop("sivu", None)
    for key in [key for key, values in changed.lists() if not any(values)]:
        del changed[key]
    if number > 1:
        changed["sivu"] = str(number)
    return f"?{changed.urlencode()}" if changed else "."
