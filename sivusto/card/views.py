"""The card's addresses: page, paper, attachments, logos, and the old ways to it."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hankkeet.models import Attachment, ExternalKey, Logo, Project
from hankkeet.models.relations import KeyKind
from hankkeet.storage import SMALL
from hankkeet.uploads import CONTENT_TYPES, small_image
from rahoitus.models import Funder, Programme
from sivusto.card.card import present_card
from sivusto.card.data import card_data
from sivusto.card.kept import printed_card
from sivusto.card.paper import card_pdf, file_name
from sivusto.card.poster import Sheet, poster_pdf
from sivusto.card.printing import PrintError
from sivusto.card.queries import cards
from sivusto.history.past import Past
from sivusto.search.similar.wording import public_like
from sivusto.security.middleware import csp_override

DOWNLOAD_POLICY = {"default-src": ["'none'"], "sandbox": []}


@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Show a public card; a former address leads to the present one."""
    project = cards().public().filter(code=code).first()
    return card_response(request, project) if project else moved(code, "card")


@require_safe
def card_paper(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give a public card as PDF."""
    try:
        printed = printed_card(code)
    except PrintError as error:
        project = Project.objects.public().get(code=code)
        return not_printed(request, "card/not_printed.html", error, {"project": project})
    if printed is None:
        return moved(code, "card_pdf")
    return pdf_response(request, printed.path, printed.name)


@require_safe
def sheet_paper(request: HttpRequest, code: str, sheet: Sheet) -> HttpResponseBase:
    """Give the poster or the one-pager of a public card as PDF."""
    project = cards().public().filter(code=code).first()
    if project is None:
        return moved(code, sheet.view)
    try:
        path, saved_as = poster_pdf(project, sheet)
    except PrintError as error:
        return not_printed(request, "card/not_printed.html", error, {"project": project})
    return pdf_response(request, path, saved_as)


@require_safe
def card_json(request: HttpRequest, code: str) -> HttpResponse:
    """Give a public card as data."""
    project = cards().public().filter(code=code).first()
    if project is None:
        return moved(code, "card_json")
    return JsonResponse(card_data(project), json_dumps_params={"ensure_ascii": False})


def card_response(request: HttpRequest, project: Project, *, preview: bool = False) -> HttpResponse:
    """Answer with the card of a project loaded by ``cards()``; a preview says that it is one."""
    similar = [] if preview else public_like(project)
    return render(
        request,
        "card/card.html",
        {
            "card": present_card(project),
            "project": project,
            "preview": preview,
            "similar": similar,
        },
    )


def card_pdf_response(
    request: HttpRequest, project: Project, *, preview: bool = False, past: Past | None = None
) -> HttpResponseBase:
    """Answer with the printed card, or with a page that says why it cannot be printed."""
    try:
        path = card_pdf(project, preview=preview, past=past)
    except PrintError as error:
        return not_printed(request, "card/not_printed.html", error, {"project": project})
    return pdf_response(request, path, file_name(project, past))


def pdf_response(request: HttpRequest, path: Path, name: str) -> HttpResponseBase:
    """Answer with a printed file, to be read at once; anybody may ask whether it is the same."""
    response = _file_response(path, name, "application/pdf", as_attachment=False)
    return _revalidated(request, response, path.stem)


def not_printed(
    request: HttpRequest, template: str, error: PrintError, context: dict[str, Any]
) -> HttpResponse:
    """Answer with a page that says why there is no PDF, and when to ask again."""
    reason = {"reason": _(str(error))}
    response = render(request, template, context | reason, status=503)
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


@require_safe
@csp_override(DOWNLOAD_POLICY)
def attachment(request: HttpRequest, pk: int, name: str) -> HttpResponse | FileResponse:
    """Download a public attachment under a name that is safe in any file system."""
    found = get_object_or_404(Attachment.objects.public().exclude(file=""), pk=pk)
    if name != found.download_name:
        return redirect(found.get_absolute_url(), permanent=True)
    return attachment_response(found)


def attachment_response(found: Attachment) -> FileResponse:
    """Answer with the file of an attachment, to be saved and not shown."""
    suffix = Path(str(found.file.name)).suffix
    content_type = CONTENT_TYPES.get(suffix, "application/octet-stream")
    path = Path(found.file.path)
    return _file_response(path, found.download_name, content_type, as_attachment=True)


@require_safe
@csp_override(DOWNLOAD_POLICY)
def logo(request: HttpRequest, name: str, *, is_small: bool = False) -> HttpResponseBase:
    """Show the logo of a public card or of a payer; its name never holds another picture."""
    stored = f"logot/{name}"
    is_public = (
        Logo.objects.filter(image=stored, project__in=Project.objects.public()).exists()
        or Funder.objects.filter(logo=stored).exists()
        or Programme.objects.filter(logo=stored).exists()
    )
    if not is_public:
        raise Http404
    content_type = CONTENT_TYPES.get(Path(name).suffix, "application/octet-stream")
    path = Path(settings.MEDIA_ROOT) / stored
    response = _file_response(
        _small(path) if is_small else path, name, content_type, as_attachment=False
    )
    return _revalidated(request, response, f"{name}-pieni" if is_small else name)


def _small(path: Path) -> Path:
    """Return the smaller file of a logo, made of it unless it has been before."""
    small = Path(settings.MEDIA_ROOT) / SMALL / path.name
    if not small.exists():
        try:
            content = small_image(path)
        except OSError as error:
            raise Http404(_("Tiedostoa ei löydy.")) from error
        small.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=small.parent, suffix=".part", delete=False) as part:
            part.write(content)
        Path(part.name).replace(small)
    return small


@require_safe
def old_register(request: HttpRequest) -> HttpResponse:
    """Lead an address of the old register (``?ID=798``, in any case) to the card."""
    query: dict[str, Any] = {key.lower(): value for key, value in request.GET.items()}
    key = get_object_or_404(
        ExternalKey.objects.filter(
            kind=KeyKind.OLD_REGISTER, project__in=Project.objects.public()
        ).select_related("project"),
        value=str(query.get("id", "")).strip()[:100],
    )
    return redirect(key.project, permanent=True)


def moved(code: str, view: str) -> HttpResponse:
    """Redirect from another spelling of the code, or from a name that the card has had."""
    public = Project.objects.public()
    found = (
        public.filter(code=code.upper()).first() if code.upper() != code else None
    ) or public.at_address(code.lower()).first()
    if found is None:
        raise Http404(_("Hanketta ei löydy."))
    return redirect(reverse(view, args=[found.code]), permanent=True)


def _revalidated(request: HttpRequest, response: HttpResponseBase, mark: str) -> HttpResponseBase:
    """Let anybody keep the file, but ask each time whether it is still public and the same.

    `mark` is a name that never stands for another content. A withdrawn card is gone at once.
    """
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = f'"{mark}"'
    # The stubs say that a response to be streamed cannot be asked for again; Django's own code can.
    asked: Any = get_conditional_response
    answer: HttpResponseBase = asked(request, etag=response.headers["ETag"], response=response)
    if answer is not response:
        response.close()
    return answer


def _file_response(
    path: Path, name: str, content_type: str, *, as_attachment: bool
) -> FileResponse:
    try:
        file = path.open("rb")
    except OSError as error:
        raise Http404(_("Tiedostoa ei löydy.")) from error
    return FileResponse(file, filename=name, as_attachment=as_attachment, content_type=content_type)
