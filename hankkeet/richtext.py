"""Rich text of a card: bold, lists, links and one level of sub-headings, nothing more.

Cleaning is idempotent. nh3 decides what is safe; a second pass makes what is left fit for a card
and for PDF/UA: sub-headings are all ``h3`` (the section's own heading is ``h2``), a link holds
text only, and lists do not nest deeper than people read.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3
from django.db import models

TAGS = {
    "p",
    "br",
    "strong",
    "b",
    "em",
    "i",
    "ul",
    "ol",
    "li",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "iframe",
    "object",
    "noscript",
    "template",
    "svg",
    "math",
}
DEEPEST_LIST = 5
VOID = {"br"}


def clean_html(html: str) -> str:
    """Return the allowed part of the HTML; text is kept, markup that is not allowed is not."""
    without_controls = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", html)
    safe = nh3.clean(
        without_controls,
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    pass_two = _Fitting()
    pass_two.feed(safe)
    pass_two.close()
    return _without_empty_blocks("".join(pass_two.out)).strip()


def plain_text(html: str) -> str:
    """Return the words of cleaned HTML, a line for each block."""
    lines = re.sub(r"<(?:br|/p|/li|/h3)[^>]*>", "\n", html)
    stripped = nh3.clean(lines, tags=set())
    unescaped = stripped.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0")
    return re.sub(r"\n{2,}", "\n", unescaped.replace("&amp;", "&")).strip()


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "start":
        return value if re.fullmatch(r"\d{1,4}", value) else None
    address = value.strip()
    has_scheme = re.match(r"(https?://|mailto:|tel:)", address, re.IGNORECASE)
    is_local = re.match(r"(/(?![/\\])|#)", address)
    return address if has_scheme or is_local else None


def _without_empty_blocks(html: str) -> str:
    empty = re.compile(r"<(p|h3|li|strong|em|b|i|ul|ol)>\s*</\1>")
    while (shorter := empty.sub("", html)) != html:
        html = shorter
    return html


class _Fitting(HTMLParser):
    """Rewrites HTML that nh3 has made well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.in_link = False
        self.lists = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.in_link:
            return
        if tag in ("ul", "ol"):
            self.lists += 1
            if self.lists > DEEPEST_LIST:
                return
        if tag == "li" and self.lists > DEEPEST_LIST:
            self.out.append("<br>")
            return
        name = "h3" if re.fullmatch(r"h\d", tag) else tag
        if tag == "a":
            if not any(name == "href" for name, _ in attrs):
                return
            self.in_link = True
        written = "".join(f' {key}="{escape(value or "")}"' for key, value in attrs)
        self.out.append(f"<{name}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self.in_link:
                self.in_link = False
                self.out.append("</a>")
            return
        if self.in_link or tag in VOID:
            return
        if tag in ("ul", "ol"):
            self.lists -= 1
            if self.lists >= DEEPEST_LIST:
                return
        if tag == "li" and self.lists > DEEPEST_LIST:
            return
        self.out.append("</h3>" if re.fullmatch(r"h\d", tag) else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))


class RichTextField(models.TextField):
    """Text that is cleaned whenever it is saved, whoever saves it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Clean the value on its way to the database."""
        value = clean_html(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value
