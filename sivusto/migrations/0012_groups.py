from django.apps import apps as present
from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = {
    "hankkeet": {
        "project": ["view"],
        "projecttype": ["view"],
        "organisation": ["view"],
    },
    "salkut": {"portfolio": ["view"]},
    "rahoitus": {"funder": ["view"], "programme": ["view"]},
}
WRITE = {
    "hankkeet": {"project": ["add", "change", "delete"], "organisation": ["add"]},
    "rahoitus": {"funder": ["add"], "programme": ["add"]},
}
ALL = {
    "hankkeet": {"project": ["publish"], "organisation": ["change"]},
    "salkut": {"portfolio": ["change"]},
    "rahoitus": {"funder": ["change"], "programme": ["change"]},
    "sivusto": {"synonym": ["view", "add", "change", "delete"]},
}
GROUPS = {
    "Katselijat": [READ],
    "Projektipäälliköt": [READ, WRITE],
    "Salkkukoordinaattorit": [READ, WRITE, ALL],
}


def make_groups(apps, schema_editor):
    """Make the three groups; permissions are otherwise made only after all migrations."""
    for label in ("hankkeet", "salkut", "rahoitus", "sivusto"):
        create_permissions(
            present.get_app_config(label),
            apps=apps,
            using=schema_editor.connection.alias,
            verbosity=0,
        )
    for name, levels in GROUPS.items():
        group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, levels))


def _permissions(apps, levels):
    named = apps.get_model("auth", "Permission").objects
    for level in levels:
        for app, models in level.items():
            for model, rights in models.items():
                for right in rights:
                    yield named.get(
                        content_type__app_label=app,
                        content_type__model=model,
                        codename=f"{right}_{model}",
                    )


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("hankkeet", "0008_managers"),
        ("rahoitus", "0003_share_indexes"),
        ("salkut", "0003_coordinators"),
        ("sivusto", "0011_ready_terms"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
