"""What ``rights`` decides, as the admin asks for it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from hankkeet.models import Project
from sivusto.staff import rights


class RightsMixin(admin.ModelAdmin):
    """Answers the admin's questions about a card once for each request.

    Once, for what a form holds while it is being saved must not decide who may save it.
    """

    def has_view_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to whose work it is."""
        return rights.may_view(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow to who makes drafts."""
        return rights.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to who edits the card."""
        return self.asked(request, rights.may_edit, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow only for a card that the public has never seen; others are withdrawn."""
        return self.asked(request, rights.may_delete, obj)

    def has_publish_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to who publishes the card; actions of the list ask for it without one."""
        return self.asked(request, rights.may_publish, obj)

    def asked(self, request: HttpRequest, right: Any, project: Project | None) -> bool:
        """Return whether the person has a right over a card, looked up once for each request."""
        held: dict[Any, bool] = request.__dict__.setdefault("_card_rights", {})
        key = right, project and project.pk
        if key not in held:
            held[key] = right(request.user, project)
        return held[key]

    def demand(self, request: HttpRequest, right: Any, project: Project) -> None:
        """Raise PermissionDenied unless the person has a right over the card."""
        if not self.asked(request, right, project):
            raise PermissionDenied
