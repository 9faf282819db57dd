"""Wrong passwords: counted at the hasher, not timed."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection

from sivusto.audit.models import AuditEntry
from sivusto.signing.models import SignInBrake
from sivusto.signing.throttle import COOKIE
from tests.sivusto.signing.helpers import LOGIN, PASSWORD, Clock, is_in, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """The passwords that reach the hasher."""
    seen: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        seen.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return seen


@pytest.fixture
def member(db) -> User:
    return User.objects.create_user("kirjaaja", password=PASSWORD, is_staff=True)


def a_try(rf, name="kirjaaja", address="192.0.2.1", *, forwarded="", cookies=None):
    request = rf.post(LOGIN, REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded)
    request.COOKIES |= cookies or {}
    return authenticate(request, username=name, password="väärä")


def an_address(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250 + 1}"


TRIES = {
    "one name from one address": lambda n: {},
    "one name from many addresses": lambda n: {"address": an_address(n)},
    "many names from one address": lambda n: {"name": f"nimi{n}"},
    "a forged header each time": lambda n: {"name": f"nimi{n}", "forwarded": an_address(n)},
}


@pytest.mark.parametrize("kind", TRIES)
def test_of_a_thousand_wrong_tries_at_most_ten_reach_the_hasher(rf, clock, member, hashed, kind):
    hashed.clear()
    for number in range(1000):
        clock.move(0.01)
        assert a_try(rf, **TRIES[kind](number)) is None
    assert 1 <= len(hashed) <= 10
    assert SignInBrake.objects.count() <= 21


def test_a_header_forged_before_our_own_proxys_word_changes_nothing(
    rf, clock, member, hashed, settings
):
    settings.PROXIES = 1
    hashed.clear()
    for number in range(50):
        forwarded = f"{an_address(number)}, 192.0.2.7"
        a_try(rf, name=f"nimi{number}", address="10.0.0.1", forwarded=forwarded)
    assert len(hashed) == 10
    a_try(rf, name="toinen", address="10.0.0.1", forwarded="192.0.2.8")
    assert len(hashed) == 11


@pytest.mark.parametrize("number", range(4))
def test_known_and_unknown_names_cost_one_hashing_each(rf, clock, member, hashed, number):
    User.objects.create_user("poistunut", password=PASSWORD, is_active=False)
    User.objects.create_user("kunnan", is_staff=True)  # no password: signs on elsewhere
    hashed.clear()
    assert a_try(rf, name=("kirjaaja", "poistunut", "kunnan", "olematon")[number]) is None
    assert len(hashed) == 1


def test_known_and_unknown_names_are_answered_in_the_same_words(client, clock, member):
    known = log_in(client, password="väärä").context["form"].non_field_errors()
    assert log_in(client, "olematon").context["form"].non_field_errors() == known


def test_the_right_password_is_taken_after_the_wait_and_not_before(client, clock, member):
    for _n in range(5):
        log_in(client, password="väärä")
    refused = log_in(client)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert "Odotusaika: 60 sekuntia." in refused.text
    clock.move(60)
    assert log_in(client).status_code == 302
    assert is_in(client)


def test_hammering_does_not_make_the_wait_longer(client, clock, member):
    for _n in range(30):
        log_in(client, password="väärä")
    clock.move(60)
    assert log_in(client).status_code == 302


def test_a_right_password_forgets_the_wrong_ones_before_it(client, clock, member):
    for _n in range(3):
        for _m in range(4):
            log_in(client, password="väärä")
        assert log_in(client).status_code == 302
        client.post("/yllapito/logout/")


def test_nobody_elses_tries_keep_out_who_has_signed_in_with_the_browser_before(
    client, rf, clock, member
):
    assert log_in(client).status_code == 302
    client.post("/yllapito/logout/")
    for number in range(100):
        a_try(rf, address=an_address(number))
    assert log_in(client).status_code == 302


def test_the_mark_of_a_browser_is_good_for_one_name_and_has_a_brake_of_its_own(
    client, rf, clock, member, hashed
):
    log_in(client)
    mark = {COOKIE: client.cookies[COOKIE].value}
    hashed.clear()
    for number in range(100):
        a_try(rf, address=an_address(number), cookies=mark)
    assert len(hashed) == 5
    hashed.clear()
    for number in range(100):
        a_try(rf, name="toinen", address=an_address(number), cookies=mark)
    assert len(hashed) == 10
    assert client.cookies[COOKIE]["path"] == "/yllapito/"
    assert client.cookies[COOKIE]["httponly"]


def test_a_forged_mark_of_a_browser_is_no_mark(rf, clock, member, hashed):
    hashed.clear()
    for number in range(100):
        a_try(rf, address=an_address(number), cookies={COOKIE: f"väärennös:{number}"})
    assert len(hashed) == 10


def test_the_brakes_know_no_names(rf, clock, member):
    a_try(rf, name="Salasana123")
    assert "salasana123" not in str(list(SignInBrake.objects.values())).casefold()


def test_old_brakes_are_swept_away(client, rf, clock, member):
    a_try(rf, name="unohtunut")
    clock.move(25 * 3600)
    log_in(client)
    assert not SignInBrake.objects.filter(failures__gt=0).exists()


def test_tries_and_braking_are_logged_without_what_was_typed(client, clock, member):
    for _n in range(20):
        log_in(client, password="väärä")
    log_in(client, "kirjoitinsalasanani")
    kinds = list(AuditEntry.objects.values_list("kind", "target", "details"))
    refused = ("login_refused", "kirjaaja", "")
    assert kinds.count(refused) == 5
    assert kinds.count(("login_braked", "kirjaaja", "")) == 1
    assert kinds.count(("login_refused", "", "Tuntematon tunnus.")) == 1
    assert "kirjoitinsalasanani" not in str(list(AuditEntry.objects.values()))


def test_who_is_no_staff_does_not_get_in(client, clock):
    User.objects.create_user("lukija", password=PASSWORD)
    assert log_in(client, "lukija").status_code == 200
    assert not is_in(client)


def test_the_way_on_leads_to_our_own_pages_only(client, clock, member):
    fields = {"username": "kirjaaja", "password": PASSWORD, "next": "https://evil.example.com/"}
    assert client.post(LOGIN, fields)["Location"] == "/yllapito/"


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_instant_do_not_slip_through(rf, monkeypatch, hashed):
    User.objects.create_user("kirjaaja", password=PASSWORD, is_staff=True)
    hashed.clear()
    start = Barrier(20)

    def work() -> None:
        start.wait()
        try:
            a_try(rf)
        finally:
            connection.close()

    threads = [Thread(target=work) for _n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hashed) == 5
