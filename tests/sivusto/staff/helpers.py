"""Staff members and the forms they send."""

import re
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.forms import ModelMultipleChoiceField
from django.http import HttpResponse

from hankkeet.models import Project
from salkut.models import Portfolio
from sivusto.staff import rights


def a_superuser() -> User:
    return User.objects.create_superuser("ylläpitäjä", password="salasana-on-pitkä")


def a_member(*permissions: str) -> User:
    user = User.objects.create_user("kirjaaja", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def a_manager(*projects: Project, name: str = "kirjaaja") -> User:
    """A project manager of the projects."""
    user = _in_group(rights.MANAGERS, name)
    user.managed_projects.set(projects)
    return user


def a_coordinator(*portfolios: Portfolio, name: str = "koordinaattori") -> User:
    """A coordinator of the portfolios."""
    user = _in_group(rights.COORDINATORS, name)
    user.coordinated_portfolios.set(portfolios)
    return user


def a_viewer(name: str = "katselija") -> User:
    return _in_group(rights.VIEWERS, name)


def _in_group(group: str, name: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def filled_in(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands, with some fields changed."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    fields = [field for form in forms for field in form if not is_file(field)]
    values = {field.html_name: sent(field) for field in fields} | changes
    return {name: value for name, value in values.items() if not (value is None or value is False)}


def is_file(field: Any) -> bool:
    return bool(field.field.widget.needs_multipart_form)


def sent(field: Any) -> Any:
    """A browser sends an empty text, but nothing for a choice of several or a tick."""
    value = field.value()
    is_text = value is None and not isinstance(field.field, ModelMultipleChoiceField)
    return "" if is_text else value


def errors_of(page: HttpResponse) -> list[str]:
    """Everything that a form sent back says is wrong."""
    forms = [page.context["adminform"].form]
    found = []
    for inline in page.context["inline_admin_formsets"]:
        forms += inline.formset.forms
        found += inline.formset.non_form_errors()
    return found + [error for form in forms for errors in form.errors.values() for error in errors]


def unseen(page: HttpResponse) -> dict[str, str]:
    """What a card's form carries in hidden fields of its own."""
    return dict(re.findall(r'name="(opened|state|seen)" value="([^"]*)"', page.text))


def opened(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What a browser that has a card's form open would send."""
    return filled_in(page, **unseen(page), **changes)
