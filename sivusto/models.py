"""The site's own few tables; nothing of the domain lives here."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Project
from hankkeet.richtext import RichTextField
from sivusto.audit.models import AuditEntry
from sivusto.book.models import PortfolioBook
from sivusto.feedback.models import FeedbackTally
from sivusto.figures.models import Counted, Figure, Uncounted
from sivusto.freshness.models import Change, DataVersion
from sivusto.privacy.models import ErasureRecord
from sivusto.reminders.models import Reminder
from sivusto.search.bitmaps.models import ProjectChange
from sivusto.search.models import Document, Page, Pending, Synonym, Word
from sivusto.signing.models import SignInBrake, SignOnIdentity

__all__ = [
    "AuditEntry",
    "Change",
    "Counted",
    "DataVersion",
    "Document",
    "ErasureRecord",
    "FeedbackTally",
    "Figure",
    "ImportedCard",
    "Page",
    "PageText",
    "Pending",
    "PortfolioBook",
    "ProjectChange",
    "Reminder",
    "SignInBrake",
    "SignOnIdentity",
    "Synonym",
    "Uncounted",
    "Word",
]


class PageText(models.Model):
    """A text page that staff write themselves."""

    class Page(models.TextChoices):
        """The pages there are."""

        ACCESSIBILITY = "saavutettavuus", _("Saavutettavuusseloste")
        PRIVACY = "tietosuoja", _("Tietosuoja")

    page = models.CharField(_("sivu"), max_length=30, choices=Page.choices, primary_key=True)
    body = RichTextField(
        _("teksti"),
        help_text=_(
            "Merkinnät {kunta} ja {palaute} korvautuvat kunnan nimellä ja palauteosoitteella."
        ),
    )
    updated_at = models.DateTimeField(_("päivitetty"), auto_now=True)

    class Meta:
        verbose_name = _("sivun teksti")
        verbose_name_plural = _("sivujen tekstit")
        ordering = ["page"]

    def __str__(self) -> str:
        return self.get_page_display()

    def filled_body(self) -> str:
        """Return the text with the municipality's own facts in the places left for them."""
        facts = {"{kunta}": settings.MUNICIPALITY, "{palaute}": settings.FEEDBACK_EMAIL}
        body = self.body
        for mark, fact in facts.items():
            body = body.replace(mark, fact)
        return body


class ImportedCard(models.Model):
    """What a card's text said when it was last brought in.

    An import compares three things: this, the new text and the card as it is now. Where the card
    differs from this, staff have changed it, and the text must not silently win.
    """

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="imported_card", primary_key=True
    )
    source = models.CharField(_("lähde"), max_length=500)
    values = models.JSONField(_("arvot"))
    # What tells a text that need not be read again: see sivusto/transfer/known.py.
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    state = models.CharField(max_length=64, blank=True, editable=False)
    reading = models.JSONField(default=dict, editable=False)
    imported_at = models.DateTimeField(_("tuotu"), auto_now=True)

    class Meta:
        verbose_name = _("tuotu kortti")
        verbose_name_plural = _("tuodut kortit")
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return self.source
