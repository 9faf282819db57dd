"""Whose emblems and sentences a card shows, in which order, and which it must not lack.

The European Union's emblem is to be seen with the sentence that tells of its money, and is to be
at least as large as any other (Regulation (EU) 2021/1060, articles 47 and 50, annex IX). So it
comes first, and all are drawn equally high.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rahoitus.models import FunderKind, FundingShare, PayerVisibility

LABEL = _(
    "EU-rahoittajan tunnus ja rahoituslause, jotka EU:n asetus 2021/1060 vaatii kortille "
    "ja jotka lisätään rahoittajan tai ohjelman tietoihin"
)
ASKED_OF_EU = ("logo", "statement")


def emblems(shares: Iterable[FundingShare]) -> list[PayerVisibility]:
    """Return whose emblems are to be shown, each once, the European Union's first."""
    return _shown(shares, "logo")


def statements(shares: Iterable[FundingShare], language: str) -> list[tuple[str, str]]:
    """Return the sentences to be shown, each once, with the languages that they are in."""
    told = (payer.statement_in(language) for payer in _shown(shares, "statement"))
    return list(dict.fromkeys(told))


def _shown(shares: Iterable[FundingShare], what: str) -> list[PayerVisibility]:
    """Choose the programme's or else the funder's: one of an earlier period keeps its own."""
    declared = [share for share in shares if share.is_declared]
    declared.sort(key=lambda share: share.funder.kind != FunderKind.EU)
    found: dict[tuple[type[PayerVisibility], int | None], PayerVisibility] = {}
    for share in declared:
        for payer in (share.programme, share.funder):
            if payer and getattr(payer, what):
                found.setdefault((type(payer), payer.pk), payer)
                break
    return list(found.values())


def has_visibility(_project: type[models.Model]) -> Any:
    """Return a condition on projects: each declared share of EU money has emblem and sentence."""
    of_eu = FundingShare.objects.filter(
        project=models.OuterRef("pk"), funder__kind=FunderKind.EU, is_declared=True
    )
    lacks = models.Q()
    for what in ASKED_OF_EU:
        own = models.Q(programme=None) | models.Q(**{f"programme__{what}": ""})
        lacks |= own & models.Q(**{f"funder__{what}": ""})
    return ~models.Exists(of_eu.filter(lacks))
