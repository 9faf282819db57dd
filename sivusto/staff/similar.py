"""Similar projects for who writes a new card: as she types, and after the first save."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from hankkeet.chains import chain_of
from hankkeet.models import Project
from sivusto.card.queries import cards
from sivusto.search.similar.wording import any_like, any_like_words
from sivusto.staff import rights

ENOUGH = 4  # letters of a name, before anything is looked for


class SimilarMixin(admin.ModelAdmin):
    """Shows what there is already, and the chain that a card belongs to."""

    def get_urls(self) -> list[Any]:
        """Add the address that the form's script asks while a name is typed."""
        view = self.admin_site.admin_view(require_POST(similar_to_typed))
        return [
            path("samankaltaiset/", view, name="hankkeet_project_similar"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give a card that was never public what resembles it, and any card its chain."""
        project: Project | None = context.get("original")
        if project is not None:
            context["chain"] = chain_of(project.pk, public_only=False)
            is_new = project.published_at is None
            loaded = cards().filter(pk=project.pk).first() if is_new else None
            context["similar"] = any_like(loaded) if loaded else []
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response


def similar_to_typed(request: HttpRequest) -> HttpResponse:
    """Answer with the cards that resemble a name and a summary that are being typed."""
    if not rights.may_view(request.user):
        raise PermissionDenied
    name, text = (request.POST.get(key, "").replace("\0", "") for key in ("name", "text"))
    is_enough = len(name.strip()) >= ENOUGH or len(text.strip()) >= ENOUGH
    similar = any_like_words(name, text) if is_enough else []
    return render(request, "admin/hankkeet/project/_similar_typed.html", {"similar": similar})
