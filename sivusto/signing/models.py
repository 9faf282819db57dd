"""What signing in remembers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInBrake(models.Model):
    """Wrong tries by one key; the key is a keyed hash, so that the table holds no names."""

    key = models.CharField(max_length=80, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)
    is_told = models.BooleanField(default=False)

    class Meta:
        db_table = "sivusto_sign_in_brake"
        verbose_name = _("kirjautumisen jarru")
        verbose_name_plural = _("kirjautumisen jarrut")

    def __str__(self) -> str:
        return self.key


class SignOnIdentity(models.Model):
    """The municipality's account that a staff account is."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_on_identities"
    )
    issuer = models.CharField(_("tunnistuspalvelu"), max_length=300)
    subject = models.CharField(_("tunniste"), max_length=255)
    linked_at = models.DateTimeField(_("yhdistetty"), auto_now_add=True)

    class Meta:
        db_table = "sivusto_sign_on_identity"
        verbose_name = _("kunnan tunnus")
        verbose_name_plural = _("kunnan tunnukset")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.issuer}"
