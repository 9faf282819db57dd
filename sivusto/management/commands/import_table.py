"""Read an edited table of projects in: ``manage.py import_table FILE``."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sivusto.transfer.table.applying import TableRefusedError, apply
from sivusto.transfer.table.planning import plan
from sivusto.transfer.table.report import as_json, as_text
from sivusto.transfer.tablefile import TableError, read_table

HELP = """Lue ylläpidosta viety ja taulukko-ohjelmassa muokattu hanketaulukko (XLSX tai CSV).

Ilman valitsinta --apply mitään ei tallenneta: komento kertoo rivi riviltä ja kenttä
kentältä, mitä muuttuisi. Kaikki rivit tallennetaan tai ei yhtään: yksikin virheellinen
rivi tai ristiriita estää tallentamisen, ja silloin paluuarvo on 1."""


class Command(BaseCommand):
    """Plan, show, and with --apply write."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the help's own line breaks."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("path", type=Path, metavar="TIEDOSTO", help="XLSX- tai CSV-tiedosto")
        parser.add_argument("--apply", action="store_true", help="tallenna muutokset")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="tulosteen muoto"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; exit with 1 if a row keeps the table from being written."""
        try:
            planned = plan(read_table(options["path"].read_bytes()))
        except (OSError, TableError) as error:
            raise CommandError(str(error)) from error
        is_json = options["format"] == "json"
        shown = (
            json.dumps(as_json(planned), ensure_ascii=False, indent=2)
            if is_json
            else as_text(planned)
        )
        self.stdout.write(shown)
        if planned.is_blocked:
            sys.exit(1)
        if options["apply"] and planned.is_writable:
            self._apply(planned)
        told = "Tallennettu." if options["apply"] else "Tallenna valitsimella --apply."
        if not is_json:
            self.stdout.write(told if planned.is_writable else "Tallennettavaa ei ole.")

    def _apply(self, planned: Any) -> None:
        try:
            apply(planned, reason="Tuotu taulukosta.")
        except TableRefusedError as error:
            raise CommandError(str(error)) from error
