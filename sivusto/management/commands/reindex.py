"""Build the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sivusto.search.index import catch_up, reindex


class Command(BaseCommand):
    """Indexes every public project, or only what waits."""

    help = "Rakentaa haun hakemiston uudelleen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to do only what waits."""
        parser.add_argument(
            "--vain-odottavat",
            action="store_true",
            dest="only_waiting",
            help="vie hakemistoon vain se, mikä on muuttunut",
        )

    def handle(self, *args: Any, only_waiting: bool, **options: Any) -> None:
        """Index and say how many projects it was."""
        count = catch_up(budget_s=None) if only_waiting else reindex()
        self.stdout.write(f"Hakemistossa päivitettiin {count} hanketta.")
