import django.db.models.deletion
from django.db import migrations, models

from sivusto.search import triggers

TABLE = "seuranta_reportingperiod"
FORGET = "DELETE FROM sivusto_search_page WHERE attachment_id IS NULL;"


class Migration(migrations.Migration):
    dependencies = [
        ("hankkeet", "0015_attachment_facts"),
        ("seuranta", "0003_figures_of_locked_reports"),
        ("sivusto", "0023_portfolio_books"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="period",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="seuranta.reportingperiod",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="attachment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="hankkeet.attachment",
            ),
        ),
        migrations.AlterModelOptions(
            name="page",
            options={
                "verbose_name": "haun tiedot liitteen tai raportin kohdasta",
                "verbose_name_plural": "haun tiedot liitteiden ja raporttien kohdista",
            },
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                name="search_page_is_of_one_thing",
                condition=models.Q(attachment__isnull=True, period__isnull=False)
                | models.Q(attachment__isnull=False, period__isnull=True),
            ),
        ),
        migrations.RunSQL(triggers.create_on(TABLE), triggers.drop_on(TABLE) + FORGET),
    ]
