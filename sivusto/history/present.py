"""What today lets old versions show: hidden things stay hidden, and persons expire.

A version keeps no person and no file. Both are looked up in today's rows, so that what is hidden,
erased or gone today is not to be had through an old version either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hankkeet.models import Attachment, Contact, Logo, Project
from rahoitus.models import Funder, Programme
from salkut.models import Portfolio
from sivusto.history.contents import Content
from sivusto.history.snapshot import RELATIONS


@dataclass(frozen=True)
class Present:
    """Today's rows that old contents of one card refer to, by their keys."""

    project: Project
    contacts: dict[int, Contact] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    public_codes: frozenset[str] = frozenset()
    portfolios: dict[int, Portfolio] = field(default_factory=dict)
    funders: dict[int, Funder] = field(default_factory=dict)
    programmes: dict[int, Programme] = field(default_factory=dict)


def present_of(project: Project, contents: Iterable[Content]) -> Present:
    """Look up what the contents of a card refer to; seven queries however many there are."""
    contents = list(contents)
    codes = {row["id"] for each in contents for name in RELATIONS for row in each[name]}
    return Present(
        project=project,
        contacts=Contact.objects.filter(project=project).in_bulk(),
        attachments=Attachment.objects.filter(project=project).in_bulk(),
        pictures=frozenset(Logo.objects.filter(project=project).values_list("image", flat=True)),
        public_codes=frozenset(
            Project.objects.public().filter(code__in=codes).values_list("code", flat=True)
        ),
        portfolios=Portfolio.objects.in_bulk(_keys(contents, "portfolios")),
        funders=Funder.objects.in_bulk(
            {row["funder"]["id"] for each in contents for row in each["funding"]}
        ),
        programmes=Programme.objects.in_bulk(
            {
                row["programme"]["id"]
                for each in contents
                for row in each["funding"]
                if row["programme"]
            }
        ),
    )


def allowed(content: Content, present: Present) -> Content:
    """Return the content without attachments and relations that the public may not see today."""
    hidden = {pk for pk, row in present.attachments.items() if row.is_hidden}
    relations = {
        name: [row for row in content[name] if row["id"] in present.public_codes]
        for name in RELATIONS
    }
    shown = [row for row in content["attachments"] if row["id"] not in hidden]
    return content | relations | {"attachments": shown}


def _keys(contents: list[Content], name: str) -> set[Any]:
    return {row["id"] for each in contents for row in each[name]}
