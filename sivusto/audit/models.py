"""The audit log's table. Rows are only added: a trigger refuses the rest (see triggers.py)."""

from django.contrib.admin.models import LogEntry
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One thing that somebody did.

    The one who did it and what it was done to are written as they were called then, without
    foreign keys: removing an account or a card must neither change nor remove what they did.
    """

    class Kind(models.TextChoices):
        """What can be done."""

        LOGIN = "login", _("Kirjautui sisään")
        LOGIN_REFUSED = "login_refused", _("Kirjautuminen torjuttiin")
        LOGIN_BRAKED = "login_braked", _("Kirjautumisyrityksiä jarrutettiin")
        LOGOUT = "logout", _("Kirjautui ulos")
        TWO_FACTOR = "two_factor", _("Kaksivaiheinen tunnistautuminen")
        PASSWORD = "password", _("Salasana vaihdettiin")
        RIGHTS = "rights", _("Oikeuksia muutettiin")
        ADDED = "added", _("Lisättiin")
        CHANGED = "changed", _("Muutettiin")
        DELETED = "deleted", _("Poistettiin")
        PRUNED = "pruned", _("Lokia lyhennettiin")

    at = models.DateTimeField(_("aika"), default=timezone.now, db_index=True)
    kind = models.CharField(_("tapahtuma"), max_length=20, choices=Kind.choices, db_index=True)
    actor_id = models.BigIntegerField(_("tekijän numero"), null=True, blank=True, db_index=True)
    actor = models.CharField(_("tekijä"), max_length=150, blank=True)
    address = models.GenericIPAddressField(_("verkko-osoite"), null=True, blank=True)
    target_type = models.CharField(_("kohteen laji"), max_length=201, blank=True)
    target_id = models.CharField(_("kohteen numero"), max_length=64, blank=True)
    target = models.CharField(_("kohde"), max_length=200, blank=True)
    # A sentence, or a change as Django's own log writes it (names of fields, no values).
    details = models.TextField(_("kuvaus"), blank=True)

    class Meta:
        db_table = "sivusto_audit_entry"
        verbose_name = _("lokimerkintä")
        verbose_name_plural = _("tapahtumaloki")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_entry_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.actor or self.target or self.pk}"

    def told(self) -> str:
        """Return the details as sentences."""
        return LogEntry(change_message=self.details).get_change_message()
