"""A list on paper, for a council: the sentence, the filters and the table."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from hankkeet.models import Project
from sivusto.answers.answer import Answer, chosen_filters
from sivusto.card.paper import printed
from sivusto.card.printing import TooLargeToPrint, check_printable
from sivusto.pages.context import finnish_mark

# A row takes some ten milliseconds, so that the longest sheet takes a sixth of the time limit.
MOST_ROWS = 300
FEWEST_ROWS = 10
# Rows of long names weigh more, and fewer of them are printed.
MOST_WEIGHT = 7_500


def answer_pdf(answer: Answer) -> Path:
    """Return the printed file; of a long list it holds the first rows and says so.

    Raises the errors of ``sivusto.card.printing``.
    """
    projects = answer.first_rows(MOST_ROWS)
    html = _html(answer, projects)
    while len(projects) > FEWEST_ROWS and not _is_printable(html):
        projects = projects[: len(projects) // 2]
        html = _html(answer, projects)
    return printed(html, MOST_WEIGHT)


def _is_printable(html: str) -> bool:
    try:
        check_printable(html, MOST_WEIGHT)
    except TooLargeToPrint:
        return False
    return True


def _html(answer: Answer, projects: list[Project]) -> str:
    return render_to_string(
        "answers/paper.html",
        {
            "sentence": answer.sentence,
            "filters": [
                (label, ", ".join(values))
                for _name, label, values in chosen_filters(answer.filterset)
            ],
            "remarks": answer.remarks,
            "projects": projects,
            "is_cut": len(projects) < answer.totals["number"],
            "address": answer.page_address,
            "today": timezone.localdate(),
            "municipality": settings.MUNICIPALITY,
            "brand_style": settings.BRAND_STYLE,
            "fi": finnish_mark(),
            "LANGUAGE_CODE": get_language(),
        },
    )
