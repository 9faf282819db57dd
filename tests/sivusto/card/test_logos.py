"""A logo in two sizes: a small one for the page, the large one for paper."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image

from hankkeet.models import Logo, Project
from hankkeet.storage import delete_after_commit
from tests.builders import a_project

pytestmark = pytest.mark.django_db
NOISE = Image.effect_noise((1200, 600), 90)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_logo(image=NOISE, ending="png"):
    file = io.BytesIO()
    image.convert("RGB").save(file, {"png": "PNG", "jpg": "JPEG"}[ending])
    picture = ContentFile(file.getvalue(), f"a.{ending}")
    return Logo.objects.create(project=a_project(), alt="Kunta", image=picture)


def small(logo):
    return f"/media/logot/pienet/{Path(logo.image.name).name}"


def taken(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_the_page_takes_a_small_one_that_is_sharp_enough(client, ending):
    logo = a_logo(ending=ending)
    page = client.get(logo.project.get_absolute_url()).text
    assert f'src="{logo.image.url}" srcset="{small(logo)} 1x"' in page
    content = taken(client, small(logo))
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (224, 112)
    assert len(content) < logo.image.size / 4
    assert taken(client, logo.image.url) == Path(logo.image.path).read_bytes()


def test_one_that_is_small_already_is_sent_as_it_is(client):
    logo = a_logo(Image.new("RGB", (20, 10), "teal"))
    assert taken(client, small(logo)) == Path(logo.image.path).read_bytes()


def test_the_small_one_is_made_once_and_goes_with_the_large_one(
    client, django_capture_on_commit_callbacks
):
    logo = a_logo()
    taken(client, small(logo))
    [made] = Path(settings.MEDIA_ROOT).glob("logot/pienet/*")
    before = made.stat().st_mtime_ns
    taken(client, small(logo))
    assert made.stat().st_mtime_ns == before
    with django_capture_on_commit_callbacks(execute=True):
        delete_after_commit({logo.image.name})
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_lost_or_withdrawn_one_is_not_found(client):
    logo = a_logo()
    taken(client, small(logo))
    Project.objects.all().withdraw()
    assert client.get(small(logo)).status_code == 404
    lost = a_logo()
    Path(lost.image.path).unlink()
    assert client.get(small(lost)).status_code == 404
