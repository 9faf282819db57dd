from django.db import migrations

from seuranta import guards


class Migration(migrations.Migration):
    dependencies = [("seuranta", "0001_measures_and_periods")]

    operations = [migrations.RunSQL(guards.CREATE, guards.DROP)]
