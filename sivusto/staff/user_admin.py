"""Accounts and groups: Django's own pages, with what changed in rights noted."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from sivusto.audit.records import Kind, record
from sivusto.signing import two_factor
from sivusto.signing.people import change_text

for model in (User, Group, TOTPDevice, StaticDevice):  # secrets of second factors are nobody's
    admin.site.unregister(model)


def rights_of(user: User) -> set[str]:
    """Return all that an account may do by itself, in words."""
    marks = {
        _("käytössä"): user.is_active,
        _("pääsy ylläpitoon"): user.is_staff,
        _("pääkäyttäjä"): user.is_superuser,
    }
    groups = {_("ryhmä %(name)s") % {"name": group} for group in user.groups.all()}
    permissions = {str(each) for each in user.user_permissions.select_related("content_type")}
    return {mark for mark, is_on in marks.items() if is_on} | groups | permissions


class NotesRights:
    """Notes a change of rights, whatever field it was made in."""

    def rights(self, obj: Any) -> set[str]:
        """Return the rights that a saved row gives."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Look at the rights before they change, then save."""
        before = self.model._default_manager.filter(pk=obj.pk).first()  # type: ignore[attr-defined]
        form.rights_before = self.rights(before) if before else set()
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rest, and note the difference."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        after = self.rights(self.model._default_manager.get(pk=form.instance.pk))  # type: ignore[attr-defined]
        text = change_text(after - form.rights_before, form.rights_before - after)
        if text:
            record(Kind.RIGHTS, request, actor=request.user, target=form.instance, details=text)


@admin.register(User)
class StaffUserAdmin(NotesRights, UserAdmin):
    """Accounts; only a superuser gives rights or takes a second factor away."""

    list_display = ["username", "email", "last_name", "is_staff", "is_superuser", "has_two_factor"]
    actions = ["take_two_factor_away"]

    def rights(self, obj: User) -> set[str]:
        """Return the account's rights."""
        return rights_of(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return accounts with what the list tells of their second factor."""
        device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        accounts: QuerySet[User] = super().get_queryset(request)
        return accounts.annotate(two_factor=Exists(device))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep rights out of the reach of those who may only mend names, and log-ins of all."""
        fields = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        if request.user.is_superuser:
            return fields
        return (*fields, "is_superuser", "is_staff", "groups", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep superusers' accounts, and so their passwords, out of others' reach."""
        is_theirs = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody but a superuser remove a superuser."""
        is_theirs = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_theirs and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer the second factor's removal to superusers alone."""
        actions = super().get_actions(request)
        if not request.user.is_superuser:
            actions.pop("take_two_factor_away", None)
        return actions

    @admin.display(description=gettext_lazy("kaksivaiheinen"), boolean=True, ordering="two_factor")
    def has_two_factor(self, user: Any) -> bool:
        """Tell whether a second factor is in use."""
        return bool(user.two_factor)

    @admin.action(
        description=gettext_lazy("Poista kaksivaiheinen tunnistautuminen (puhelin kadonnut)")
    )
    def take_two_factor_away(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Remove others' second factors; one's own is removed with a code on its own page."""
        own: Any = request.user.pk
        count = 0
        for user in queryset.exclude(pk=own):
            if two_factor.turn_off(user):
                count += 1
                details = _("Pääkäyttäjä poisti käytöstä.")
                record(Kind.TWO_FACTOR, request, actor=request.user, target=user, details=details)
        text = ngettext(
            "Kaksivaiheinen tunnistautuminen poistettiin %(n)s tunnukselta.",
            "Kaksivaiheinen tunnistautuminen poistettiin %(n)s tunnukselta.",
            count,
        )
        self.message_user(request, text % {"n": count}, messages.SUCCESS)


@admin.register(Group)
class StaffGroupAdmin(NotesRights, GroupAdmin):
    """Groups, whose permissions are the rights of all in them."""

    def rights(self, obj: Group) -> set[str]:
        """Return the group's permissions."""
        return {str(each) for each in obj.permissions.select_related("content_type")}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let superusers alone say what groups may do."""
        return bool(request.user.is_superuser) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let superusers alone make groups."""
        return bool(request.user.is_superuser) and super().has_add_permission(request)
