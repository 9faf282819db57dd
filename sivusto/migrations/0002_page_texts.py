"""Give the two text pages words to begin with; staff write their own over them."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "pages"
PAGES = ("saavutettavuus", "tietosuoja")


def write_texts(apps, schema_editor):
    PageText = apps.get_model("sivusto", "PageText")
    for page in PAGES:
        body = (FOLDER / f"{page}.html").read_text(encoding="utf-8")
        PageText.objects.get_or_create(page=page, defaults={"body": body})


class Migration(migrations.Migration):
    dependencies = [("sivusto", "0001_initial")]

    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
