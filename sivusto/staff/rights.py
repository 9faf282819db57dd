"""Who may do what to a card: the one place that decides.

Model permissions, which come with the groups, tell what a person's work is; membership tells of
which cards. A superuser may do everything. Everybody whose work it is sees every card, drafts too.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hankkeet.models import Feedback, Project
from hankkeet.models.project import ProjectQuerySet
from salkut.models import Portfolio

COORDINATORS = "Salkkukoordinaattorit"
MANAGERS = "Projektipäälliköt"
VIEWERS = "Katselijat"


def may_view(user: Any) -> bool:
    """Tell whether the person sees cards, public or not."""
    return any(user.has_perm(f"hankkeet.{right}_project") for right in ("view", "change"))


def may_add(user: Any) -> bool:
    """Tell whether the person makes new drafts."""
    return bool(user.has_perm("hankkeet.add_project"))


def may_edit(user: Any, project: Project | None = None) -> bool:
    """Tell whether the person edits the card; of none, whether she edits any."""
    if not user.has_perm("hankkeet.change_project"):
        return False
    return project is None or _holds(editable_by(user), project)


def may_publish(user: Any, project: Project | None = None) -> bool:
    """Tell whether the person publishes, returns and withdraws the card; of none, any."""
    if not user.has_perm("hankkeet.publish_project"):
        return False
    return project is None or _holds(published_by(user), project)


def may_edit_directly(user: Any, project: Project) -> bool:
    """Tell whether what the person saves on the card is at once the card.

    A public card of hers is changed by its manager only through a review.
    """
    return may_edit(user, project) and (not project.is_public or may_publish(user, project))


def may_send_to_review(user: Any, project: Project) -> bool:
    """Tell whether the person asks for the card to be published."""
    return may_edit(user, project)


def may_delete(user: Any, project: Project | None = None) -> bool:
    """Tell whether the person deletes the card: one of hers that the public has never seen."""
    if not user.has_perm("hankkeet.delete_project"):
        return False
    return project is None or (project.published_at is None and may_edit(user, project))


def may_import(user: Any) -> bool:
    """Tell whether the person brings cards in, of which she then may write only her own."""
    return bool(
        user.has_perms(
            ["hankkeet.add_project", "hankkeet.change_project", "hankkeet.publish_project"]
        )
    )


def editable_by(user: Any) -> ProjectQuerySet:
    """Return the cards that the person edits: those of her portfolios and those she manages."""
    if not user.has_perm("hankkeet.change_project"):
        return Project.objects.none()
    return Project.objects.all() if user.is_superuser else answered_for_by(user)


def answered_for_by(user: Any) -> ProjectQuerySet:
    """Return the cards that are the person's own work, of a superuser too: not all there are."""
    if not user.has_perm("hankkeet.change_project"):
        return Project.objects.none()
    mine = _managed(user)
    if user.has_perm("hankkeet.publish_project"):
        mine = mine.union(_coordinated(user))  # which the database finds faster than either-or
    return Project.objects.filter(pk__in=mine)


def refusals(user: Any, projects: Sequence[Project]) -> dict[int, str]:
    """Return, of the cards that the person may not change at once, why; two queries."""
    keys = [project.pk for project in projects]
    hers = set(editable_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    publishes = set(published_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    found = {pk: _("Kortti ei ole sinun.") for pk in keys if pk not in hers}
    for project in projects:
        if project.is_public and project.pk in hers - publishes:
            text = _("Julkaistua korttia muutat muutosehdotuksella, kortti kerrallaan.")
            found[project.pk] = text
    return found


def published_by(user: Any) -> ProjectQuerySet:
    """Return the cards that the person publishes: those of her portfolios."""
    if not user.has_perm("hankkeet.publish_project"):
        return Project.objects.none()
    if user.is_superuser:
        return Project.objects.all()
    return Project.objects.filter(pk__in=_coordinated(user))


def coordinated_by(user: Any) -> QuerySet[Portfolio]:
    """Return the portfolios whose cards the person publishes."""
    if user.is_superuser:
        return Portfolio.objects.all()
    return Portfolio.objects.filter(coordinators=user)


def handled_by(user: Any) -> QuerySet[Feedback]:
    """Return the feedback that the person handles: a coordinator, that of her portfolios' cards.

    Who has been given the inbox without any portfolios handles all of it.
    """
    if not user.has_perm("hankkeet.view_feedback"):
        return Feedback.objects.none()
    if user.is_superuser or not user.has_perm("hankkeet.publish_project"):
        return Feedback.objects.all()
    return Feedback.objects.filter(project__in=_coordinated(user))


def _coordinated(user: Any) -> QuerySet[Any, Any]:
    held = Project.portfolios.through.objects.filter(portfolio__coordinators=user)
    return held.values("project_id")


def _managed(user: Any) -> QuerySet[Any, Any]:
    return Project.managers.through.objects.filter(user=user).values("project_id")


def _holds(chosen: ProjectQuerySet, project: Project) -> bool:
    return chosen.filter(pk=project.pk).exists()
