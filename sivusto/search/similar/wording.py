"""What is shown of similar projects: each with why it resembles, in words."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import OperationalError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hankkeet.models import Project
from sivusto.search.similar.asking import Similar, similar_to
from sivusto.search.similar.resemblance import FUNDER, IMPLEMENTER, PORTFOLIO, PROGRAMME
from sivusto.search.similar.sources import of_project, of_words

logger = logging.getLogger(__name__)

ON_CARD, FOR_STAFF = 4, 5
MOST_KINDS, MOST_NAMES, MOST_WORDS = 2, 2, 3


@dataclass(frozen=True)
class Alike:
    """A similar project (code, name, phase, publication and period loaded) and the reason."""

    project: Project
    reason: str


def public_like(project: Project) -> list[Alike]:
    """Return the public projects that resemble a card loaded by ``cards()``.

    None where the database is too busy to say in time: a card is shown without them.
    """
    try:
        return _shown(similar_to(of_project(project), ON_CARD))
    except OperationalError as error:
        logger.warning("no similar projects for %s: %s", project.code, error)
        return []


def any_like(project: Project) -> list[Alike]:
    """Return for staff the cards, public or not, that resemble a card loaded by ``cards()``."""
    return _shown(similar_to(of_project(project), FOR_STAFF, for_staff=True))


def any_like_words(name: str, text: str) -> list[Alike]:
    """Return for staff the cards that resemble a name and a summary that are being typed."""
    return _shown(similar_to(of_words(name, text), FOR_STAFF, for_staff=True))


def _shown(similar: list[Similar]) -> list[Alike]:
    return [Alike(each.project, reason(each)) for each in similar]


def reason(similar: Similar) -> str:
    """Write what the two share, the most telling of it: things, words, and time at last."""
    shared = similar.resemblance
    named: dict[str, list[str]] = {}
    for thing in shared.things:
        named.setdefault(thing[0], []).append(similar.names[thing])
    parts = [", ".join([_of_kind(kind, names) for kind, names in named.items()][:MOST_KINDS])]
    if shared.words:
        words = ", ".join(shared.words[:MOST_WORDS])
        parts.append(_("molemmissa: %(words)s") % {"words": words})
    if shared.is_at_one_time:
        parts.append(_("osin samaan aikaan"))
    return str(capfirst("; ".join(filter(None, parts))))


def _of_kind(kind: str, names: Sequence[str]) -> str:
    number = len(names)
    phrases = {
        PROGRAMME: ngettext("sama ohjelma %(names)s", "samat ohjelmat %(names)s", number),
        FUNDER: ngettext("sama rahoittaja %(names)s", "samat rahoittajat %(names)s", number),
        PORTFOLIO: ngettext("sama salkku %(names)s", "samat salkut %(names)s", number),
        IMPLEMENTER: ngettext("sama toteuttaja %(names)s", "samat toteuttajat %(names)s", number),
    }
    return phrases[kind] % {"names": ", ".join(names[:MOST_NAMES])}
