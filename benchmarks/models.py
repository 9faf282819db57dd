"""The table of words that ``list_pages`` makes for plain Django in the scratch database."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from hankkeet.models import Project


class Text(models.Model):
    """The words of a project as PostgreSQL's own Finnish configuration reads them."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    vector = SearchVectorField()

    class Meta:
        app_label = "benchmarks"
        managed = False
        db_table = "benchmark_text"

    def __str__(self) -> str:
        return str(self.project_id)
