from django.db import migrations

from sivusto.freshness import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0004_versions"),
        ("sivusto", "0005_texts_that_need_no_reading"),
    ]

    operations = [
        migrations.RunSQL(
            triggers.create_on("hankkeet_version"), triggers.drop_on("hankkeet_version")
        )
    ]
