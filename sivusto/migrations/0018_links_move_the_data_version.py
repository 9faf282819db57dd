from django.db import migrations

from sivusto.freshness import triggers

TABLE = "hankkeet_link"


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0013_links"),
        ("sivusto", "0017_results_are_noted"),
    ]

    operations = [migrations.RunSQL(triggers.create_on(TABLE), triggers.drop_on(TABLE))]
