"""The reader of old-register cards: text or HTML in, plain values out. No database, no Django."""

from .decoding import decode
from .export import to_json
from .markup import section_html
from .model import (
    AttachmentText,
    Card,
    ContactText,
    FunderName,
    Reading,
    SectionText,
    ShareText,
)
from .names import matches_abbreviation, nominative
from .reading import read_card

__all__ = [
    "AttachmentText",
    "Card",
    "ContactText",
    "FunderName",
    "Reading",
    "SectionText",
    "ShareText",
    "decode",
    "matches_abbreviation",
    "nominative",
    "read_card",
    "section_html",
    "to_json",
]
