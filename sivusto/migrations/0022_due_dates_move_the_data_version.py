from django.db import migrations

from sivusto.freshness import triggers

TABLE = "seuranta_reportingperiod"


class Migration(migrations.Migration):
    dependencies = [
        ("seuranta", "0003_figures_of_locked_reports"),
        ("sivusto", "0021_ready_terms_unpacked"),
    ]

    operations = [
        migrations.RunSQL(triggers.create_on(TABLE), migrations.RunSQL.noop),
    ]
