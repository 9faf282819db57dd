from django.db import migrations

from sivusto.search import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0011_organisation_aliases"),
        ("sivusto", "0014_looks_and_feedback_for_coordinators"),
    ]

    operations = [migrations.RunSQL(triggers.create(), migrations.RunSQL.noop)]
