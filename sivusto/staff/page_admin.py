"""The text pages that staff write."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from sivusto.models import PageText
from sivusto.staff.editor import RichTextFormField

ADDRESSES = {PageText.Page.ACCESSIBILITY: "accessibility", PageText.Page.PRIVACY: "privacy"}


class PageTextForm(forms.ModelForm):
    """The text of a page."""

    class Meta:
        model = PageText
        fields = ["page", "body"]
        field_classes = {"body": RichTextFormField}


@admin.register(PageText)
class PageTextAdmin(admin.ModelAdmin):
    """The pages that the law asks for: their text may change, their number may not."""

    form = PageTextForm
    list_display = ["page", "updated_at"]
    readonly_fields = ["updated_at"]

    def get_fields(self, request: HttpRequest, obj: PageText | None = None) -> Any:
        """Return the page only where it may be chosen: it is the row's key."""
        return ["body", "updated_at"] if obj else ["page", "body"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow only while a known page is missing."""
        is_missing = PageText.objects.count() < len(PageText.Page)
        return is_missing and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the law asks for both pages."""
        return False

    def view_on_site(self, obj: PageText) -> str:
        """Return the page's address."""
        return reverse(ADDRESSES[PageText.Page(obj.page)])
