"""The text of an attachment as pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hankkeet.models import AttachmentText
from sivusto.documents.model import Text
from sivusto.documents.portions import place_of, portions
from sivusto.documents.presenting import address, contents, sections

MOST_OPEN = 15  # lines of contents that are shown at once


@require_safe
def attachment_text(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show the text of a public attachment, or why there is none; two queries.

    A long text is cut: ``?kohta=dia-12`` asks for the portion that has the slide.
    """
    held = (
        AttachmentText.objects.public()
        .select_related("attachment__project")
        .filter(attachment=pk)
        .first()
    )
    if held is None:
        raise Http404(_("Liitettä ei löydy."))
    if code != held.attachment.project.code:
        return redirect(held.get_absolute_url(), permanent=True)
    return render(request, "liitteet/text.html", _context(request, held))


def _context(request: HttpRequest, held: AttachmentText) -> dict[str, object]:
    attachment = held.attachment
    context: dict[str, object] = {
        "held": held,
        "attachment": attachment,
        "project": attachment.project,
    }
    if not held.has_text:
        return context
    text = Text.unpacked(held.content)
    cut = portions(text.parts)
    asked = request.GET.get("kohta", "")
    found = place_of(cut, asked)
    place = found or 0
    lines = contents(cut, place)
    language = attachment.language or held.language
    return context | {
        "text": text,
        "sections": sections(cut[place]),
        "contents": lines,
        "is_long": len(lines) > MOST_OPEN,
        "is_unknown": bool(asked) and found is None,
        "previous": address(cut[place - 1][0].anchor) if place else "",
        "next": address(cut[place + 1][0].anchor) if place + 1 < len(cut) else "",
        "number": place + 1,
        "count": len(cut),
        "language": language if language != get_language() else "",
    }
