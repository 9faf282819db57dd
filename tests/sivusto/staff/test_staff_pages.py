"""Every page of the staff site opens, safely and in a constant number of queries."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from hankkeet.models import Implementer, Organisation, Project, ProjectType, Publication
from rahoitus.models import Funder, Programme
from salkut.models import Portfolio
from sivusto.audit.records import Kind, record
from sivusto.models import ErasureRecord, PageText, Synonym
from tests.builders import (
    a_draft,
    a_measure,
    a_message,
    a_period,
    a_portfolio,
    a_share,
    a_text,
    a_whole_card,
    an_entry,
    successor_of,
)
from tests.sivusto.staff.helpers import a_member, a_superuser

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def superuser(client):
    user = a_superuser()
    client.force_login(user)
    return user


def fill(rows):
    """Make so many rows of every registered table."""
    for number in range(rows):
        project = a_whole_card(f"Hanke {number}")
        project.portfolios.add(a_portfolio(f"Salkku {number}"))
        a_share(project, f"Rahoittaja {number}", programme=f"Ohjelma {number}", is_proposal=True)
        organisation = Organisation.objects.create(name=f"Yksikkö {number}")
        Implementer.objects.create(project=project, organisation=organisation)
        ProjectType.objects.create(name=f"Tyyppi {number}")
        Group.objects.create(name=f"Ryhmä {number}")
        User.objects.create(username=f"nimi-{number}")
        Synonym.objects.create(word=f"sana {number}", others="toinen")
        record(Kind.LOGIN)
        a_message(project)
        an_entry(a_period(project), a_measure(project, months=((2025, 1),)))
        a_text(project)
        ErasureRecord.objects.create(kind="expiry", codes=[project.code], counts={"contacts": 1})
    PageText.objects.get_or_create(page="tietosuoja", defaults={"body": "<p>Teksti</p>"})


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_of_every_table_opens(client, superuser, model):
    fill(2)
    model_admin = admin.site.get_model_admin(model)
    row = model._default_manager.order_by("pk").first()
    request = client.get(address(model, "changelist")).wsgi_request
    pages = [("changelist",), ("change", row.pk), ("history", row.pk)]
    pages += [("add",)] if model_admin.has_add_permission(request) else []
    pages += [("delete", row.pk)] if model_admin.has_delete_permission(request, row) else []
    statuses = {page: client.get(address(model, *page)).status_code for page in pages}
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(client, superuser, model):
    fill(5)
    few = queries_of(client, address(model, "changelist"))
    fill_more(50)
    assert queries_of(client, address(model, "changelist")) == few


def fill_more(rows):
    for number in range(rows):
        project = a_draft(f"Lisä {number}")
        project.portfolios.add(a_portfolio(f"Lisäsalkku {number}"))
        a_share(project, f"Lisärahoittaja {number}", programme=f"Lisäohjelma {number}")
        Organisation.objects.create(name=f"Lisäyksikkö {number}")
        ProjectType.objects.create(name=f"Lisätyyppi {number}")
        Group.objects.create(name=f"Lisäryhmä {number}")
        User.objects.create(username=f"lisä-{number}")
        an_entry(a_period(project), a_measure(project))


def test_the_front_page_and_the_log_in_open(client):
    assert client.get(reverse("admin:login")).status_code == 200
    client.force_login(a_superuser())
    page = client.get(reverse("admin:index"))
    assert [app["app_label"] for app in page.context["app_list"]][:3] == [
        "hankkeet",
        "salkut",
        "rahoitus",
    ]
    assert "Näytä sivusto" in page.content.decode()
    assert page.context["app_list"][0]["models"][0]["object_name"] == "Project"


def test_staff_pages_allow_no_script_and_no_style_but_named_ones(client, superuser):
    policy = client.get(address(Project, "add")).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    # the import map, the colours, the empty style, the public site's style
    assert policy.count("sha256-") == 4


def test_a_staff_member_without_permission_gets_403(client):
    project = a_draft()
    client.force_login(a_member())
    for page in (
        address(Project, "changelist"),
        address(Project, "add"),
        address(Project, "change", project.pk),
        address(Project, "preview", project.pk),
        address(Project, "preview_pdf", project.pk),
        address(Project, "import"),
        address(Funder, "changelist"),
        address(Portfolio, "add"),
    ):
        assert client.get(page).status_code == 403, page


def test_who_may_only_look_may_not_publish(client):
    project = a_draft()
    client.force_login(a_member("view_project"))
    assert client.get(address(Project, "change", project.pk)).status_code == 200
    action = {"action": "publish_selected", "_selected_action": [project.pk]}
    client.post(address(Project, "changelist"), action)
    project.refresh_from_db()
    assert project.publication == Publication.DRAFT


def test_a_draft_is_previewed_by_staff_only_and_changes_nothing(client):
    project = a_draft()
    preview = address(Project, "preview", project.pk)
    assert client.get(preview).status_code == 302
    client.force_login(a_member("view_project"))
    page = client.get(preview)
    assert project.name in page.content.decode()
    assert "sha256" in page.headers["Content-Security-Policy"]
    project.refresh_from_db()
    assert project.publication == Publication.DRAFT


def test_a_preview_of_nothing_is_not_found(client, superuser):
    assert client.get(address(Project, "preview", 987654)).status_code == 404


def test_suggestions_tell_programmes_of_one_name_apart(client, superuser):
    for name in ("Ministeriö", "Liitto"):
        funder = Funder.objects.create(name=name)
        Programme.objects.create(funder=funder, name="Yhteinen ohjelma")
    query = {"app_label": "rahoitus", "model_name": "fundingshare", "field_name": "programme"}
    found = client.get(reverse("admin:autocomplete"), query | {"term": "yhteinen"}).json()
    assert {row["text"] for row in found["results"]} == {
        "Yhteinen ohjelma (Ministeriö)",
        "Yhteinen ohjelma (Liitto)",
    }


@pytest.mark.parametrize(
    ("table", "field", "made"),
    [
        ("fundingshare", "funder", Funder),
        ("implementer", "organisation", Organisation),
        ("project", "portfolios", Portfolio),
    ],
)
def test_suggestions_come_in_finnish_order(client, superuser, table, field, made):
    for name in ("Äänekoski", "Aura", "Zeta"):
        made.objects.create(name=name)
    app = "rahoitus" if made is Funder else "hankkeet"
    query = {"app_label": app, "model_name": table, "field_name": field}
    found = client.get(reverse("admin:autocomplete"), query).json()
    assert [row["text"] for row in found["results"]] == ["Aura", "Zeta", "Äänekoski"]


def test_only_a_known_page_text_may_be_added_and_none_removed(client, superuser):
    PageText.objects.get_or_create(page="tietosuoja", defaults={"body": "<p>x</p>"})
    assert client.get(address(PageText, "delete", "tietosuoja")).status_code == 403
    PageText.objects.get_or_create(page="saavutettavuus", defaults={"body": "<p>x</p>"})
    assert client.get(address(PageText, "add")).status_code == 403


def test_a_portfolio_that_holds_projects_is_not_deleted(client, superuser):
    portfolio = a_portfolio()
    assert client.get(address(Portfolio, "delete", portfolio.pk)).status_code == 200
    a_draft().portfolios.add(portfolio)
    assert client.get(address(Portfolio, "delete", portfolio.pk)).status_code == 403


def test_a_published_card_leads_to_its_public_page_and_a_draft_does_not(client, superuser):
    draft, public = a_draft(), successor_of(a_draft("Toinen"))
    assert (
        public.get_absolute_url()
        in client.get(address(Project, "change", public.pk)).content.decode()
    )
    assert (
        draft.get_absolute_url()
        not in client.get(address(Project, "change", draft.pk)).content.decode()
    )


@pytest.mark.parametrize(
    ("name", "trail"),
    [
        ("changelist", ["Etusivu", "Hankkeet"]),
        ("add", ["Etusivu", "Hankkeet", "Uusi"]),
        ("change", ["Etusivu", "Hankkeet", "Kirjastoauto kylille"]),
        ("history", ["Etusivu", "Hankkeet", "Kirjastoauto kylille", "Kortin historia"]),
        ("delete", ["Etusivu", "Hankkeet", "Kirjastoauto kylille", "Poista"]),
    ],
)
def test_breadcrumbs_name_each_step_once(client, name, trail):
    client.force_login(a_superuser())
    draft = a_draft()
    args = [draft.pk] if name in ("change", "history", "delete") else []
    page = client.get(reverse(f"admin:hankkeet_project_{name}", args=args)).text
    crumbs = page.split('class="breadcrumbs">')[1].split("</div>")[0]
    assert " ".join(strip_tags(crumbs).split()) == " › ".join(trail)
    assert page.split('class="breadcrumbs">')[0].count("<nav") == 1
