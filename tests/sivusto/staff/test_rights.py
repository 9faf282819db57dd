"""Who may do what, through the admin's own addresses."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from hankkeet.models import Project, Publication
from rahoitus.models import Funder
from sivusto.editing import revisions
from sivusto.editing.sandbox import sandbox
from sivusto.editing.values import read
from tests.builders import a_funder, a_message, a_portfolio, a_ready_draft, a_whole_card
from tests.sivusto.staff.helpers import (
    a_coordinator,
    a_manager,
    a_member,
    a_superuser,
    a_viewer,
    filled_in,
    opened,
)

pytestmark = pytest.mark.django_db
CARD = "admin:hankkeet_project_"
PEOPLE = {
    "superuser": lambda cards: a_superuser(),
    "coordinator": lambda cards: a_coordinator(a_portfolio()),
    "another coordinator": lambda cards: a_coordinator(a_portfolio("Toinen salkku")),
    "manager": lambda cards: a_manager(*cards),
    "another manager": lambda cards: a_manager(),
    "viewer": lambda cards: a_viewer(),
    "staff": lambda cards: a_member(),
    "anonymous": lambda cards: None,
}


class World:
    """A draft, a card in review, and a public one with a revision, all of one portfolio."""

    def __init__(self):
        self.draft = a_ready_draft("Luonnos")
        self.waiting = a_ready_draft("Odottava", publication=Publication.IN_REVIEW)
        self.public = a_whole_card("Julkinen")
        self.public.findings.create(key="x", kind="x", weight="serious", message="Väärin.")
        live = read(self.public.pk)
        someone = User.objects.create_user("tekijä")
        revisions.keep(self.public, live | {"name": "Uusi"}, live, by=someone, reason="")
        a_funder()
        self.message = a_message(self.public)

    @property
    def cards(self):
        return self.draft, self.waiting, self.public


def at(name, project):
    return reverse(CARD + name, args=[project.pk])


def opens(name, which):
    def ask(client, world):
        answer = client.get(at(name, getattr(world, which)))
        b"".join(answer)  # the client closes a file that has been read
        return answer.status_code == 200

    return ask


def opens_page(name, *args):
    def ask(client, world):
        return client.get(reverse(name, args=args)).status_code == 200

    return ask


def fetches_files(client, world):
    """Whoever may is told that there is no such file."""
    return client.get(reverse(CARD + "attachment", args=["x.pdf"])).status_code == 404


def saves(client, world):
    page = client.get(at("change", world.draft))
    form = opened(page) if page.status_code == 200 else {}
    client.post(at("change", world.draft), form | {"name": "Muutettu"})
    return Project.objects.filter(name="Muutettu").exists()


def moves(move, which, state):
    def ask(client, world):
        project = getattr(world, which)
        client.post(at("move", project), {"move": move, "note": "Syy"})
        project.refresh_from_db()
        return project.publication == state

    return ask


def judges(client, world):
    client.post(at("revision_move", world.public), {"move": "published"})
    return Project.objects.filter(name="Uusi").exists()


def saves_public_directly(client, world):
    client.post(at("change", world.public), {"name": "Suora"})
    page = client.get(at("change", world.public))
    form = opened(page) if page.status_code == 200 else {}
    client.post(at("change", world.public), form | {"name": "Suora"})
    return Project.objects.filter(name="Suora").exists()


def publishes_many(client, world):
    chosen = {"action": "publish_selected", "_selected_action": [world.draft.pk]}
    client.post(reverse(CARD + "changelist"), chosen)
    return Project.objects.public().filter(pk=world.draft.pk).exists()


def deletes(client, world):
    client.post(at("delete", world.draft), {"post": "yes"})
    return not Project.objects.filter(pk=world.draft.pk).exists()


def deletes_many(client, world):
    chosen = {"action": "delete_selected", "_selected_action": [world.draft.pk], "post": "yes"}
    client.post(reverse(CARD + "changelist"), chosen)
    return not Project.objects.filter(pk=world.draft.pk).exists()


def mends(client, world):
    answer = client.post(at("finding_korjaa", world.public), {"key": "x", "version": "y"})
    return answer.status_code == 302 and "login" not in answer.url


def edits_funder(client, world):
    page = client.get(reverse("admin:rahoitus_funder_change", args=[Funder.objects.first().pk]))
    return page.status_code == 200 and page.context["has_change_permission"]


def edits_portfolio(client, world):
    page = client.get(reverse("admin:salkut_portfolio_change", args=[a_portfolio().pk]))
    return page.status_code == 200 and page.context["has_change_permission"]


def confirms(client, world):
    client.post(at("confirm", world.public))
    return world.public.looks.exists()


def finds_on_desk(name, text):
    """Whether the start page tells of a card of the portfolio in that list."""

    def ask(client, world):
        page = client.get(reverse("admin:index"))
        lists = (page.context or {}).get("waiting", []) if page.status_code == 200 else []
        return any(
            text in line.text for each in lists if each.of.name == name for line in each.lines
        )

    return ask


def fetches_table(name):
    def ask(client, world):
        answer = client.get(reverse("admin:desk_csv", args=[name]))
        return answer.status_code == 200 and world.public.code.encode() in b"".join(answer)

    return ask


def answers_feedback(client, world):
    address = reverse("admin:hankkeet_feedback_change", args=[world.message.pk])
    page = client.get(address)
    form = filled_in(page) if page.status_code == 200 else {}
    client.post(address, form | {"state": "in_progress"})
    return type(world.message).objects.get().state == "in_progress"


def appoints(client, world):
    page = client.get(at("change", world.draft))
    return page.status_code == 200 and "managers" in page.context["adminform"].form.fields


EVERYBODY = {"superuser", "coordinator", "another coordinator", "manager", "another manager"}
SEE = EVERYBODY | {"viewer"}
EDIT = {"superuser", "coordinator", "manager"}
PUBLISH = {"superuser", "coordinator"}
COORDINATE = {"superuser", "coordinator", "another coordinator"}
TABLE = {
    "list": (opens_page(CARD + "changelist"), SEE),
    "open": (opens("change", "draft"), SEE),
    "history": (opens("history", "draft"), SEE),
    "preview": (opens("preview", "draft"), SEE),
    "preview as PDF": (opens("preview_pdf", "draft"), SEE),
    "stored files": (fetches_files, SEE),
    "preview of a revision": (opens("preview_revision", "public"), SEE),
    "revision": (opens("revision", "public"), SEE),
    "new": (opens_page(CARD + "add"), EVERYBODY),
    "save a draft": (saves, EDIT),
    "save a public card at once": (saves_public_directly, PUBLISH),
    "send to review": (moves("sent", "draft", "in_review"), EDIT),
    "approve": (moves("published", "waiting", "published"), PUBLISH),
    "return": (moves("returned", "waiting", "draft"), PUBLISH),
    "withdraw": (moves("withdrawn", "public", "withdrawn"), PUBLISH),
    "approve a revision": (judges, PUBLISH),
    "publish many": (publishes_many, PUBLISH),
    "delete": (deletes, EDIT),
    "delete many": (deletes_many, EDIT),
    "mend a public card": (mends, PUBLISH),
    "confirm a public card": (confirms, EDIT),
    "be told of a review": (finds_on_desk("tarkastettavana", "Odottava"), PUBLISH),
    "be told of a finding": (finds_on_desk("havainnot", "Julkinen"), EDIT),
    "take the findings along": (fetches_table("havainnot"), EDIT),
    "see the inbox": (opens_page("admin:hankkeet_feedback_changelist"), COORDINATE),
    "answer feedback": (answers_feedback, PUBLISH),
    "be told of feedback": (finds_on_desk("palaute", "Julkinen"), PUBLISH),
    "see the map of silence": (opens_page("admin:silence"), SEE),
    "appoint managers": (appoints, PUBLISH),
    "import": (opens_page(CARD + "import"), COORDINATE),
    "edit a funder": (edits_funder, COORDINATE),
    "edit the portfolio": (edits_portfolio, PUBLISH),
    "users": (opens_page("admin:auth_user_changelist"), {"superuser"}),
    "groups": (opens_page("admin:auth_group_changelist"), {"superuser"}),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_may_do_what_the_table_says_and_no_more(client, who):
    found = {}
    for what, (ask, _who_may) in TABLE.items():
        with sandbox():
            world = World()
            user = PEOPLE[who](world.cards)
            if user:
                client.force_login(user)
            found[what] = bool(ask(client, world))
    assert found == {what: who in who_may for what, (_ask, who_may) in TABLE.items()}
