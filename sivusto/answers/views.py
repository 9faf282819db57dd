"""The addresses beside a list: the same query string, another form."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sivusto.answers.answer import Answer
from sivusto.answers.feed import atom
from sivusto.answers.paper import answer_pdf
from sivusto.answers.tables import csv_lines, json_pieces, workbook
from sivusto.card.printing import PrintError
from sivusto.card.views import not_printed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def list_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the list as a table for any program."""
    lines = csv_lines(Answer.to(request).rows())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hankkeet.csv"'
    return response


@require_safe
def list_xlsx(request: HttpRequest) -> FileResponse:
    """Give the list as a workbook."""
    file = workbook(Answer.to(request))
    return FileResponse(file, filename="hankkeet.xlsx", as_attachment=True, content_type=XLSX)


@require_safe
def list_json(request: HttpRequest) -> StreamingHttpResponse:
    """Give the list as data; any site may read it."""
    response = StreamingHttpResponse(
        json_pieces(Answer.to(request)), content_type="application/json"
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def list_atom(request: HttpRequest) -> HttpResponse:
    """Give the search as a feed to follow."""
    own_address = f"{settings.PUBLIC_ADDRESS}{request.get_full_path()}"
    return HttpResponse(
        atom(Answer.to(request), own_address), content_type="application/atom+xml; charset=utf-8"
    )


@require_safe
def answer_paper(request: HttpRequest) -> HttpResponse | FileResponse:
    """Give the answer as PDF, or a page that says why it cannot be printed."""
    answer = Answer.to(request)
    try:
        path = answer_pdf(answer)
    except PrintError as error:
        context = {"query": answer.query}
        return not_printed(request, "answers/not_printed.html", error, context)
    return FileResponse(
        path.open("rb"), filename="vastaus-hankkeet.pdf", content_type="application/pdf"
    )


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search here."""
    return render(
        request,
        "answers/opensearch.xml",
        {"address": settings.PUBLIC_ADDRESS, "municipality": settings.MUNICIPALITY},
        content_type="application/opensearchdescription+xml",
    )
