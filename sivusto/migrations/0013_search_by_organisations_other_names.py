from django.db import migrations

from sivusto.search import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0010_organisation_aliases"),
        ("sivusto", "0012_groups"),
    ]

    operations = [migrations.RunSQL(triggers.create(), migrations.RunSQL.noop)]
