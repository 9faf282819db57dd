"""Trying the search on a labelled set: documents in, result lists out."""

from html import escape
from pathlib import Path

from hankkeet.models import Phase, Project, Publication, Section
from rahoitus.models import Funder, FundingShare
from salkut.models import Portfolio
from sivusto.search.engine import search
from sivusto.search.index import catch_up


def load_documents(folder: Path) -> dict[int, str]:
    """Write each ``*.txt`` as a public project; return the documents' names by project.

    A document has header lines (id, nimi, salkku, rahoittaja), a line ``---`` and its text.
    """
    names: dict[int, str] = {}
    for path in sorted(folder.glob("*.txt"), reverse=True):
        head, _line, text = path.read_text("utf-8").partition("\n---\n")
        facts = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        project = Project.objects.create(
            name=facts["nimi"][:300], phase=Phase.ENDED, publication=Publication.PUBLISHED
        )
        if facts.get("salkku"):
            project.portfolios.add(Portfolio.objects.get_or_create(name=facts["salkku"])[0])
        if facts.get("rahoittaja"):
            funder = Funder.objects.get_or_create(name=facts["rahoittaja"])[0]
            FundingShare.objects.create(project=project, funder=funder)
        body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
        Section.objects.create(project=project, body=body)
        names[project.pk] = facts["id"]
    catch_up(budget_s=None)
    return names


def results_of(queries: dict[str, str], names: dict[int, str]) -> dict[str, list[str]]:
    """Return for each query all documents found, best first."""
    results = {}
    for key, words in queries.items():
        asked = search(words)
        found = asked.matching(Project.objects.all())
        best = asked.best(found)
        rest = found.exclude(pk__in=best).values_list("pk", flat=True)
        results[key] = [names[pk] for pk in [*best, *rest]]
    return results
