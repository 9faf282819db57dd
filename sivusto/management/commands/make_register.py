"""Make a register of any size for trying and measuring: ``manage.py make_register N``."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sivusto.transfer.make_register import NotEmptyError, make_register

SEED = 20_261_101


class Command(BaseCommand):
    """Fills an empty register with invented cards."""

    help = "Tekee keksityn, uskottavan rekisterin kokeiluja ja mittauksia varten."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, from which seed, and whether a register in use may grow."""
        parser.add_argument("count", type=int, metavar="N", help="hankkeiden määrä")
        parser.add_argument(
            "--seed", type=int, default=SEED, help="siemenluku; sama luku tekee saman rekisterin"
        )
        parser.add_argument(
            "--add", action="store_true", help="lisää hankkeet, vaikka rekisterissä on jo tietoja"
        )

    def handle(self, *args: Any, count: int, seed: int, add: bool, **options: Any) -> None:
        """Make the register and say what there is and how fast it was."""
        if count < 1:
            raise CommandError("Hankkeita pitää olla ainakin yksi.")
        start = time.perf_counter()
        try:
            made = make_register(count, seed, add=add)
        except NotEmptyError as error:
            raise CommandError(
                "Rekisterissä on jo tietoja. Lisää niiden rinnalle valitsimella --add."
            ) from error
        seconds = time.perf_counter() - start
        self.stdout.write(
            f"Tehty {made.projects} hanketta ({made.rows} riviä), {made.portfolios} salkkua, "
            f"{made.funders} rahoittajaa ja {made.organisations} toteuttajaa siemenluvusta {seed}: "
            f"{seconds:.1f} s, {made.rows / seconds:.0f} riviä sekunnissa."
        )
