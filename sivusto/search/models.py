"""The index: a document for each public project, its words, and what waits to be indexed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Attachment, Project
from seuranta.models import ReportingPeriod


class Document(models.Model):
    """What a public project is found by. Only the indexer writes it.

    ``shown`` has the sections' words as a list may show them, pairs of language and text, the
    goals first.
    """

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, primary_key=True, related_name="document"
    )
    version = models.PositiveSmallIntegerField()
    terms = SearchVectorField()
    weights = models.JSONField()
    shown = models.JSONField(default=list)

    class Meta:
        db_table = "sivusto_search_document"
        verbose_name = _("haun tiedot")
        verbose_name_plural = _("haun tiedot")
        indexes = [
            GinIndex(fields=["terms"], name="search_document_terms", fastupdate=False),
            models.Index(fields=["version"], name="search_document_version"),
        ]

    def __str__(self) -> str:
        return str(self.project_id)


class Page(models.Model):
    """A page, slide or chapter of a public attachment, or a measure of a published report.

    Only the indexer writes it. Its place is as in the text version, or the measure's number in
    the report; ``text`` is as a list may show it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, null=True, related_name="+"
    )
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    text = models.TextField()
    terms = SearchVectorField()

    class Meta:
        db_table = "sivusto_search_page"
        verbose_name = _("haun tiedot liitteen tai raportin kohdasta")
        verbose_name_plural = _("haun tiedot liitteiden ja raporttien kohdista")
        constraints = [
            models.CheckConstraint(
                name="search_page_is_of_one_thing",
                condition=models.Q(attachment__isnull=True, period__isnull=False)
                | models.Q(attachment__isnull=False, period__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id or self.period_id} {self.kind}-{self.number}"


class Word(models.Model):
    """A word met in projects, as written or in base form: its analysis and its spelling keys."""

    word = models.TextField(primary_key=True)
    version = models.PositiveSmallIntegerField()
    whole = ArrayField(models.TextField())
    every = ArrayField(models.TextField())
    keys = ArrayField(models.TextField())

    class Meta:
        db_table = "sivusto_search_word"
        indexes = [
            GinIndex(OpClass("keys", name="array_ops"), name="search_word_keys", fastupdate=False)
        ]

    def __str__(self) -> str:
        return self.word


class Pending(models.Model):
    """A project that has changed; database triggers write these in the change's transaction.

    Rows are only ever added and removed, so that a change made while an older one is being indexed
    is never lost.
    """

    project_id = models.BigIntegerField()

    class Meta:
        db_table = "sivusto_search_pending"

    def __str__(self) -> str:
        return str(self.project_id)


class Synonym(models.Model):
    """A word that staff want to find other words too."""

    word = models.CharField(
        _("hakusana"),
        max_length=100,
        help_text=_("Sana tai nimi niin kuin se kirjoitetaan hakuun, esimerkiksi ”vanhus”."),
    )
    others = models.CharField(
        _("löytää myös"),
        max_length=500,
        help_text=_("Pilkulla erotettuina, perusmuodossa: ”ikäihminen, seniori”."),
    )
    is_two_way = models.BooleanField(
        _("molempiin suuntiin"),
        default=True,
        help_text=_("Myös nämä sanat löytävät hakusanan."),
    )

    class Meta:
        db_table = "sivusto_search_synonym"
        verbose_name = _("haun rinnakkaissana")
        verbose_name_plural = _("haun rinnakkaissanat")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("word"),
                name="synonym_word_is_unique",
                violation_error_message=_("Hakusana on jo luettelossa."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.others}"

    def clean(self) -> None:
        """Refuse what has no word in it."""
        errors: dict[str, Any] = {}
        for name in ("word", "others"):
            if not any(letter.isalnum() for letter in getattr(self, name)):
                errors[name] = _("Kirjoita ainakin yksi sana.")
        if errors:
            raise ValidationError(errors)

    def other_words(self) -> list[str]:
        """Return the words that it also finds."""
        return [other.strip() for other in self.others.split(",") if other.strip()]
