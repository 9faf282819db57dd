from django.db import migrations

from sivusto.freshness import triggers

TABLE = "hankkeet_attachmenttext"


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0014_attachment_texts"),
        ("sivusto", "0018_links_move_the_data_version"),
    ]

    operations = [
        migrations.RunSQL(triggers.create_on(TABLE), triggers.drop_on(TABLE)),
    ]
