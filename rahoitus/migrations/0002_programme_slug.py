"""Give every programme an address word; those there already get theirs from their names."""

from typing import Any

from django.db import migrations, models

import salkut.fields
from salkut.fields import name_slug


def fill(apps: Any, schema_editor: Any) -> None:
    """Make each slug from the name, numbered where another programme has it."""
    taken: set[str] = set()
    programmes = apps.get_model("rahoitus", "Programme").objects
    for key, name in programmes.order_by("pk").values_list("pk", "name"):
        wanted = name_slug(name) or "nimeton"
        number, slug = 2, wanted
        while slug in taken:
            slug, number = f"{wanted[:115]}-{number}", number + 1
        taken.add(slug)
        programmes.filter(pk=key).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [
        ("rahoitus", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="former_slugs",
            field=salkut.fields.FormerSlugsField(size=None),
        ),
        migrations.AddField(
            model_name="programme",
            name="slug",
            field=models.CharField(max_length=120, default=""),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="programme",
            name="slug",
            field=salkut.fields.NameSlugField(unique=True),
        ),
    ]
