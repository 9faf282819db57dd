"""A card's files may be kept by a browser, never past the moment the card is withdrawn."""

import pytest
from django.core.files.base import ContentFile

from hankkeet.models import Logo, Project
from tests.builders import a_project, a_share
from tests.sivusto.test_visibility import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def logo():
    project = a_project()
    picture = ContentFile(PNG, "a.png")
    return f"/media/{Logo.objects.create(project=project, alt='Kunta', image=picture).image.name}"


def mark_of(client, address):
    response = client.get(address)
    b"".join(response.streaming_content)
    assert response["Cache-Control"] == "no-cache"
    return response["ETag"]


def test_a_logo_may_be_kept_but_is_asked_for_each_time(client, logo):
    again = client.get(logo, headers={"If-None-Match": mark_of(client, logo)})
    assert (again.status_code, again.content) == (304, b"")


def test_a_kept_logo_is_gone_when_its_card_is_withdrawn(client, logo):
    mark = mark_of(client, logo)
    Project.objects.all().withdraw()
    assert client.get(logo, headers={"If-None-Match": mark}).status_code == 404


def test_a_picture_is_not_compressed_again(client, logo):
    response = client.get(logo, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Length"] == str(len(b"".join(response.streaming_content)))


def test_a_programmes_emblem_is_public(client):
    share = a_share(a_project(), programme="Elpymisväline")
    share.programme.logo_alt = "Euroopan unioni"
    share.programme.logo.save("a.png", ContentFile(PNG))
    assert mark_of(client, f"/media/{share.programme.logo.name}")
