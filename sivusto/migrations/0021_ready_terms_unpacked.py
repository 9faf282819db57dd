from django.db import migrations

TABLE = "sivusto_ready_term"
COLUMNS = ("keys", "weighed", "weights")


def _stored(how: str) -> str:
    return f"ALTER TABLE {TABLE} " + ", ".join(
        f"ALTER COLUMN {name} SET STORAGE {how}" for name in COLUMNS
    )


class Migration(migrations.Migration):
    """Keep the ready terms as they are read: packing saved a third and took a millisecond."""

    dependencies = [("sivusto", "0020_pages_of_attachments_are_searched")]

    operations = [migrations.RunSQL(_stored("EXTERNAL"), _stored("EXTENDED"))]
