"""Staff's own list of words that find each other."""

from django.contrib import admin

from sivusto.search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """The list, changed in place; a change counts from the next search on."""

    list_display = ("word", "others", "is_two_way")
    list_editable = ("others", "is_two_way")
    search_fields = ("word", "others")
