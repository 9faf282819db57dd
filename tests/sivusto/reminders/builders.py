"""People with something to do."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission, User

from hankkeet.models import Project
from tests.builders import a_whole_card

LONG_AGO = datetime(2025, 1, 1, 12, tzinfo=ZoneInfo("Europe/Helsinki"))


def a_silent_card(name: str = "Hiljainen") -> Project:
    project = a_whole_card(name)
    Project.objects.filter(pk=project.pk).update(created_at=LONG_AGO)
    return project


def a_person(name: str, *cards: Project, **values) -> User:
    """Who edits the cards; made of permissions, for a group may have been emptied away."""
    facts = {"email": f"{name}@example.fi", "is_staff": True, "first_name": name.title()}
    user = User.objects.create_user(name, **facts | values)
    user.user_permissions.add(Permission.objects.get(codename="change_project"))
    user.managed_projects.set(cards)
    return user
