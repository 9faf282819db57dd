from django.db import migrations

from sivusto.freshness import triggers as freshness
from sivusto.search import triggers as search

TABLE = "hankkeet_result"


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0012_results"),
        ("sivusto", "0016_reports_move_the_data_version"),
    ]

    operations = [
        migrations.RunSQL(freshness.create_on(TABLE), freshness.drop_on(TABLE)),
        migrations.RunSQL(search.create_on(TABLE), search.drop_on(TABLE)),
    ]
