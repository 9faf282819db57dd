"""The second factor, from turning it on to losing the phone."""

import re

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from sivusto.audit.models import AuditEntry
from tests.sivusto.signing.helpers import CODE, PASSWORD, TWO_FACTOR, Clock, code_of, is_in, log_in
from tests.sivusto.staff.helpers import a_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def member(db) -> User:
    return User.objects.create_user("kirjaaja", password=PASSWORD, is_staff=True)


def turned_on(client, clock) -> list[str]:
    """Turn it on for the one signed in, as she would; return the recovery codes."""
    client.post(TWO_FACTOR, {"action": "begin"})
    device = TOTPDevice.objects.get(confirmed=False)
    page = client.post(TWO_FACTOR, {"action": "finish", "code": code_of(device, clock)})
    clock.move(30)
    return page.context["codes"]


@pytest.fixture
def codes(client, clock, member) -> list[str]:
    """The recovery codes of a member who has turned it on and logged out."""
    log_in(client)
    found = turned_on(client, clock)
    client.post("/yllapito/logout/")
    return found


def device() -> TOTPDevice:
    return TOTPDevice.objects.get(confirmed=True)


def test_turning_on_shows_a_picture_and_the_secret_as_text(client, clock, member):
    log_in(client)
    client.post(TWO_FACTOR, {"action": "begin"})
    page = client.get(TWO_FACTOR)
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page.text
    assert " style=" not in page.text
    assert re.search(r"<code class=\"secret\">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page.text)


def test_a_wrong_first_code_turns_nothing_on(client, clock, member):
    log_in(client)
    client.post(TWO_FACTOR, {"action": "begin"})
    page = client.post(TWO_FACTOR, {"action": "finish", "code": "000000"})
    assert "Koodi on väärä" in page.text
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_turning_on_keeps_one_signed_in(client, clock, member):
    log_in(client)
    turned_on(client, clock)
    assert is_in(client)


def test_the_password_alone_does_not_sign_in(client, clock, codes):
    answer = log_in(client)
    assert answer["Location"] == f"{CODE}?next=%2Fyllapito%2Fhankkeet%2Fproject%2F"
    assert "_auth_user_id" not in client.session
    assert not is_in(client)


def test_the_code_signs_in_and_leads_on(client, clock, codes):
    log_in(client)
    answer = client.post(
        CODE, {"code": code_of(device(), clock), "next": "/yllapito/hankkeet/project/"}
    )
    assert answer["Location"] == "/yllapito/hankkeet/project/"
    assert is_in(client)


def test_a_code_is_taken_once(client, clock, codes):
    log_in(client)
    code = code_of(device(), clock)
    client.post(CODE, {"code": code})
    client.post("/yllapito/logout/")
    log_in(client)
    assert "jo käytetty" in client.post(CODE, {"code": code}).text
    assert not is_in(client)


def test_of_a_thousand_wrong_codes_few_are_looked_at(client, clock, codes, monkeypatch):
    looked = []
    monkeypatch.setattr(
        "django_otp.plugins.otp_totp.models.TOTP.verify", lambda *a, **k: looked.append(1)
    )
    log_in(client)
    for number in range(100):
        client.post(CODE, {"code": f"{number:06d}"})
        clock.move(1)
    assert 1 <= len(looked) <= 8


def test_a_wrong_code_is_logged_and_its_wait_told(client, clock, codes):
    log_in(client)
    page = client.post(CODE, {"code": "000000"})
    assert "kun on kulunut 1 sekunti." in page.text
    assert AuditEntry.objects.filter(
        kind="login_refused", target="kirjaaja", details="Väärä koodi."
    ).exists()


def test_a_recovery_code_signs_in_once_and_is_not_kept_readable(client, clock, codes):
    assert len(codes) == 10
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}
    log_in(client)
    client.post(CODE, {"code": f" {codes[3].upper()} "})
    assert is_in(client)
    client.post("/yllapito/logout/")
    log_in(client)
    client.post(CODE, {"code": codes[3]})
    assert not is_in(client)


def test_a_right_password_waits_ten_minutes_for_its_code(client, clock, codes):
    log_in(client)
    clock.move(601)
    answer = client.post(CODE, {"code": code_of(device(), clock)})
    assert answer["Location"].startswith("/yllapito/login/")
    assert not is_in(client)


def test_a_changed_password_ends_the_wait_for_a_code(client, clock, codes, member):
    log_in(client)
    member.set_password("aivan toinen salasana")
    member.save()
    client.post(CODE, {"code": code_of(device(), clock)})
    assert not is_in(client)


def test_a_session_from_before_is_asked_for_the_code(client, clock, member, django_user_model):
    other = type(client)()
    log_in(other)
    log_in(client)
    turned_on(client, clock)
    answer = other.get("/yllapito/")
    assert answer["Location"] == f"{CODE}?next=%2Fyllapito%2F"
    other.post(CODE, {"code": code_of(device(), clock)})
    assert is_in(other)


def test_turning_off_and_new_recovery_codes_ask_for_a_code(client, clock, codes):
    log_in(client)
    client.post(CODE, {"code": code_of(device(), clock)})
    for action in ("off", "codes"):
        clock.move(100)
        client.post(TWO_FACTOR, {"action": action, "code": "111111"})
        assert StaticToken.objects.count() == 10
    clock.move(100)
    page = client.post(TWO_FACTOR, {"action": "codes", "code": code_of(device(), clock)})
    assert not set(page.context["codes"]) & set(codes)
    clock.move(30)
    client.post(TWO_FACTOR, {"action": "off", "code": code_of(device(), clock)})
    assert not TOTPDevice.objects.exists()
    told = AuditEntry.objects.filter(kind="two_factor").order_by("pk")
    assert [entry.details for entry in told] == ["Käyttöön.", "Uudet varakoodit.", "Pois käytöstä."]


def test_compulsory_means_that_nothing_else_opens_first(client, clock, member, settings):
    settings.REQUIRE_TWO_FACTOR = True
    log_in(client)
    answer = client.get("/yllapito/hankkeet/project/")
    assert answer["Location"].startswith(TWO_FACTOR)
    turned_on(client, clock)
    assert is_in(client)
    client.post(TWO_FACTOR, {"action": "off", "code": code_of(device(), clock)})
    assert TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_superuser_takes_a_lost_phone_away_but_not_her_own(client, clock, codes, member):
    boss = a_superuser()
    client.force_login(boss)
    turned_on_by_boss = TOTPDevice.objects.create(user=boss, name="app")
    client.post(CODE, {"code": code_of(turned_on_by_boss, clock)})
    fields = {"action": "take_two_factor_away", "_selected_action": [member.pk, boss.pk]}
    client.post("/yllapito/auth/user/", fields)
    assert [each.user for each in TOTPDevice.objects.all()] == [boss]
    assert AuditEntry.objects.filter(
        kind="two_factor", actor=boss.username, target="kirjaaja"
    ).exists()
    client.post("/yllapito/logout/")
    log_in(client)
    assert is_in(client)


def test_the_secrets_have_no_page_of_their_own(client, clock):
    client.force_login(a_superuser())
    assert client.get("/yllapito/otp_totp/totpdevice/").status_code == 404
    assert client.get("/yllapito/otp_static/staticdevice/").status_code == 404
