"""The whole way to the municipality's sign-on and back, against a provider of our own."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.contrib.auth.models import Group, User
from joserfc.jwk import RSAKey

from sivusto.audit.models import AuditEntry
from sivusto.environment import SignOn
from sivusto.signing import sign_on
from sivusto.signing.models import SignOnIdentity
from tests.sivusto.signing.helpers import LOGIN, PASSWORD, TWO_FACTOR, is_in, log_in
from tests.sivusto.signing.provider import CLIENT_ID, CLIENT_SECRET, running

pytestmark = pytest.mark.django_db
GO = "/yllapito/kunnan-tunnus/"


@pytest.fixture
def provider(settings):
    with running() as found:
        settings.SIGN_ON = SignOn(found.issuer, CLIENT_ID, CLIENT_SECRET, "groups", ())
        yield found
    sign_on.client.cache_clear()


@pytest.fixture
def member(db) -> User:
    return User.objects.create_user(
        "kirjaaja", "Kirjaaja@example.fi", password=PASSWORD, is_staff=True
    )


def there(client, wanted: str = "") -> str:
    """Go to the provider; return the address it sends the browser back to, within our site."""
    away = client.get(GO, {"next": wanted})["Location"]
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://testserver")


def and_back(client, wanted: str = ""):
    return client.get(there(client, wanted))


def told(client) -> str:
    return client.get(LOGIN).text


def test_the_log_in_page_offers_it_only_when_it_is_set(client, settings):
    assert "kunnan tunnuksella" not in told(client)
    assert client.get(GO).status_code == 404
    assert client.get(f"{GO}paluu/").status_code == 404
    settings.SIGN_ON = SignOn("https://login.example.fi", "a", "b", "groups", ())
    page = client.get(LOGIN, {"next": "/yllapito/salkut/portfolio/"}).text
    assert f'href="{GO}?next=%2Fyllapito%2Fsalkut%2Fportfolio%2F"' in page
    assert 'name="password"' in page


def test_staff_with_the_same_e_mail_come_in_and_go_where_they_were_going(client, provider, member):
    answer = and_back(client, "/yllapito/password_change/")
    assert answer["Location"] == "/yllapito/password_change/"
    assert is_in(client)
    identity = SignOnIdentity.objects.get()
    assert (identity.user, identity.subject) == (member, "aaa-111")
    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.actor, entry.details) == ("login", "kirjaaja", "Kunnan tunnuksella.")


def test_the_question_carries_state_nonce_and_challenge(client, provider, member):
    and_back(client)
    asked = provider.asked
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid email profile"
    assert asked["redirect_uri"] == f"http://testserver{GO}paluu/"


def test_after_the_first_time_the_subject_decides_not_the_e_mail(client, provider, member):
    and_back(client)
    client.post("/yllapito/logout/")
    User.objects.create_user("toinen", "uusi@example.fi", is_staff=True)
    provider.claims["email"] = "uusi@example.fi"
    and_back(client)
    assert client.session["_auth_user_id"] == str(member.pk)


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://evil.example.com"},
        {"aud": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
    ],
)
def test_a_token_that_does_not_fit_lets_nobody_in(client, provider, member, lies):
    provider.lies = lies
    assert and_back(client)["Location"] == LOGIN
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.get().kind == "login_refused"


def test_a_token_signed_by_another_lets_nobody_in(client, provider, member):
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "a"})
    and_back(client)
    assert not is_in(client)
    assert "ei onnistunut" in told(client)


def test_keys_may_change_while_the_site_runs(client, provider, member):
    and_back(client)
    client.post("/yllapito/logout/")
    provider.key = provider.signing_key = RSAKey.generate_key(2048, {"kid": "b"})
    and_back(client)
    assert is_in(client)


def test_an_answer_to_somebody_elses_question_lets_nobody_in(client, provider, member):
    back = there(client)
    stranger = type(client)()
    stranger.get(back)
    assert not is_in(stranger)


def test_an_answer_is_taken_once(client, provider, member):
    back = there(client)
    client.get(back)
    client.post("/yllapito/logout/")
    client.get(back)
    assert not is_in(client)


@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?error=access_denied", "?state=y"])
def test_a_made_up_answer_is_refused_kindly(client, provider, query):
    assert client.get(f"{GO}paluu/{query}")["Location"] == LOGIN
    assert "Yritä uudelleen." in told(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "tuntematon@example.fi"},
        {"email": ""},
        {"email_verified": False},
        {"email": "kaksi@example.fi"},
        {"email": "lukija@example.fi"},
        {"email": "poissa@example.fi"},
    ],
)
def test_who_is_no_staff_member_is_told_so(client, provider, member, claims):
    for name in ("yksi", "toinen"):
        User.objects.create_user(name, "kaksi@example.fi", is_staff=True)
    User.objects.create_user("lukija", "lukija@example.fi")
    User.objects.create_user("poissa", "poissa@example.fi", is_staff=True, is_active=False)
    provider.claims |= claims
    and_back(client)
    assert "_auth_user_id" not in client.session
    assert "ei ole yhdistetty" in told(client)
    assert not SignOnIdentity.objects.exists()


def test_a_closed_account_stays_closed_though_it_is_known(client, provider, member):
    and_back(client)
    client.post("/yllapito/logout/")
    member.is_active = False
    member.save()
    and_back(client)
    assert not is_in(client)


@pytest.fixture
def groups(settings, provider) -> dict[str, Group]:
    settings.SIGN_ON = replace(
        settings.SIGN_ON, groups=(("g-1", "Koordinaattorit"), ("g-2", "Hankepäälliköt"))
    )
    names = ("Koordinaattorit", "Hankepäälliköt", "Oma")
    return {name: Group.objects.create(name=name) for name in names}


def test_a_mapped_group_makes_the_account_and_gives_its_rights(client, provider, groups):
    provider.claims |= {"groups": ["g-1", "muu"], "given_name": "Testi", "family_name": "Henkilö"}
    and_back(client)
    assert is_in(client)
    user = User.objects.get()
    assert (user.username, user.is_staff, user.is_superuser) == (
        "kirjaaja@example.fi",
        True,
        False,
    )
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == ["Koordinaattorit"]
    entry = AuditEntry.objects.get(kind="rights")
    assert entry.details == "Kunnan tunnus: Lisätty: Koordinaattorit."


def test_groups_follow_the_claim_and_our_own_stay(client, provider, groups, member):
    member.groups.set([groups["Oma"], groups["Koordinaattorit"]])
    provider.claims["groups"] = "g-2"
    and_back(client)
    assert {group.name for group in member.groups.all()} == {"Oma", "Hankepäälliköt"}


def test_who_has_lost_the_groups_stays_out(client, provider, groups, member):
    provider.claims["groups"] = ["g-1"]
    and_back(client)
    client.post("/yllapito/logout/")
    provider.claims["groups"] = []
    and_back(client)
    assert "ei ole oikeutta" in told(client)
    assert "_auth_user_id" not in client.session


def test_a_local_name_is_not_taken_over_by_an_account_to_be_made(client, provider, groups):
    User.objects.create_user("Kirjaaja@example.fi", password=PASSWORD, is_superuser=True)
    provider.claims["groups"] = ["g-1"]
    and_back(client)
    assert not is_in(client)
    assert User.objects.count() == 1


def test_the_second_factor_was_met_at_the_sign_on(client, provider, member, settings):
    settings.REQUIRE_TWO_FACTOR = True
    and_back(client)
    assert is_in(client)
    client.post("/yllapito/logout/")
    log_in(client)
    assert client.get("/yllapito/")["Location"].startswith(TWO_FACTOR)


def test_logging_out_offers_to_end_the_session_at_the_sign_on_too(client, provider, member):
    and_back(client)
    page = client.post("/yllapito/logout/")
    address = page.context["sign_on_end"]
    assert address.startswith(f"{provider.issuer}/logout?")
    query = dict(parse_qsl(urlsplit(address).query))
    assert query["client_id"] == CLIENT_ID
    assert query["post_logout_redirect_uri"] == f"http://testserver{LOGIN}"
    log_in(client)
    assert "sign_on_end" not in client.post("/yllapito/logout/").context


def test_without_passwords_of_our_own_the_form_is_gone_and_refuses(client, provider, settings):
    settings.LOCAL_LOGIN = False
    User.objects.create_superuser("johtaja", password=PASSWORD)
    assert 'name="password"' not in told(client)
    log_in(client, "johtaja")
    assert not is_in(client)


def test_a_sign_on_that_is_away_leaves_the_passwords(client, settings, member):
    settings.SIGN_ON = SignOn("http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET, "groups", ())
    assert client.get(GO)["Location"] == LOGIN
    assert "ei saada yhteyttä" in told(client)
    log_in(client)
    assert is_in(client)
    with pytest.raises(requests.ConnectionError):
        sign_on.check()


def test_another_providers_description_is_a_wrong_setting(client, provider, settings):
    sign_on.check()
    sign_on.client.cache_clear()
    provider.description = {"issuer": "https://login.example.com/oikea"}
    with pytest.raises(
        sign_on.SignOnError, match=r"sanoo olevansa https://login\.example\.com/oikea"
    ):
        sign_on.check()
    assert client.get(GO)["Location"] == LOGIN
    assert "sanoo olevansa" not in told(client)


def test_an_address_without_a_provider_is_a_wrong_setting(provider, settings):
    settings.SIGN_ON = replace(settings.SIGN_ON, issuer=f"{provider.issuer}/muualla")
    with pytest.raises(sign_on.SignOnError, match="ei ole kirjautumispalvelua"):
        sign_on.check()
