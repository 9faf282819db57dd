"""Two people who save at the same instant: the later is told, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.db.models.signals import pre_save
from django.urls import reverse

from hankkeet.models import Organisation, Section
from rahoitus.models import Funder
from tests.builders import a_project
from tests.sivusto.staff.helpers import a_superuser, errors_of, filled_in

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def between_check_and_save(model: type, happens: Callable[[Any], None]) -> Iterator[None]:
    """Let something happen once, on another's connection, after the form was found good."""

    def happen(**_signal: Any) -> None:
        pre_save.disconnect(happen, sender=model)
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            happens(cursor)
        other.close()

    pre_save.connect(happen, sender=model, weak=False)
    yield
    pre_save.disconnect(happen, sender=model)


def a_funder_of_the_same_name(cursor):
    cursor.execute(
        "INSERT INTO rahoitus_funder (name, slug, former_slugs, short_name, aliases, kind,"
        " business_id, url, logo, logo_alt, statement)"
        " VALUES ('säätiö', 'toinen', '{}', '', '{}', 'other', '', '', '', '', '')"
    )


def an_organisation_of_the_same_name(cursor):
    cursor.execute(
        "INSERT INTO hankkeet_organisation (name, slug, former_slugs, aliases)"
        " VALUES ('tiimi', 'x', '{}', '{}')"
    )


@pytest.mark.parametrize(
    ("model", "name", "address", "happens"),
    [
        (Funder, "Säätiö", "admin:rahoitus_funder_add", a_funder_of_the_same_name),
        (
            Organisation,
            "Tiimi",
            "admin:hankkeet_organisation_add",
            an_organisation_of_the_same_name,
        ),
    ],
)
def test_the_later_of_two_sees_the_form_again_with_what_was_typed(
    client, model, name, address, happens
):
    client.force_login(a_superuser())
    fields = filled_in(client.get(reverse(address)), name=name)
    with between_check_and_save(model, happens):
        response = client.post(reverse(address), fields)
    assert response.status_code == 200
    assert any("on jo" in error for error in errors_of(response)), errors_of(response)
    assert response.context["adminform"].form["name"].value() == name
    assert model.objects.count() == 1


def test_a_form_far_over_the_usual_is_refused_by_field_and_keeps_its_text(client):
    client.force_login(a_superuser())
    project = a_project("Pitkä")
    Section.objects.create(project=project, body="<p>Alku</p>")
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    text = f"<p>{'Lumityö ' * 800_000}</p>"
    fields = filled_in(client.get(address)) | {"sections-0-body": text}
    response = client.post(address, fields)
    assert response.status_code == 200
    assert errors_of(response)
    assert response.text.count("Lumityö") >= 800_000
