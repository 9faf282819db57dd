"""Texts of attachments for staff: what could not be read, corrections, and scanned files."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hankkeet.models import AttachmentText, TextState
from hankkeet.models.texts import BY_STAFF
from sivusto.documents.markup import as_lines, from_lines
from sivusto.documents.model import DocumentError, Limits, Text
from sivusto.documents.store import read_and_keep
from sivusto.staff.rights import editable_by, may_edit, may_edit_directly

MOST_AT_ONCE = 5  # files read while somebody waits
MARKS = gettext_lazy(
    "”=== sivu 3” tai ”=== dia 12: Otsikko” aloittaa osan, ”## ” väliotsikon, ”- ” luettelon "
    "kohdan (kaksi välilyöntiä edessä: alemman tason kohta), ”| a | b |” taulukon rivin "
    "ja ”> ” esittäjän muistiinpanot. Taulukon otsikkorivin jälkeen tulee rivi ”|---|”. Tyhjä "
    "rivi erottaa kappaleet."
)


class TextForm(forms.ModelForm):
    """The text as plain lines; what is changed in it stays when the file is read again."""

    lines = forms.CharField(
        label=gettext_lazy("Teksti"),
        required=False,
        help_text=MARKS,
        max_length=Limits().letters,
        widget=forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField"}),
    )
    is_scanned = forms.BooleanField(
        label=gettext_lazy("Tiedosto on skannattu kuva, jossa ei ole luettavaa tekstiä"),
        required=False,
        help_text=gettext_lazy("Tekstiä ei näytetä, ja kortilla lukee, ettei tekstiversiota ole."),
    )

    class Meta:
        model = AttachmentText
        fields = ["language"]
        help_texts = {
            "language": gettext_lazy(
                "Kaksi kirjainta, esimerkiksi fi, sv, en tai se. Liitteen oma kieli menee edelle."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance
        self._before = as_lines(_text(held).parts) if held.content else ""
        shown = {"lines": self._before, "is_scanned": held.state == TextState.SCANNED}
        self.initial = {**self.initial, **shown}

    def clean_lines(self) -> str:
        """Refuse what has no meaning, with its line."""
        lines: str = self.cleaned_data["lines"]
        try:
            self._parts = from_lines(lines)
        except DocumentError as error:
            raise ValidationError(str(error)) from error
        return lines

    def clean(self) -> dict[str, Any]:
        """Note what staff have judged; a text that is emptied has to be marked scanned."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_scanned"):
            self._judge(TextState.SCANNED, {})
        elif self.errors or not self._is_changed():
            return cleaned
        elif not self._parts:
            self.add_error("lines", _("Kirjoita teksti tai merkitse tiedosto skannatuksi."))
        else:
            text = Text(self._parts, is_cut=_text(self.instance).is_cut)
            self._judge(TextState.CORRECTED, text.packed())
        return cleaned

    def _is_changed(self) -> bool:
        """Tell whether the text is another than it was; a browser has line ends of its own."""
        lines = "\n".join(self.cleaned_data["lines"].splitlines())
        return lines.strip() != self._before.strip() or "is_scanned" in self.changed_data

    def _judge(self, state: TextState, content: dict[str, Any]) -> None:
        self.instance.state, self.instance.content, self.instance.message = state, content, ""


@admin.register(AttachmentText)
class AttachmentTextAdmin(admin.ModelAdmin):
    """What was read of each file; those that could not be read are found by their state."""

    form = TextForm
    list_display = ["__str__", "shown_project", "state", "message", "read_at"]
    list_filter = ["state", "read_at"]
    search_fields = ["attachment__title", "attachment__project__name", "attachment__project__code"]
    list_select_related = ["attachment__project"]
    list_per_page = 50
    readonly_fields = ["shown_project", "shown_file", "state", "message", "read_at"]
    fields = [*readonly_fields, "is_scanned", "language", "lines"]
    actions = ["read_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttachmentText]:
        """Return the texts of the cards that the person edits; lists do without the texts."""
        mine: QuerySet[AttachmentText] = super().get_queryset(request)
        match = request.resolver_match
        if match and (match.url_name or "").endswith("_changelist"):
            mine = mine.defer("content")
        return mine.filter(attachment__project__in=editable_by(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Allow to who edits cards."""
        return may_edit(request.user)

    def has_view_permission(self, request: HttpRequest, obj: AttachmentText | None = None) -> bool:
        """Allow to who edits the card."""
        return may_edit(request.user, obj.attachment.project if obj else None)

    def has_change_permission(
        self, request: HttpRequest, obj: AttachmentText | None = None
    ) -> bool:
        """Allow to whose changes are at once public: a text has no revisions."""
        if obj is None:
            return may_edit(request.user)
        return may_edit_directly(request.user, obj.attachment.project)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: texts come of files."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: AttachmentText | None = None
    ) -> bool:
        """Refuse: a text goes with its file."""
        return False

    def view_on_site(self, obj: AttachmentText) -> str | None:
        """Return the public page of the text, if it has one."""
        is_public = AttachmentText.objects.public().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if is_public else None

    @admin.display(description=gettext_lazy("hanke"), ordering="attachment__project__name")
    def shown_project(self, text: AttachmentText) -> SafeString:
        """Lead to the card."""
        project = text.attachment.project
        address = reverse("admin:hankkeet_project_change", args=[project.pk])
        return format_html('<a href="{}">{}</a>', address, project)

    @admin.display(description=gettext_lazy("tiedosto"))
    def shown_file(self, text: AttachmentText) -> SafeString:
        """Lead to the file that was read."""
        file = text.attachment.file
        name = text.attachment.download_name
        return format_html('<a href="{}">{}</a>', file.url, name) if file else SafeString("–")

    @admin.action(description=gettext_lazy("Lue tiedosto uudelleen"), permissions=["change"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[AttachmentText]) -> None:
        """Read the chosen files again; what staff corrected is given up, since they ask for it."""
        chosen = [
            text
            for text in queryset.select_related("attachment__project")[: MOST_AT_ONCE + 1]
            if self.has_change_permission(request, text)
        ]
        if len(chosen) > MOST_AT_ONCE:
            refused = _("Valitse kerralla enintään %(most)d tiedostoa.") % {"most": MOST_AT_ONCE}
            self.message_user(request, refused, messages.ERROR)
            return
        for held in chosen:
            if held.state in BY_STAFF:
                type(held).objects.filter(pk=held.pk).update(state=TextState.READ)
            told = read_and_keep(held.attachment)
            if told is not None:
                tell_of_text(self, request, told)
        count = len(chosen)
        done = ngettext(
            "%(count)d tiedosto käytiin läpi.", "%(count)d tiedostoa käytiin läpi.", count
        )
        self.message_user(request, done % {"count": count}, messages.SUCCESS)


def tell_of_text(staff: admin.ModelAdmin, request: HttpRequest, text: AttachmentText) -> None:
    """Tell who saved the card of a file that has no text to show."""
    if text.state == TextState.FAILED:
        told = _("Liitteen ”%(title)s” tekstiä ei saatu luettua: %(why)s Liite on tallessa.")
    elif text.state == TextState.WITHOUT_TEXT:
        told = _(
            "Liitteessä ”%(title)s” ei ole tekstiä, vaan se on skannattu tai muuten pelkkää kuvaa. "
            "Kaikki eivät pysty lukemaan sitä. Vaihda tilalle tiedosto, jossa teksti on tekstinä."
        )
    else:
        return
    values = {"title": text.attachment.title, "why": text.message}
    staff.message_user(request, told % values, messages.WARNING)


def _text(held: AttachmentText) -> Text:
    return Text.unpacked(held.content) if held.content else Text()
