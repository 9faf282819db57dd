"""The staff site itself: its name, its order and its security policy."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from rahoitus.models import Programme
from sivusto.signing.site import SigningSite
from sivusto.staff import desk, silence
from sivusto.staff.editor import staff_policy
from sivusto.staff.races import asked_once_more
from sivusto.staff.rights import may_publish

APP_ORDER = ["hankkeet", "salkut", "rahoitus", "seuranta", "sivusto", "auth"]
MODEL_ORDER = [
    "Project",
    "Feedback",
    "Organisation",
    "ProjectType",
    "Funder",
    "Programme",
    "User",
    "Group",
]


class StaffAutocompleteView(AutocompleteJsonView):
    """Suggestions that tell programmes of one name apart by their funder, and users by name."""

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let who publishes cards choose their managers, though she may not see users."""
        is_user = issubclass(self.model_admin.model, AbstractBaseUser)
        is_allowed: bool = super().has_perm(request, obj)
        return is_allowed or (is_user and may_publish(request.user))

    def get_queryset(self) -> QuerySet[Any]:
        """Return rows that match; of users those who work here."""
        found: QuerySet[Any] = super().get_queryset()
        if issubclass(self.model_admin.model, AbstractBaseUser):
            return found.filter(is_active=True, is_staff=True)
        return found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Return a row's id and what is shown of it."""
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Programme):
            result["text"] = programme_label(obj)
        elif isinstance(obj, AbstractBaseUser):
            result["text"] = user_label(obj)
        return result


class StaffSite(SigningSite):
    """Django's admin under the municipality's name."""

    site_header = format_lazy("{} – {}", settings.MUNICIPALITY, _("hanketietokannan ylläpito"))
    site_title = _("Ylläpito")
    index_title = _("Työpöytä")
    site_url = "/"
    enable_nav_sidebar = False  # eight tables need no menu of their own; forms need the room

    def get_urls(self) -> list[Any]:
        """Return the admin's addresses with those of the desk before them."""
        return [*desk.urls(self), *silence.urls(self), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show what waits for the one who has logged in, and below it all tables."""
        found = desk.on_start_page(request.user) if self.has_permission(request) else {}
        return super().index(request, {**found, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Give every staff page the policy that lets the editor run, unless it has its own."""
        inner = super().admin_view(asked_once_more(view), cacheable)

        @wraps(inner)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response: Any = inner(request, *args, **kwargs)
            if not hasattr(response, "_csp_config"):
                response._csp_config = staff_policy()
            return response  # type: ignore[no-any-return]

        return wrapped

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return apps and tables in the order in which they are needed, not of the alphabet."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _rank(model["object_name"], MODEL_ORDER))
        return sorted(apps, key=lambda app: _rank(app["app_label"], APP_ORDER))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with suggestions for a field."""
        answer: Any = StaffAutocompleteView.as_view(admin_site=self)(request)
        return answer  # type: ignore[no-any-return]


def programme_label(programme: Programme) -> str:
    """Return a programme's name with its funder's."""
    funder = programme.funder
    return f"{programme.name} ({funder.short_name or funder.name})"


def user_label(user: Any) -> str:
    """Return a user's name with the one that she logs in by."""
    name = user.get_full_name()
    return f"{name} ({user.get_username()})" if name else str(user.get_username())


def _rank(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)
