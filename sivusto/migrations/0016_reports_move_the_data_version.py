from django.db import migrations

from sivusto.freshness import triggers

TABLE = "seuranta_reportingperiod"


class Migration(migrations.Migration):
    dependencies = [
        ("seuranta", "0002_keep_locked_reports"),
        ("sivusto", "0015_search_by_organisations_other_names"),
    ]

    operations = [migrations.RunSQL(triggers.create_on(TABLE), triggers.drop_on(TABLE))]
