"""The log grows, tells who did what, and nobody edits it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from hankkeet.models import Contact, Project
from sivusto.audit.models import AuditEntry
from sivusto.audit.records import Kind, record
from tests.builders import a_draft, a_whole_card
from tests.sivusto.staff.helpers import a_member, a_superuser, filled_in

pytestmark = pytest.mark.django_db
LIST = "/yllapito/sivusto/auditentry/"


def an_old_entry(days: int = 400) -> AuditEntry:
    entry = AuditEntry(kind=Kind.LOGIN, at=timezone.now() - timedelta(days=days))
    entry.save()
    return entry


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sivusto_audit_entry SET actor = 'toinen'",
        "DELETE FROM sivusto_audit_entry",
        "SET LOCAL hankkeet.empty_audit_log = 'off'; TRUNCATE sivusto_audit_entry",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(statement):
    record(Kind.LOGIN)
    refused = pytest.raises(DatabaseError, match="only added to")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


def test_not_even_the_shell_changes_a_row():
    entry = record(Kind.LOGIN)
    entry.actor = "toinen"
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entry.delete()


def test_a_superuser_reads_it_and_writes_nothing(client):
    client.force_login(a_superuser())
    entry = record(Kind.LOGIN, details="Salasanalla.")
    assert "Salasanalla." in client.get(LIST).text
    page = client.get(f"{LIST}{entry.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{entry.pk}/change/", {"actor": "x"}).status_code == 403
    assert client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403


def test_others_do_not_see_it_whatever_their_permissions(client):
    client.force_login(a_member("view_auditentry", "change_auditentry", "delete_auditentry"))
    assert client.get(LIST).status_code == 403
    assert "auditentry" not in client.get("/yllapito/").text


def test_a_change_of_a_card_tells_who_and_which_fields_but_no_person(client):
    boss = a_superuser()
    client.force_login(boss)
    project = a_whole_card()
    contact = Contact.objects.create(project=project, person_name="Testi Henkilö", position=9)
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    page = client.get(address)
    index = [str(form.instance.pk) for form in formset(page, Contact)].index(str(contact.pk))
    changes = {"name": "Uusi nimi", f"contacts-{index}-phone": "040 000 0000"}
    assert client.post(address, filled_in(page, **changes)).status_code == 302
    entry = AuditEntry.objects.get(kind="changed")
    assert (entry.actor, entry.target_type, entry.target) == (
        boss.username,
        "hankkeet.project",
        "Uusi nimi",
    )
    assert entry.target_id == str(project.pk)
    assert entry.told() == ('Muutettu Hankkeen nimi. Muutettu Puhelin yhteyshenkilö-kohteelle "…".')
    assert "Testi" not in entry.details
    assert "Testi" in LogEntry.objects.get(action_flag=CHANGE).change_message


def formset(page, model):
    sets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    return next(each for each in sets if each.model is model).forms


def test_bulk_changes_and_deletions_are_told_one_by_one(client):
    client.force_login(a_superuser())
    drafts = [a_draft("Yksi"), a_draft("Kaksi")]
    chosen = {"_selected_action": [each.pk for each in drafts]}
    client.post(
        reverse("admin:hankkeet_project_changelist"),
        chosen | {"action": "delete_selected", "post": "yes"},
    )
    assert not Project.objects.exists()
    told = AuditEntry.objects.filter(kind="deleted").values_list("target", flat=True)
    assert set(told) == {"Yksi", "Kaksi"}


@pytest.mark.parametrize("message", ["Julkaistu.", "[ei JSON", '[{"added": {}}]', "[]", ""])
def test_whatever_the_log_of_the_admin_says_can_be_told(message):
    boss = a_superuser()
    LogEntry.objects.log_actions(boss.pk, [a_draft()], CHANGE, message)
    assert isinstance(AuditEntry.objects.get(kind="changed").told(), str)


def test_a_name_of_a_row_that_may_be_a_persons_is_not_copied():
    boss, contact = a_superuser(), a_whole_card().contacts.first()
    LogEntry.objects.log_actions(boss.pk, [contact], CHANGE, "Muutettu.")
    entry = AuditEntry.objects.get(kind="changed")
    assert (entry.target_type, entry.target) == ("hankkeet.contact", "")


def test_rights_given_and_taken_are_told_by_name(client):
    boss = a_superuser()
    client.force_login(boss)
    member = a_member("view_project")
    group = Group.objects.create(name="Koordinaattorit")
    address = reverse("admin:auth_user_change", args=[member.pk])
    fields = filled_in(client.get(address), is_superuser="on", groups=[group.pk])
    fields |= {"user_permissions": [], "date_joined_0": "1.3.2027", "date_joined_1": "09:00:00"}
    assert client.post(address, fields).status_code == 302
    entry = AuditEntry.objects.get(kind="rights")
    assert (entry.actor, entry.target) == (boss.username, member.username)
    added, _point, removed = entry.details.partition(". ")
    assert added == "Lisätty: pääkäyttäjä, ryhmä Koordinaattorit"
    assert removed.startswith("Poistettu: ")


def test_a_groups_new_permissions_are_told(client):
    client.force_login(a_superuser())
    group = Group.objects.create(name="Koordinaattorit")
    permission = Permission.objects.get(codename="change_project")
    address = reverse("admin:auth_group_change", args=[group.pk])
    client.post(address, {"name": group.name, "permissions": [permission.pk]})
    assert str(permission) in AuditEntry.objects.get(kind="rights").details


def test_who_may_change_accounts_cannot_make_herself_a_superuser(client):
    member = a_member("change_user", "view_user", "change_group")
    client.force_login(member)
    address = reverse("admin:auth_user_change", args=[member.pk])
    fields = {
        "username": member.username,
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
    }
    client.post(address, fields | {"date_joined_0": "1.3.2027", "date_joined_1": "09:00:00"})
    assert not User.objects.get(pk=member.pk).is_superuser
    boss = User.objects.create_superuser("johtaja", password="salasana-on-pitkä")
    for name in ("auth_user_change", "auth_user_password_change"):
        page = client.post(reverse(f"admin:{name}", args=[boss.pk]), {"password1": "x"})
        assert page.status_code == 403
    group = Group.objects.create(name="Koordinaattorit")
    page = client.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "Muu"})
    assert page.status_code == 403


def test_logging_out_and_a_changed_password_are_told(client):
    boss = a_superuser()
    client.force_login(boss)
    new = "aivan uusi salasana 7"
    fields = {"old_password": "salasana-on-pitkä", "new_password1": new, "new_password2": new}
    client.post("/yllapito/password_change/", fields)
    client.post("/yllapito/logout/")
    assert list(AuditEntry.objects.order_by("pk").values_list("kind", "actor", "address")) == [
        ("password", boss.username, "127.0.0.1"),
        ("logout", boss.username, "127.0.0.1"),
    ]


def test_removing_an_account_leaves_what_it_did():
    boss = a_superuser()
    record(Kind.LOGIN, actor=boss)
    name = boss.username
    boss.delete()
    assert AuditEntry.objects.get().actor == name


def test_pruning_is_dry_unless_told_and_says_that_it_was_done():
    an_old_entry()
    young = an_old_entry(10)
    out = StringIO()
    call_command("prune_audit_log", older_than=365, stdout=out)
    assert out.getvalue().startswith("Poistettaisiin 1 merkintää.")
    assert AuditEntry.objects.count() == 2
    call_command("prune_audit_log", "--older-than", "365", "--apply", stdout=out)
    assert out.getvalue().endswith("Poistettiin 1 merkintää.\n")
    kinds = AuditEntry.objects.values_list("pk", "kind")
    assert (young.pk, "login") in kinds
    assert [kind for _pk, kind in kinds] == ["pruned", "login"]
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        young.delete()


@pytest.mark.parametrize("days", ["89", "0", "-1", "kaikki"])
def test_recent_entries_are_not_pruned(days):
    with pytest.raises(CommandError, match="vähintään 90"):
        call_command("prune_audit_log", f"--older-than={days}", "--apply")
