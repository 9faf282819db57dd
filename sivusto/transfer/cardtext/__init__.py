"""The reader of old-register cards: text or HTML in, plain values out. No database, no Django."""

from sivusto.transfer.cardtext.decoding import decode
from sivusto.transfer.cardtext.export import to_json
from sivusto.transfer.cardtext.markup import section_html
from sivusto.transfer.cardtext.model import (
    AttachmentText,
    Card,
    ContactText,
    FunderName,
    Reading,
    SectionText,
    ShareText,
)
from sivusto.transfer.cardtext.names import matches_abbreviation, nominative
from sivusto.transfer.cardtext.reading import read_card

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
