"""Shorten the audit log: the only way to remove anything from it."""

import argparse
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sivusto.audit.records import older_than, prune

SHORTEST_DAYS = 90


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < SHORTEST_DAYS:
        raise argparse.ArgumentTypeError(
            f"'{text}': anna kokonainen määrä päiviä, vähintään {SHORTEST_DAYS}."
        )
    return int(text)


class Command(BaseCommand):
    """Tells what would be removed; removes it when told to."""

    help = "Poistaa tapahtumalokista vanhat merkinnät. Ilman valintaa --apply vain kertoo määrän."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the age in days and whether to remove."""
        parser.add_argument(
            "--older-than",
            type=_days,
            required=True,
            metavar="PÄIVIÄ",
            help=f"poistettavien merkintöjen ikä päivinä, vähintään {SHORTEST_DAYS}",
        )
        parser.add_argument("--apply", action="store_true", help="poista merkinnät")

    def handle(self, *args: Any, older_than: int, apply: bool, **options: Any) -> None:
        """Count or remove."""
        moment = timezone.now() - timedelta(days=older_than)
        if apply:
            self.stdout.write(f"Poistettiin {prune(moment)} merkintää.")
        else:
            self.stdout.write(f"Poistettaisiin {_count(moment)} merkintää. Poista: --apply")


def _count(moment: Any) -> int:
    return older_than(moment).count()
