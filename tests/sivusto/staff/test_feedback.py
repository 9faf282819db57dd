"""The inbox: what readers tell is read, taken in hand, answered by mail, and closed."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from hankkeet.models import Feedback
from tests.builders import a_message, a_project
from tests.sivusto.staff.helpers import a_member, errors_of, filled_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:hankkeet_feedback_changelist")


@pytest.fixture
def member(client):
    user = a_member("view_feedback", "change_feedback", "view_project")
    client.force_login(user)
    return user


def page_of(feedback):
    return reverse("admin:hankkeet_feedback_change", args=[feedback.pk])


def save(client, feedback, **fields):
    page = client.get(page_of(feedback))
    return client.post(page_of(feedback), filled_in(page, **fields), follow=True)


def test_the_message_is_shown_as_text_and_leads_to_the_card(client, member):
    feedback = a_message(a_project(), "<script>x</script>\nToinen rivi", email="a@example.fi")
    text = client.get(page_of(feedback)).text
    assert "&lt;script&gt;x&lt;/script&gt;" in text
    assert reverse("admin:hankkeet_project_change", args=[feedback.project_id]) in text
    assert 'name="message"' not in text


def test_an_answer_is_mailed_to_the_one_who_asked_and_the_matter_closed(client, member):
    feedback = a_message(a_project("Kirjasto\nauto"), "Rivi 1\nRivi 2", email="a@example.fi")
    save(client, feedback, state="answered", answer="Kiitos, korjattu.")
    (letter,) = mail.outbox
    assert letter.to == ["a@example.fi"]
    assert letter.subject == "Vastaus palautteeseesi: Kirjasto auto"
    assert letter.body == "Kiitos, korjattu.\n\nKirjoitit meille:\n> Rivi 1\n> Rivi 2\n"
    feedback.refresh_from_db()
    assert feedback.handled_by == member
    assert None not in (feedback.mailed_at, feedback.closed_at)


def test_an_answer_is_mailed_once_and_stays_as_it_was(client, member):
    feedback = a_message(a_project(), email="a@example.fi")
    save(client, feedback, state="answered", answer="Korjattu.")
    save(client, feedback, state="new", answer="Toinen.")
    feedback.refresh_from_db()
    assert (feedback.state, feedback.answer, len(mail.outbox)) == ("answered", "Korjattu.", 1)


def test_without_an_address_nothing_is_mailed(client, member):
    feedback = a_message(a_project())
    save(client, feedback, state="answered", answer="Korjattu.")
    feedback.refresh_from_db()
    assert mail.outbox == []
    assert (feedback.state, feedback.mailed_at) == ("answered", None)


@pytest.mark.parametrize("state", ["in_progress", "dismissed"])
def test_only_an_answer_is_mailed(client, member, state):
    feedback = a_message(a_project(), email="a@example.fi")
    save(client, feedback, state=state, answer="Luonnos")
    feedback.refresh_from_db()
    assert mail.outbox == []
    assert (feedback.state, feedback.closed_at is not None) == (state, state == "dismissed")


def test_an_answer_without_words_is_refused(client, member):
    feedback = a_message(a_project(), email="a@example.fi")
    page = save(client, feedback, state="answered", answer="")
    assert "Kirjoita vastaus, ennen kuin merkitset vastatuksi." in errors_of(page)
    feedback.refresh_from_db()
    assert feedback.state == "new"


def test_a_matter_taken_up_again_is_open_again(client, member):
    feedback = a_message(a_project(), state="dismissed", closed_at=timezone.now())
    save(client, feedback, state="in_progress")
    feedback.refresh_from_db()
    assert feedback.closed_at is None


def test_a_mail_server_that_refuses_loses_nothing(client, member, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    feedback = a_message(a_project(), email="a@example.fi")
    page = save(client, feedback, state="answered", answer="Pitkä vastaus.")
    assert "Vastausta ei voitu lähettää" in page.text
    feedback.refresh_from_db()
    assert (feedback.state, feedback.answer) == ("in_progress", "Pitkä vastaus.")
    assert (feedback.mailed_at, feedback.closed_at) == (None, None)


def test_the_list_narrows_by_state_and_what_waits_is_known(client, member):
    waiting = a_message(a_project(), "Odottava asia")
    a_message(a_project(), "Hoidettu asia", state="dismissed", closed_at=timezone.now())
    text = client.get(f"{LIST}?state__exact=new").text
    assert "Odottava asia" in text
    assert "Hoidettu asia" not in text
    assert list(Feedback.objects.waiting()) == [waiting]


def test_nobody_writes_feedback_here_and_only_those_with_the_right_read_it(client, member):
    assert client.get(reverse("admin:hankkeet_feedback_add")).status_code == 403
    member.user_permissions.clear()
    assert client.get(LIST).status_code == 403
