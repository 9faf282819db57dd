"""The public addresses of monitoring: a project's page, its files and its calendar."""

from collections.abc import Callable, Iterator
from datetime import UTC
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hankkeet.models import Project
from salkut.models import Portfolio
from seuranta.standing import Standing, standing
from sivusto.card.printing import PrintError
from sivusto.card.views import moved, not_printed
from sivusto.monitoring import portfolio_page, portfolio_tables, timeline
from sivusto.monitoring.calendar import Event, feed, last_day
from sivusto.monitoring.paper import paper_html, report_pdf
from sivusto.monitoring.periods import Published, published
from sivusto.monitoring.project_page import page_context
from sivusto.monitoring.writing.commas import csv_lines
from sivusto.monitoring.writing.sheet import MOST_ON_PAPER, Sheet
from sivusto.monitoring.writing.worddocument import word_document
from sivusto.monitoring.writing.workbook import workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def project_monitoring(request: HttpRequest, code: str) -> HttpResponse:
    """Show how a public project's measures go, by its published reports."""
    found = _found(request, code)
    if found is None:
        return moved(code, "monitoring")
    context = page_context(found, request.GET.get("sivu"))
    return render(request, "seuranta/project.html", context)


@require_safe
def report_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """Give the report as a file: CSV, HTML, DOCX or XLSX."""
    if kind not in _FILES:
        raise Http404
    found = _found(request, code)
    if found is None:
        return moved(code, "monitoring")
    return _FILES[kind](found)


@require_safe
def report_paper(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the report as PDF, a long one part by part (``?osa=2``)."""
    found = _found(request, code)
    if found is None:
        return moved(code, "monitoring_pdf")
    asked = request.GET.get("osa", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    try:
        path = report_pdf(found, number)
    except IndexError as error:
        raise Http404(_("Raportissa ei ole pyydettyä osaa.")) from error
    except PrintError as error:
        return not_printed(request, "card/not_printed.html", error, {"project": found.project})
    return FileResponse(
        path.open("rb"), filename=_name(found, "pdf", number), content_type="application/pdf"
    )


@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Give the project's milestones and deadlines as an iCalendar feed."""
    found = _found(request, code)
    if found is None:
        return moved(code, "monitoring_calendar")
    stamp = found.periods[0].updated_at.astimezone(UTC)
    text = feed(found.project.name, _events(found), stamp)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_safe
def portfolio_monitoring(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the projects of a portfolio go, by their published reports."""
    portfolio = _portfolio(slug)
    if portfolio.slug != slug:
        return redirect("portfolio_monitoring", portfolio.slug, permanent=True)
    context = portfolio_page.page_context(portfolio, request.GET.get("sivu"))
    return render(request, "seuranta/portfolio.html", context)


@require_safe
def portfolio_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """Show when the measures of a portfolio's projects are planned for."""
    portfolio = _portfolio(slug)
    if portfolio.slug != slug:
        return redirect("portfolio_timeline", portfolio.slug, permanent=True)
    context = timeline.page_context(portfolio, request.GET.get("sivu"))
    return render(request, "seuranta/timeline.html", context)


@require_safe
def portfolio_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Give the last reports of a portfolio's projects as one table: CSV, JSON or XLSX."""
    if kind not in _TABLES:
        raise Http404
    portfolio = _portfolio(slug)
    if portfolio.slug != slug:
        return redirect("portfolio_monitoring_file", portfolio.slug, kind, permanent=True)
    response = _TABLES[kind](portfolio)
    response.headers["Content-Type"] = TYPES[kind]
    name = f"{portfolio.slug}-seuranta.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


_TABLES: dict[str, Callable[[Portfolio], HttpResponseBase]] = {
    "csv": lambda portfolio: StreamingHttpResponse(portfolio_tables.as_csv(portfolio)),
    "json": lambda portfolio: StreamingHttpResponse(portfolio_tables.as_json(portfolio)),
    "xlsx": lambda portfolio: FileResponse(portfolio_tables.as_workbook(portfolio)),
}


def _portfolio(slug: str) -> Portfolio:
    """Return the portfolio that has or has had the address."""
    found: Portfolio | None = Portfolio.objects.at_address(slug).first()
    if found is None:
        raise Http404
    return found


def _found(request: HttpRequest, code: str) -> Published | None:
    """Return what is published of the project; None where the code is not its present one."""
    project = Project.objects.public().filter(code=code).first()
    if project is None:
        return None
    found = published(project, request.GET.get("jakso", ""))
    if found is None:
        raise Http404(_("Hankkeesta ei ole julkaistu seurantaa."))
    return found


def _name(found: Published, ending: str, part: int = 1) -> str:
    stem = slugify(found.project.name)[:80].strip("-") or found.project.code.lower()
    day = found.chosen.end_date.isoformat()
    return f"{stem}-seuranta-{day}{f'-osa-{part}' if part > 1 else ''}.{ending}"


def _as_csv(found: Published) -> HttpResponseBase:
    return _attached(HttpResponse("".join(csv_lines(found.report))), found, "csv")


def _as_html(found: Published) -> HttpResponseBase:
    return _attached(HttpResponse(paper_html(found)), found, "html")


def _as_docx(found: Published) -> HttpResponseBase:
    sheet = Sheet(found.report, found.project.name, str(found.chosen), MOST_ON_PAPER)
    return _attached(FileResponse(word_document(sheet, settings.MUNICIPALITY)), found, "docx")


def _as_xlsx(found: Published) -> HttpResponseBase:
    sheet = Sheet(found.report, found.project.name, str(found.chosen))
    return _attached(FileResponse(workbook(sheet, settings.MUNICIPALITY)), found, "xlsx")


def _attached(response: HttpResponseBase, found: Published, kind: str) -> HttpResponseBase:
    response.headers["Content-Type"] = TYPES[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(found, kind)}"'
    return response


_FILES: dict[str, Callable[[Published], HttpResponseBase]] = {
    "csv": _as_csv,
    "docx": _as_docx,
    "html": _as_html,
    "xlsx": _as_xlsx,
}


def _events(found: Published) -> Iterator[Event]:
    """Yield the project's own days, reports that are due, and the ends of what is to be done."""
    project = found.project
    card = f"{settings.PUBLIC_ADDRESS}{project.get_absolute_url()}"
    host = settings.PUBLIC_ADDRESS.partition("://")[2]
    days: list[tuple[str, Any, str]] = [
        ("alkaa", project.start_date, _("Hanke alkaa: %(name)s")),
        ("paattyy", project.end_date, _("Hanke päättyy: %(name)s")),
    ]
    for key, day, title in days:
        if day:
            yield Event(f"{project.code}-{key}@{host}", day, title % {"name": project.name}, card)
    for period in project.reporting_periods.open():
        if period.due_date:
            yield Event(
                f"{project.code}-raportti-{period.pk}@{host}",
                period.due_date,
                _("Seurantaraportin määräpäivä: %(name)s") % {"name": project.name},
                f"{card}seuranta/",
                _("Raportointijakso %(period)s") % {"period": period},
            )
    ended = (Standing.DONE, Standing.DISCONTINUED)
    for number, measure in enumerate(found.report.measures(), start=1):
        if measure.months and standing(measure, found.chosen.last_month) not in ended:
            yield Event(
                f"{project.code}-{number}-{measure.months[-1].iso()}@{host}",
                last_day(*measure.months[-1]),
                _("Toimenpiteen määräaika: %(title)s") % {"title": measure.title[:200]},
                f"{card}seuranta/#t{number}",
                project.name,
            )
