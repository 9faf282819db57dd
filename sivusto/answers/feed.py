"""A search as an Atom feed (RFC 4287): what has changed last comes first."""

import re

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from hankkeet.models import Project
from sivusto.answers.answer import Answer
from sivusto.answers.columns import address, phase
from sivusto.templatetags.finnish import euros, period

MOST_ENTRIES = 50
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def atom(answer: Answer, own_address: str) -> str:
    """Write the feed of a search; two queries besides the search's own."""
    feed = Atom1Feed(
        title=f"{settings.MUNICIPALITY}: hankkeet",
        link=_drawable(answer.page_address),
        description="",
        subtitle=_drawable(answer.sentence),
        language="fi",
        author_name=settings.MUNICIPALITY,
        feed_url=own_address,
        feed_copyright="CC BY 4.0",
    )
    newest = answer.projects.prefetch_related(None).order_by("-updated_at", "-pk")
    for project in newest[:MOST_ENTRIES]:
        feed.add_item(
            title=_drawable(project.name),
            link=address(project),
            unique_id=address(project),
            description=_drawable(_facts(project)),
            pubdate=project.published_at or project.created_at,
            updateddate=project.updated_at,
        )
    return feed.writeString("utf-8")


def _facts(project: Project) -> str:
    when = period(project.start_date, project.end_date)
    facts = (phase(project), when, euros(project.total_cost))
    return "; ".join(fact for fact in facts if fact)


def _drawable(text: str) -> str:
    return NOT_IN_XML.sub(" ", text)
