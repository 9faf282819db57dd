"""The inbox of feedback: read, taken in hand, answered."""

import logging
from smtplib import SMTPException
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hankkeet.models import Feedback, FeedbackState
from hankkeet.models.feedback import CLOSED
from sivusto.staff.rights import handled_by

logger = logging.getLogger(__name__)


class FeedbackForm(forms.ModelForm):
    """The state and the answer; the message itself is the reader's."""

    class Meta:
        model = Feedback
        fields = ["state", "answer"]
        help_texts = {
            "state": gettext_lazy(
                "Vastaus lähtee sähköpostilla, kun tallennat tilaksi ”Vastattu”, jos lähettäjä on "
                "antanut osoitteensa."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Close a message with its moment; ask for an answer where one is said to be given."""
        cleaned = super().clean() or self.cleaned_data
        state = cleaned.get("state", self.instance.state)
        if state == FeedbackState.ANSWERED and not cleaned.get("answer", self.instance.answer):
            self.add_error("answer", _("Kirjoita vastaus, ennen kuin merkitset vastatuksi."))
        if state not in CLOSED:
            self.instance.closed_at = None
        elif self.instance.closed_at is None:
            self.instance.closed_at = timezone.now()
        return cleaned


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    """What readers have told of cards, what still waits first."""

    form = FeedbackForm
    list_display = ["__str__", "shown_project", "shown_state", "created_at", "handled_by"]
    list_filter = ["state", "created_at", "project__portfolios"]
    list_select_related = ["project", "handled_by"]
    search_fields = ["message", "answer", "project__name", "project__code"]
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    readonly_fields = [
        "shown_project",
        "shown_message",
        "email",
        "created_at",
        "mailed_at",
        "closed_at",
        "handled_by",
    ]
    fieldsets = [
        (None, {"fields": ["shown_project", "shown_message", "email", "created_at"]}),
        (gettext_lazy("Käsittely"), {"fields": ["state", "answer"]}),
        (gettext_lazy("Merkinnät"), {"fields": ["handled_by", "closed_at", "mailed_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feedback]:
        """Return what the person handles: a coordinator has her own portfolios' readers."""
        everything: QuerySet[Feedback] = super().get_queryset(request)
        if request.user.is_superuser:
            return everything
        return everything.filter(pk__in=handled_by(request.user).values("pk"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: messages come from readers."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Feedback | None = None) -> Any:
        """Keep an answer that has been sent as it was sent."""
        sent = ["answer", "state"] if obj is not None and obj.mailed_at else []
        return [*self.readonly_fields, *sent]

    @admin.display(description=gettext_lazy("viesti"))
    def shown_message(self, feedback: Feedback) -> SafeString:
        """Show the message as it was written, line by line."""
        return format_html('<div class="message">{}</div>', feedback.message)

    @admin.display(description=gettext_lazy("hanke"), ordering="project__name")
    def shown_project(self, feedback: Feedback) -> SafeString:
        """Lead to where the card is mended."""
        address = reverse("admin:hankkeet_project_change", args=[feedback.project_id])
        return format_html('<a href="{}">{}</a>', address, feedback.project)

    @admin.display(description=gettext_lazy("tila"), ordering="state")
    def shown_state(self, feedback: Feedback) -> SafeString:
        """Show the state so that what waits stands out."""
        return format_html(
            '<span class="state state-{}">{}</span>', feedback.state, feedback.get_state_display()
        )

    def save_model(self, request: HttpRequest, obj: Feedback, form: Any, change: bool) -> None:
        """Note who handles it, and mail the answer if there is somebody to mail it to."""
        user: Any = request.user
        obj.handled_by = user
        if obj.state == FeedbackState.ANSWERED and obj.email and not obj.mailed_at:
            self._mail(request, obj)
        super().save_model(request, obj, form, change)

    def _mail(self, request: HttpRequest, obj: Feedback) -> None:
        """Send the answer; when that fails, keep it and leave the matter open."""
        try:
            _letter(obj).send()
        except (SMTPException, OSError) as error:
            logger.warning("an answer to feedback %s could not be mailed: %s", obj.pk, error)
            obj.state, obj.closed_at = FeedbackState.IN_PROGRESS, None
            text = _(
                "Vastausta ei voitu lähettää, sillä sähköpostipalvelin ei ottanut sitä vastaan. "
                "Teksti on tallessa ja tila on ”Käsittelyssä”. Yritä myöhemmin uudelleen."
            )
            self.message_user(request, text, messages.ERROR)
            return
        obj.mailed_at = timezone.now()
        self.message_user(request, _("Vastaus lähetettiin."), messages.SUCCESS)


def _letter(feedback: Feedback) -> EmailMessage:
    """Write the answer with what it answers; the project's name may not break the heading."""
    name = " ".join(str(feedback.project).split())
    quoted = "\n".join(f"> {line}" for line in feedback.message.splitlines())
    return EmailMessage(
        subject=_("Vastaus palautteeseesi: %(name)s") % {"name": name},
        body=f"{feedback.answer}\n\n{_('Kirjoitit meille:')}\n{quoted}\n",
        to=[feedback.email],
    )
