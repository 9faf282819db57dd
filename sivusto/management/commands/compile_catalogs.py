"""Compile the message catalogs."""

from typing import Any

from django.core.management.base import BaseCommand

from sivusto.catalogs import TRANSLATED, compile_catalog


class Command(BaseCommand):
    """Compile what has changed."""

    help = "Kääntää kielikatalogit palvelun käyttöön."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile each language's catalog."""
        for language in TRANSLATED:
            compile_catalog(language)
