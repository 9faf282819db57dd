"""Every answer carries the headers that protect its reader."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from hankkeet.models import Attachment
from sivusto.environment import database
from tests.builders import a_project

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
PRODUCTION = {
    "HANKKEET_ADDRESS": "https://hankkeet.example.fi",
    "HANKKEET_SECRET_KEY": "k7Rz2-Wq9x_Tb4Lm8Vn3Hc6Jd1Fg5Sp0Ya-Ue2Io7Kx9Zt4Bw-XpQ",
}
PAGES = ["/", "/hankkeet/", "/ei-ole", "/robots.txt", "/yllapito/login/", "/yllapito/vahvistus/"]
ENTRA = "https://login.microsoftonline.com"
OIDC = {
    "HANKKEET_OIDC_ISSUER": f"{ENTRA}/11111111-2222-3333-4444-555555555555/v2.0",
    "HANKKEET_OIDC_CLIENT_ID": "hankkeet",
    "HANKKEET_OIDC_CLIENT_SECRET": "salaisuus",
}


def manage(*arguments, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("HANKKEET_")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_static_file_may_load_nothing(client, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    for name in ("site.css", "list.js"):
        response = client.get(f"/static/{name}")
        assert response.status_code == 200
        assert response.getvalue()
        assert response.headers["Content-Security-Policy"] == "default-src 'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_strict(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/hankkeet/?q=a", "/saavutettavuus/"])
def test_the_public_side_sets_no_cookie(client, path):
    assert not client.get(path).cookies


def test_a_page_has_no_inline_script_or_style_but_the_sites_own(client):
    text = client.get(a_project().get_absolute_url()).text
    assert "<script" not in text
    assert " style=" not in text
    [style] = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    assert style.endswith(settings.BRAND_STYLE)  # after the sheet, whose colours it replaces
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in client.get("/").headers["Content-Security-Policy"]


def test_a_file_is_downloaded_inert_under_our_name(client):
    attachment = Attachment.objects.create(
        project=a_project(),
        title="Loppuraportti",
        file=ContentFile(b"%PDF-1.4 <script>", "..%2f..%2fpaha nimi.pdf"),
        file_name="Äänekäs <b>raportti</b>.pdf",
    )
    response = client.get(attachment.get_absolute_url())
    assert b"".join(response).startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "<" not in response["Content-Disposition"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert attachment.file.name.startswith("liitteet/")
    assert "paha" not in attachment.file.name


@pytest.mark.parametrize(
    "path",
    ["/media/liitteet/a.pdf", "/media/logot/../secret_key", "/media/logot/%2e%2e%2fsecret_key"],
)
def test_no_other_stored_file_can_be_asked_for(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "more", [{}, OIDC | {"HANKKEET_LOCAL_LOGIN": "0", "HANKKEET_OIDC_GROUPS": "a=A; b=c=B"}]
)
def test_production_settings_pass_djangos_own_check(more):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **more)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"HANKKEET_ADDRESS": "https://a.example.fi"}, "HANKKEET_SECRET_KEY puuttuu"),
        ({"HANKKEET_ADDRESS": "a.example.fi"}, "ei ole osoite muodossa"),
        ({"HANKKEET_DEBUG": "ehkä"}, "ei ole kyllä- tai ei-arvo"),
        ({"HANKKEET_BRAND_COLOUR": "blue;}"}, "ei ole väri"),
        ({"PORT": "abc"}, "ei ole kokonaisluku"),
        ({"DATABASE_URL": "mysql://x/y"}, "osoitteen pitää olla muotoa"),
        ({"HANKKEET_OIDC_ISSUER": "https://a.example.fi"}, "HANKKEET_OIDC_CLIENT_ID puuttuu"),
        ({"HANKKEET_OIDC_GROUPS": "g-1=Ryhmä"}, "HANKKEET_OIDC_ISSUER puuttuu"),
        (OIDC | {"HANKKEET_OIDC_ISSUER": "http://a.example.fi"}, "ei ole osoite muodossa"),
        (OIDC | {"HANKKEET_OIDC_ISSUER": f"{ENTRA}/common/v2.0"}, "kunnan oma hakemistotunnus"),
        (
            OIDC | {"HANKKEET_OIDC_ISSUER": f"{ENTRA}/x/v2.0/.well-known/openid-configuration"},
            "jätä osoitteen lopusta pois",
        ),
        (OIDC | {"HANKKEET_OIDC_GROUPS": "pelkkä arvo"}, "arvo=Ryhmä"),
        ({"HANKKEET_LOCAL_LOGIN": "0"}, "kukaan ei pääsisi sisään"),
        ({"HANKKEET_PROXIES": "-1"}, "ei ole kokonaisluku"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_what_to_do(environment, message):
    done = manage("check", **environment)
    assert done.returncode != 0
    assert message in done.stderr


def test_other_hosts_are_refused_in_local_mode(client):
    assert client.get("/", headers={"host": "evil.example.com"}).status_code == 400


def test_a_list_does_not_wait_for_the_database_to_compile_its_query(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c?options=-c%20work_mem%3D8MB")
    options = database("DATABASE_URL", Path())["OPTIONS"]["options"]
    assert options == "-c work_mem=8MB -c jit=off"
