"""Bring cards of the old register in: ``manage.py import_cards PATH…``."""

import json
import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hankkeet.models import Publication
from sivusto.transfer.apply import ImportRefusedError, apply, settle
from sivusto.transfer.plan import plan
from sivusto.transfer.planned import Plan
from sivusto.transfer.report import as_json, as_text, sum_line
from sivusto.transfer.sources import collect

HELP = """Tuo hankekortteja vanhan hanketietokannan sivuista (teksti tai HTML).

Ilman valitsinta --apply mitään ei tallenneta: komento kertoo, mikä olisi uutta, mikä
muuttuisi (kenttä kentältä), mikä on ennallaan ja mikä ristiriidassa kortin kanssa.
Kaikki kortit tuodaan tai ei yhtään. Tiedosto, joka ei ole kortti, jätetään pois ja
kerrotaan; silloin paluuarvo on 1. Ristiriidassa kortti jää ennalleen."""


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
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="POLKU",
            help="tiedosto, kansio (alikansioineen: .txt, .text, .html, .htm) tai - (vakiosyöte)",
        )
        parser.add_argument("--apply", action="store_true", help="tallenna muutokset")
        parser.add_argument(
            "--draft",
            action="store_true",
            help="tuo uudet kortit luonnoksina (muuten julkaistuina)",
        )
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="tulosteen muoto"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; exit with 1 if a file was left out or nothing could be written."""
        publication = Publication.DRAFT if options["draft"] else Publication.PUBLISHED
        planned = plan(collect(options["paths"]), publication, processes=os.cpu_count() or 1)
        if options["apply"]:
            try:
                result = apply(planned)
            except ImportRefusedError as error:
                raise CommandError(str(error)) from error
            settle(result)
            planned = replace(planned, cards=result.cards)
        show = self._show_json if options["format"] == "json" else self._show_text
        show(planned, is_applied=options["apply"])
        if planned.is_faulty:
            sys.exit(1)

    def _show_json(self, planned: Plan, *, is_applied: bool) -> None:
        cards = [as_json(card) for card in planned.cards]
        self.stdout.write(json.dumps(cards, ensure_ascii=False, indent=2))

    def _show_text(self, planned: Plan, *, is_applied: bool) -> None:
        for card in planned.cards:
            self.stdout.write(as_text(card) + "\n")
        self.stdout.write(sum_line(planned))
        if not any(card.steps_taken for card in planned.cards):
            self.stdout.write(_("Tallennettavaa ei ole."))
        elif is_applied:
            self.stdout.write(_("Tallennettu."))
        else:
            self.stdout.write(_("Mitään ei vielä tallennettu. Tallenna valitsimella --apply."))
