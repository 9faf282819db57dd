"""Rich text of a card: bold, lists, links and one level of sub-headings, nothing more.

Two passes. Ours rebuilds whatever came in as the few blocks that a card knows, in linear time and
bounded depth; nh3, kept by others, then decides what is safe. Cleaning twice changes nothing.
"""

import re

import nh3
from django.db import models

from hankkeet.html_builder import SCHEMES, rebuilt
from hankkeet.html_tokens import plain_text as plain_text  # noqa: PLC0414 offered here, too
from hankkeet.html_tokens import tokens

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


class CleanHtml(str):
    """HTML as `clean_html` returned it; whatever is made of it is an ordinary string again."""

    __slots__ = ()


def clean_html(html: str) -> CleanHtml:
    """Return the allowed part of the HTML; text is kept, markup that is not allowed is not.

    Plain text becomes paragraphs, and a word processor's lists become lists.
    """
    safe = CLEANER.clean(rebuilt(tokens(html)))
    without_dead_links = re.sub(r"<a>([^<]*)</a>", r"\1", safe)  # nh3 refused the address
    return CleanHtml(without_dead_links.replace("&nbsp;", "\xa0"))


class RichTextField(models.TextField):
    """Text that is cleaned whenever it is saved, whoever saves it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Clean the value on its way to the database."""
        value = getattr(model_instance, self.attname) or ""
        if not isinstance(value, CleanHtml):
            value = clean_html(value)
        setattr(model_instance, self.attname, value)
        return value
