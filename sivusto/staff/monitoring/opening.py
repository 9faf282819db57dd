"""Opening a period for all projects of a portfolio at once."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Project
from salkut.models import Portfolio
from seuranta.models import ReportingPeriod
from sivusto.staff.fields import FinnishDateField
from sivusto.staff.rights import coordinated_by, published_by


class OpenForm(forms.Form):
    """Which portfolio, and which days."""

    portfolio = forms.ModelChoiceField(
        label=gettext_lazy("Salkku"), queryset=Portfolio.objects.none()
    )
    start_date = FinnishDateField(label=gettext_lazy("Alkaa"))
    end_date = FinnishDateField(label=gettext_lazy("Päättyy"))
    due_date = FinnishDateField(
        label=gettext_lazy("Määräpäivä"),
        required=False,
        help_text=gettext_lazy("Mihin mennessä projektipäälliköt lähettävät raporttinsa."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field: Any = self.fields["portfolio"]
        field.queryset = coordinated_by(user)

    def clean(self) -> dict[str, Any]:
        """Let the period's own rules speak."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            days = {name: cleaned[name] for name in ("start_date", "end_date", "due_date")}
            ReportingPeriod(**days).validate_constraints(exclude=["project"])
        return cleaned

    def projects(self) -> Any:
        """Return the portfolio's projects that are under way and that the person publishes."""
        return published_by(self.user).filter(
            pk__in=Project.objects.running().filter(portfolios=self.cleaned_data["portfolio"])
        )

    def open(self) -> tuple[int, int]:
        """Open it for each project that does not have it; return how many, and of how many."""
        days = {name: self.cleaned_data[name] for name in ("start_date", "end_date")}
        with transaction.atomic():
            projects = list(self.projects().order_by("pk").values_list("pk", flat=True))
            known = set(
                ReportingPeriod.objects.filter(project__in=projects, **days).values_list(
                    "project_id", flat=True
                )
            )
            new = [project for project in projects if project not in known]
            ReportingPeriod.objects.bulk_create(
                (
                    ReportingPeriod(
                        project_id=project, due_date=self.cleaned_data["due_date"], **days
                    )
                    for project in new
                ),
                ignore_conflicts=True,
            )
        return len(new), len(projects)


def opened_in_words(new: int, number: int) -> str:
    """Tell for how many projects the period was opened."""
    if not number:
        return _("Salkussa ei ole käynnissä olevia hankkeita, joiden kortteja julkaiset.")
    return _("Jakso avattiin %(new)d hankkeelle; %(old)d hankkeella se oli jo.") % {
        "new": new,
        "old": number - new,
    }
