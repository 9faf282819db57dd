"""Make a portfolio's book, or those that are asked for."""

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from salkut.models import Portfolio
from sivusto.book.making import BookError, file_name, make, make_asked
from sivusto.pages.context import LANGUAGES


class Command(BaseCommand):
    """Make one book and tell of it on the way; without a portfolio, those that readers wait for."""

    help = "Kokoaa salkun hankekorteista salkkukirjan (PDF); ilman salkkua ne, joita on pyydetty."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the portfolio, the language and where to put the book."""
        parser.add_argument("portfolio", nargs="?", help="Salkun osoitteen loppuosa.")
        parser.add_argument("--language", default="fi", choices=[code for code, _name in LANGUAGES])
        parser.add_argument("--output", type=Path, help="Mihin kirja tallennetaan.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make."""
        if not options["portfolio"]:
            self.stdout.write(f"Koottiin {make_asked()} salkkukirjaa.")
            return
        portfolio = Portfolio.objects.filter(slug=options["portfolio"]).first()
        if portfolio is None:
            slugs = ", ".join(Portfolio.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"Salkkua ”{options['portfolio']}” ei ole. Salkut: {slugs}")
        with override(options["language"]):
            try:
                book = make(portfolio, self._tell)
            except BookError as error:
                raise CommandError(str(error)) from error
            target = options["output"] or Path(file_name(portfolio))
        shutil.copyfile(book.path, target)
        size = target.stat().st_size / 1024
        self.stdout.write(
            f"{target}: {book.number} korttia, {book.pages} korttisivua, {size:.0f} kt"
        )

    def _tell(self, done: int, number: int) -> None:
        self.stdout.write(f"{done}/{number} korttia valmiina")
