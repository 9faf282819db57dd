"""The way from draft to public on the staff's screens: buttons, notes, and bulk actions."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hankkeet.models import MoveKind, Project, Publication
from sivusto.editing.moves import LONGEST_NOTE, MoveRefusedError, is_open, move, move_all
from sivusto.reminders.looks import note_look
from sivusto.staff import rights
from sivusto.staff.project_rights import RightsMixin

MOST_TOLD = 10
DONE = {
    MoveKind.SENT: gettext_lazy("Lähetetty tarkastettavaksi."),
    MoveKind.RETURNED: gettext_lazy("Palautettu tekijälle."),
    MoveKind.PUBLISHED: gettext_lazy("Kortti on julkaistu."),
    MoveKind.WITHDRAWN: gettext_lazy(
        "Kortti on poistettu julkaisusta. Sen tiedot ovat tallessa, ja sen voi julkaista uudelleen."
    ),
    MoveKind.DISCARDED: gettext_lazy("Muutosehdotus on hylätty. Kortti on ennallaan."),
}


class PublishingMixin(RightsMixin):
    """Moves of one card with its form's buttons, and of many from the list."""

    def get_urls(self) -> list[Any]:
        """Add the address that the buttons outside the form send to."""
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/siirto/", view, name="hankkeet_project_move"), *super().get_urls()]

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move the card as it stands."""
        project = get_object_or_404(Project, pk=pk)
        kind = self.asked_move(request, request.POST.get("move", ""), project)
        try:
            move(
                project,
                kind,
                request.user,
                note=request.POST.get("note", ""),
                seen=request.POST.get("version", ""),
            )
        except MoveRefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            if kind == MoveKind.PUBLISHED:
                note_look(project, request.user)
            self.message_user(request, str(DONE[kind]), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:hankkeet_project_change", args=[pk]))

    def asked_move(self, request: HttpRequest, name: str, project: Project) -> MoveKind:
        """Return the move that is asked for; refuse one that the person may not make."""
        if request.method != "POST" or name not in MoveKind.values:
            raise PermissionDenied
        kind = MoveKind(name)
        is_senders = kind in (MoveKind.SENT, MoveKind.DISCARDED)
        self.demand(
            request, rights.may_send_to_review if is_senders else rights.may_publish, project
        )
        return kind

    def moved_with_form(self, request: HttpRequest, project: Project, reason: str) -> None:
        """Move the card just saved, if such a button was pressed; tell if it could not be."""
        name = request.POST.get("_move", "")
        if not name:
            return
        kind = self.asked_move(request, name, project)
        try:
            if request.POST.get("state", project.publication) != project.publication:
                text = _("Kortin tila on nyt ”%(state)s”, joten siirtoa ei tehty.")
                raise MoveRefusedError(text % {"state": project.get_publication_display()})
            move(project, kind, request.user, reason=reason)
        except MoveRefusedError as error:
            request.is_move_refused = True  # type: ignore[attr-defined]
            self.message_user(request, f"{_('Tiedot tallennettiin.')} {error}", messages.ERROR)
        else:
            self.message_user(request, str(DONE[kind]), messages.SUCCESS)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Stay on a card that was saved but not moved, for there is something to fill in."""
        return _stay(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on a card that was saved but not moved, for there is something to fill in."""
        return _stay(request, obj) or super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form its buttons and the notes of those who have judged the card."""
        project: Project | None = context.get("original")
        may_publish = self.has_publish_permission(request, project)
        state = project.publication if project else Publication.DRAFT
        context |= {
            "may_publish": may_publish,
            "state": state,
            "state_label": Publication(state).label,
            "is_draft": state == Publication.DRAFT,
            "may_send": not may_publish and is_open(MoveKind.SENT, state),
            "may_approve": may_publish and is_open(MoveKind.PUBLISHED, state),
            "longest_note": LONGEST_NOTE,
            "return_note": _return_note(project),
        }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    # Many at once

    @admin.action(
        description=gettext_lazy("Poista valitut luonnokset pysyvästi"), permissions=["delete"]
    )
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Delete drafts; refuse all if one of them has been public or is somebody else's."""
        names = [p.name for p in queryset.filter(published_at__isnull=False)[:5]]
        if names:
            text = _(
                "Mitään ei poistettu. Kerran julkaistua korttia ei voi poistaa, mutta sen voi "
                "poistaa julkaisusta: %(names)s"
            )
            self.message_user(request, text % {"names": ", ".join(names)}, messages.ERROR)
            return None
        if self._refuse_others(request, queryset, rights.editable_by(request.user)):
            return None
        return delete_selected(self, request, queryset)

    @admin.action(description=gettext_lazy("Julkaise valitut"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Make the chosen cards public."""
        if self._refuse_others(request, queryset, rights.published_by(request.user)):
            return
        with transaction.atomic():
            chosen = _locked(queryset)
            others = chosen.exclude(publication=Publication.PUBLISHED)
            already = chosen.count() - others.count()
            changed = list(others.publishable())
            held_back = list(others.exclude(pk__in=[project.pk for project in changed]))
            count = move_all(changed, MoveKind.PUBLISHED, request.user)
        self.tell_held_back(request, held_back)
        text = ngettext("%(n)s kortti julkaistiin.", "%(n)s korttia julkaistiin.", count)
        if already:
            text += " " + _("%(already)s oli julkaistu jo ennestään.")
        self.message_user(request, text % {"n": count, "already": already}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Poista julkaisusta"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the chosen public cards out of sight."""
        if self._refuse_others(request, queryset, rights.published_by(request.user)):
            return
        with transaction.atomic():
            changed = list(_locked(queryset).public())
            count = move_all(changed, MoveKind.WITHDRAWN, request.user)
        text = ngettext(
            "%(n)s kortti poistettiin julkaisusta. Sen tiedot ovat tallessa, ja sen voi julkaista "
            "uudelleen.",
            "%(n)s korttia poistettiin julkaisusta. Niiden tiedot ovat tallessa, ja ne voi "
            "julkaista uudelleen.",
            count,
        )
        self.message_user(request, text % {"n": count}, messages.SUCCESS)

    def _refuse_others(
        self, request: HttpRequest, chosen: QuerySet[Any], hers: QuerySet[Any]
    ) -> bool:
        """Tell of cards over which the person has no right; nothing is then done to any."""
        others = Project.objects.filter(pk__in=chosen.values("pk")).exclude(
            pk__in=hers.values("pk")
        )
        names = list(others.order_by("name").values_list("name", flat=True)[: MOST_TOLD + 1])
        if names:
            shown = ", ".join(names[:MOST_TOLD]) + ("…" if len(names) > MOST_TOLD else "")
            text = _("Mitään ei tehty, sillä kaikki valitut kortit eivät ole sinun: %(names)s.")
            self.message_user(request, text % {"names": shown}, messages.ERROR)
        return bool(names)

    def tell_held_back(self, request: HttpRequest, projects: list[Project]) -> None:
        """Tell in one message which cards were not published, and what each of them lacks."""
        if not projects:
            return
        shown = [f"{project.name} ({', '.join(project.lacks)})" for project in projects[:MOST_TOLD]]
        more = len(projects) - len(shown)
        if more:
            shown.append(_("ja %(n)d muuta") % {"n": more})
        text = _("Ei julkaistu, sillä tietoja puuttuu: %(cards)s.") % {"cards": "; ".join(shown)}
        self.message_user(request, text, messages.ERROR)


def _stay(request: HttpRequest, project: Project) -> HttpResponse | None:
    """Lead back to the form if a move was refused after saving it."""
    if not getattr(request, "is_move_refused", False):
        return None
    return HttpResponseRedirect(reverse("admin:hankkeet_project_change", args=[project.pk]))


def _locked(queryset: QuerySet[Any]) -> Any:
    """Return the chosen cards, held until the transaction ends."""
    keys = list(
        Project.objects.filter(pk__in=queryset.values("pk"))
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    return Project.objects.filter(pk__in=keys)


def _return_note(project: Project | None) -> Any:
    """Return the last move if it was one back to the author, for her to read."""
    if project is None or project.publication != Publication.DRAFT:
        return None
    last = project.moves.select_related("by").first()
    return last if last and last.kind == MoveKind.RETURNED and not last.of_revision else None
