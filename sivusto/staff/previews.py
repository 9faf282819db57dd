"""The card and its PDF as they would be when published, and stored files that no card shows yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from hankkeet.models import Attachment, Project, Revision
from sivusto.card.queries import cards
from sivusto.card.views import (
    DOWNLOAD_POLICY,
    attachment_response,
    card_pdf_response,
    card_response,
)
from sivusto.editing.revisions import written


class PreviewsMixin(admin.ModelAdmin):
    """Shows to who may see cards what the public does not see yet."""

    def get_urls(self) -> list[Any]:
        """Add the previews of a card and of its revision, and stored files."""
        view, own = self.admin_site.admin_view, "<int:pk>/"
        named: dict[str, tuple[Any, str]] = {
            f"{own}kortti/": (self.preview, "preview"),
            f"{own}kortti.pdf": (self.preview_paper, "preview_pdf"),
            f"{own}muutosehdotus/kortti/": (self.preview_revision, "preview_revision"),
            f"{own}muutosehdotus/kortti.pdf": (
                self.preview_revision_paper,
                "preview_revision_pdf",
            ),
            "liite/<str:name>": (self.attachment, "attachment"),
        }
        addresses = [
            path(route, view(step), name=f"hankkeet_project_{name}")
            for route, (step, name) in named.items()
        ]
        return [*addresses, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the card as it would be when published."""
        return _as_public(card_response(request, self._card(request, pk), preview=True))

    def preview_paper(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the card as PDF as it would be when published."""
        return _as_public(card_pdf_response(request, self._card(request, pk), preview=True))

    def preview_revision(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the card as it would be if its revision were approved."""
        with self._proposed(request, pk) as project:
            return _as_public(card_response(request, project, preview=True))

    def preview_revision_paper(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the card as PDF as it would be if its revision were approved."""
        with self._proposed(request, pk) as project:
            return _as_public(card_pdf_response(request, project, preview=True))

    def attachment(self, request: HttpRequest, name: str) -> HttpResponse | FileResponse:
        """Give a stored file, also one that the public does not see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response: Any = attachment_response(_stored(f"liitteet/{name}"))
        response._csp_config = DOWNLOAD_POLICY
        return response  # type: ignore[no-any-return]

    def _card(self, request: HttpRequest, pk: int) -> Project:
        if not self.has_view_permission(request):
            raise PermissionDenied
        project: Project | None = cards().filter(pk=pk).first()
        if project is None:
            raise Http404(_("Hanketta ei löydy."))
        return project

    @contextmanager
    def _proposed(self, request: HttpRequest, pk: int) -> Iterator[Project]:
        """Load the card as proposed, inside the sandbox that makes it so."""
        self._card(request, pk)
        revision = Revision.objects.filter(project=pk).first()
        if revision is None:
            raise Http404(_("Kortilla ei ole muutosehdotusta."))
        with written(revision):
            yield self._card(request, pk)


def _as_public(response: Any) -> HttpResponse:
    response._csp_config = settings.SECURE_CSP
    return response  # type: ignore[no-any-return]


def _stored(file: str) -> Attachment:
    """Return the attachment that has the file, in a card or in what is proposed to one."""
    found = Attachment.objects.filter(file=file).first()
    revision = None if found else Revision.objects.holding(file).first()
    rows = revision.content["attachments"] if revision else []
    for row in rows:
        if row["file"] == file:
            return Attachment(pk=row["id"], **{k: row[k] for k in ("title", "file", "file_name")})
    if found is None:
        raise Http404(_("Tiedostoa ei löydy."))
    return found
