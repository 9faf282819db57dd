from django.apps import apps as present
from django.contrib.auth.management import create_permissions
from django.db import migrations

from sivusto.freshness import triggers

RIGHTS = ("view_feedback", "change_feedback")


def give_the_inbox(apps, schema_editor):
    """Let coordinators handle what readers tell of their cards."""
    create_permissions(
        present.get_app_config("hankkeet"),
        apps=apps,
        using=schema_editor.connection.alias,
        verbosity=0,
    )
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(
        name="Salkkukoordinaattorit"
    )
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="hankkeet", codename__in=RIGHTS
    )
    group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0010_looks"),
        ("sivusto", "0013_reminders"),
    ]

    operations = [
        migrations.RunSQL(triggers.create_on("hankkeet_look"), triggers.drop_on("hankkeet_look")),
        migrations.RunPython(give_the_inbox, migrations.RunPython.noop),
    ]
