"""Bring the message catalogs up to date with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from sivusto.catalogs import TRANSLATED, read_catalog, update


class Command(BaseCommand):
    """Add new messages, drop unused ones, and say what waits for a translator."""

    help = "Päivittää kielikatalogit koodin viesteistä."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Update each language's catalog."""
        for language in TRANSLATED:
            update(language)
            waiting = [m for m in read_catalog(language) if m.id and not all(_strings(m.string))]
            self.stdout.write(f"{language}: kääntämättä {len(waiting)}")


def _strings(string: Any) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)
