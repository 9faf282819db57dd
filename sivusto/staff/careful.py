"""Saving a card that others may have changed meanwhile: nobody's work is lost silently.

A form carries what the card was when it was opened. If the card is no longer that, the form is
checked against what it was opened on, in a sandbox, so that it comes back with all that was typed;
beside it is told what has changed. Saved once more, it keeps both people's changes.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hankkeet.file_admin import FileAdmin
from hankkeet.models import Project, Revision
from sivusto.checks.store import refresh
from sivusto.editing import revisions
from sivusto.editing.comparing import content_of_rows, told
from sivusto.editing.merging import Values, digest, merged
from sivusto.editing.values import read, write
from sivusto.staff import rights
from sivusto.staff.project_rights import RightsMixin

SALT = "sivusto.staff.opened"


@dataclass
class Editing:
    """One save of a card: what it was opened on, what it is now, and what becomes of it."""

    pk: int
    is_revision: bool
    live: Values
    now: Values
    opened: Values
    seen: str = ""
    wants_both: bool = False
    changes: list[str] = field(default_factory=list)
    changed_by: str = ""
    is_saved: bool = False
    reason: str = ""

    @property
    def is_stale(self) -> bool:
        """Whether somebody has changed the card since the form was opened."""
        return self.opened != self.now

    @property
    def is_refused(self) -> bool:
        """Whether there are changes that the person has not yet been shown."""
        return self.is_stale and not (self.wants_both and self.seen == digest(self.now))

    def keep_both(self) -> None:
        """Write what both have made of what was opened; called when the form is saved."""
        if self.is_stale:
            write(self.pk, merged(self.opened, read(self.pk), self.now))


class CarefulEditing(RightsMixin, FileAdmin):
    """Saves a form onto what it was opened on, then keeps what others have changed since."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return a form that refuses what the person has not been shown."""
        form = super().get_form(request, obj, change, **kwargs)
        editing = editing_of(request)
        if editing is None or not editing.is_refused:
            return form
        return type("OutdatedForm", (_Outdated, form), {})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form; save it in turn with others."""
        ask = super().changeform_view
        is_known = object_id is not None and object_id.isdecimal() and len(object_id) < 19
        if not is_known or (request.method != "POST" and not is_revision(request)):
            return ask(request, object_id, form_url, extra_context)

        def view() -> HttpResponse:
            return ask(request, object_id, form_url, extra_context)

        pk = int(object_id or 0)
        if request.method != "POST":
            return self._shown(request, pk, view)
        try:
            return self._saved(request, pk, view)
        except IntegrityError:
            editing = editing_of(request)
            if editing is None or not (editing.is_stale and editing.is_saved):
                raise
        request.merge_failed = True  # type: ignore[attr-defined]
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        return self._saved(request, pk, view)

    def _shown(self, request: HttpRequest, pk: int, view: Any) -> HttpResponse:
        """Show the form of a revision, or of one that is about to be begun."""
        revision = Revision.objects.filter(project=pk).first()
        self._ask_rights(request, pk)
        if revision is None:
            request.opened_values = read(pk)  # type: ignore[attr-defined]
            return view()  # type: ignore[no-any-return]
        with revisions.written(revision) as left_out:
            request.left_out = left_out  # type: ignore[attr-defined]
            request.opened_values = read(pk)  # type: ignore[attr-defined]
            refresh([pk])
            return _rendered(view())

    @transaction.atomic
    def _saved(self, request: HttpRequest, pk: int, view: Any) -> HttpResponse:
        project = Project.objects.select_for_update().filter(pk=pk).first()
        if project is None or not self._ask_rights(request, pk):
            return view()  # type: ignore[no-any-return]
        is_apart = is_revision(request) or not self.asked(
            request, rights.may_edit_directly, project
        )
        is_apart = is_apart and project.is_public
        point = transaction.savepoint()
        editing = self._begin(request, project, is_apart)
        response: HttpResponse = view()
        if not editing.is_saved:
            if is_apart:
                refresh([pk])
            _rendered(response)
            transaction.savepoint_rollback(point)
        elif is_apart:
            content = read(pk)
            transaction.savepoint_rollback(point)
            revision = revisions.keep(
                project, content, editing.live, by=request.user, reason=editing.reason
            )
            self.after_revision(request, revision)
        else:
            transaction.savepoint_commit(point)
        return response

    def after_revision(self, request: HttpRequest, revision: Revision) -> None:
        """Do what follows when a revision has been kept."""

    def _ask_rights(self, request: HttpRequest, pk: int) -> bool:
        """Look up rights before the card's rows are written over; tell if the person edits."""
        project = Project.objects.filter(pk=pk).first()
        if project is None:
            return False
        for ask in (self.has_delete_permission, self.has_publish_permission):
            ask(request, project)
        self.asked(request, rights.may_edit_directly, project)
        return self.has_change_permission(request, project)

    def _begin(self, request: HttpRequest, project: Project, is_apart: bool) -> Editing:
        """Write what the form was opened on, and tell what has changed since."""
        pk, live = project.pk, read(project.pk)
        revision = Revision.objects.filter(project=pk).first() if is_apart else None
        if revision is not None:
            write(pk, revisions.working(revision, live))
        now = read(pk) if revision is not None else live
        opened = _opened(request.POST.get("opened", ""), pk, now)
        editing = Editing(
            pk,
            is_apart,
            live,
            now,
            opened,
            seen=request.POST.get("seen", ""),
            wants_both="_both" in request.POST and not hasattr(request, "merge_failed"),
        )
        if editing.is_stale:
            after = content_of_rows(pk)
            write(pk, opened)
            editing.changes = told(content_of_rows(pk), after, opened, now)
            editing.changed_by = _last_editor(pk)
        request.editing = editing  # type: ignore[attr-defined]
        return editing

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form what it was opened on, and what has changed since if something has."""
        project = context.get("original")
        editing = editing_of(request)
        if project is not None:
            opened = editing.opened if editing else getattr(request, "opened_values", None)
            context |= {
                "opened": token(project.pk, read(project.pk) if opened is None else opened),
                "editing": editing,
                "seen": digest(editing.now) if editing else "",
                "left_out": getattr(request, "left_out", []),
            }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response


def editing_of(request: HttpRequest) -> Editing | None:
    """Return the save that is going on, if one is."""
    return getattr(request, "editing", None)


def is_revision(request: HttpRequest) -> bool:
    """Tell whether the address is that of a card's revision."""
    return getattr(request, "is_revision", False)


def token(pk: int, values: Values) -> str:
    """Return what a form carries of the values that it was opened on, signed."""
    return signing.dumps([pk, values], salt=SALT, compress=True)


def _opened(sent: str, pk: int, now: Values) -> Values:
    """Return what the form was opened on; what is now, if it does not tell."""
    try:
        told_pk, values = signing.loads(sent, salt=SALT)
    except signing.BadSignature:
        return now
    return now | values if told_pk == pk else now


def _rendered(response: Any) -> HttpResponse:
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    return response  # type: ignore[no-any-return]


def _last_editor(pk: int) -> str:
    mine = LogEntry.objects.filter(
        object_id=str(pk), content_type=ContentType.objects.get_for_model(Project)
    )
    entry = mine.select_related("user").order_by("-action_time").first()
    return (entry.user.get_full_name() or entry.user.get_username()) if entry else ""


class _Outdated:
    """A form of which something was changed by somebody else meanwhile."""

    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        raise ValidationError(
            _(
                "Joku muu on muuttanut korttia sen jälkeen, kun avasit sen, joten mitään ei "
                "tallennettu vielä. Kirjoittamasi on tallessa tällä sivulla. Lue, mitä on "
                "muuttunut, ja valitse, mitä tehdään."
            ),
            code="changed",
        )
