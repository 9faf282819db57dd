"""Print the cards that have lately changed, so that their first reader does not wait.

What goes on makes the portfolios' books that are asked for, too.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sivusto.book.making import make_asked
from sivusto.card.ahead import Ahead, follow


class Command(BaseCommand):
    """Print once, or go on printing what changes."""

    help = "Tulostaa viime päivinä muuttuneet julkiset kortit valmiiksi."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to go on."""
        parser.add_argument(
            "--follow",
            action="store_true",
            help="Jatkaa: tulostaa jokaisen muutoksen jälkeen ja kokoaa pyydetyt salkkukirjat, "
            "kunnes käynnistäjä päättyy.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        if options["follow"]:
            follow(also=make_asked)
        else:
            self.stdout.write(f"{Ahead().catch_up()} korttia käytiin läpi.")
