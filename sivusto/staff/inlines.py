"""The rows of a card on the project's form, in the card's order."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Implementer,
    Logo,
    Project,
    Result,
    Section,
    Succession,
    TextState,
)
from hankkeet.models.contents import SectionKind
from rahoitus.models import FundingShare
from salkut.rows import NamedTabularInline
from sivusto.staff import forms, rights


class PlainRelatedFields(admin.options.BaseModelAdmin):
    """Offers to add what is missing from a choice, and spares the other three buttons."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field with a plus beside it at most."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field


class _Rows(PlainRelatedFields):
    """Rows that whoever may edit the card may edit; a new card has some empty ones."""

    new_rows = 1
    empty_value_display = ""

    @property
    def _project_admin(self) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(Project)

    def has_view_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to who may see or make cards; Django asks without a card, too."""
        return rights.may_view(request.user) or rights.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to who may edit the card, or make it if it is new."""
        if obj is None:
            return rights.may_add(request.user)
        return self._project_admin.has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to who may edit the card."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        """Allow to who may edit the card: a row is a part of it."""
        return self.has_change_permission(request, obj)

    def get_extra(self, request: HttpRequest, obj: Project | None = None, **kwargs: Any) -> int:
        """Return the number of empty rows."""
        return 0 if obj else self.new_rows


class SectionFormSet(forms.PositionFormSet):
    """The summary; a new card is offered the usual headings, which are saved only with a text."""

    USUAL = [kind for kind in SectionKind if kind != SectionKind.OTHER]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is None or instance.pk is None:
            kwargs["initial"] = [
                {"kind": kind.value, "heading": str(kind.label)} for kind in self.USUAL
            ]
        super().__init__(*args, **kwargs)


class SectionInline(_Rows, admin.StackedInline):
    """The parts of the summary."""

    model = Section
    form = forms.SectionForm
    formset = SectionFormSet
    verbose_name_plural = _("Tiivistelmä")
    new_rows = len(SectionFormSet.USUAL)
    fields = [("kind", "heading", "position"), "body"]


class FundingShareInline(_Rows, admin.StackedInline):
    """Who pays what."""

    model = FundingShare
    form = forms.FundingShareForm
    formset = forms.PositionFormSet
    verbose_name_plural = _("Rahoittajat ja rahoitusosuudet")
    autocomplete_fields = ["funder", "programme"]
    readonly_fields = ["quote"]
    fields = [
        ("funder", "programme"),
        ("amount", "percent", "kind", "stage", "position"),
        ("is_declared", "is_proposal"),
        "quote",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return shares with their funders, whose names head the rows."""
        return super().get_queryset(request).select_related("funder", "programme__funder")


class ImplementerInline(_Rows, NamedTabularInline):
    """Who carry it out."""

    model = Implementer
    form = forms.PositionForm
    formset = forms.PositionFormSet
    verbose_name_plural = _("Toteuttajat")
    autocomplete_fields = ["organisation"]
    fields = ["organisation", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return rows with the organisations that head them."""
        return super().get_queryset(request).select_related("organisation")


class ContactInline(_Rows, admin.StackedInline):
    """Whom to ask."""

    model = Contact
    form = forms.ContactForm
    formset = forms.PositionFormSet
    verbose_name_plural = _("Yhteyshenkilöt")
    fields = [
        ("role", "unit", "unit_email"),
        ("person_name", "phone", "email"),
        ("share_percent", "start_date", "end_date"),
        ("visibility", "position"),
    ]


class AttachmentInline(_Rows, admin.StackedInline):
    """Links and files."""

    model = Attachment
    form = forms.AttachmentForm
    formset = forms.PositionFormSet
    verbose_name_plural = _("Liitteet")
    readonly_fields = ["shown_text"]
    fields = [
        ("title", "position"),
        "url",
        ("file", "file_name"),
        ("kind", "language", "document_date"),
        ("accessibility", "is_hidden"),
        "shown_text",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return attachments with what is known of their texts."""
        found: Any = super().get_queryset(request)
        return found.with_text_state()  # type: ignore[no-any-return]

    @admin.display(description=_("tekstiversio"))
    def shown_text(self, attachment: Any) -> str:
        """Say what is known of the file's text, and lead to where it is mended."""
        state = getattr(attachment, "text_state", "")
        if not state:
            return "–"
        address = reverse("admin:hankkeet_attachmenttext_change", args=[attachment.pk])
        return format_html('<a href="{}">{}</a>', address, TextState(state).label)


class LogoInline(_Rows, NamedTabularInline):
    """Logos of others than the funders."""

    model = Logo
    form = forms.LogoForm
    formset = forms.PositionFormSet
    verbose_name_plural = _("Logot")
    fields = ["image", "alt", "position"]


class ResultInline(_Rows, admin.StackedInline):
    """What came of it."""

    model = Result
    form = forms.ResultForm
    formset = forms.PositionFormSet
    verbose_name_plural = _("Mitä jäi: hankkeen tulokset")
    new_rows = 0
    readonly_fields = ["answered_on"]
    fields = [
        ("name", "state", "position"),
        ("place", "url", "owner"),
        ("still_true", "answered_on"),
    ]


class PredecessorInline(_Rows, NamedTabularInline):
    """What the project carries on."""

    model = Succession
    fk_name = "successor"
    verbose_name = _("edeltäjä")
    verbose_name_plural = _("Edeltäjät: mitä hanketta tämä jatkaa")
    autocomplete_fields = ["predecessor"]
    fields = ["predecessor"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return rows with the projects that head them."""
        return super().get_queryset(request).select_related("predecessor", "successor")


class SuccessorInline(PredecessorInline):
    """What carries the project on."""

    fk_name = "predecessor"
    formset = forms.SuccessorFormSet
    verbose_name = _("jatko")
    verbose_name_plural = _("Jatko: mikä hanke jatkaa tätä")
    autocomplete_fields = ["successor"]
    fields = ["successor"]


class ExternalKeyInline(_Rows, NamedTabularInline):
    """What others call the project."""

    model = ExternalKey
    verbose_name_plural = _("Tunnisteet muissa rekistereissä")
    fields = ["kind", "value"]
