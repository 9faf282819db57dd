"""Check cards against themselves: ``manage.py check_cards [CODE…]``."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hankkeet.models import Finding, Project
from sivusto.checks.store import refresh

HELP = (
    "Tarkista kortit: kertoo, missä kortti on ristiriidassa itsensä kanssa tai vajaa, ja pitää "
    "ylläpidon havainnot ajan tasalla. Aja joka yö. Tunnetuksi merkittyjä havaintoja ei kerrota."
)


class Command(BaseCommand):
    """Refreshes the kept findings and prints them."""

    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "codes", nargs="*", metavar="TUNNUS", help="hankkeen tunnus (muuten kaikki)"
        )
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="tulosteen muoto"
        )

    def handle(self, *args: Any, codes: list[str], **options: Any) -> None:
        """Check, keep and print."""
        projects = Project.objects.order_by("pk")
        if codes:
            projects = projects.filter(code__in=[code.upper() for code in codes])
            known = set(projects.values_list("code", flat=True))
            strange = [code for code in codes if code.upper() not in known]
            if strange:
                raise CommandError(f"Hanketta ei ole: {', '.join(strange)}.")
        refresh(projects.values_list("pk", flat=True))
        found = Finding.objects.unknown().select_related("project")
        if codes:
            found = found.filter(project__in=projects)
        rows = found.worst_first(by_project=True).iterator(2000)
        show = self._show_json if options["format"] == "json" else self._show_text
        show(rows)

    def _show_json(self, rows: Iterator[Finding]) -> None:
        """Print one list, a row at a time, so that a large register needs no memory."""
        mark = "["
        for row in rows:
            shown = {
                "code": row.project.code,
                "kind": row.kind,
                "weight": row.weight,
                "message": row.message,
                "quote": row.quote,
                "fix": row.fix,
            }
            self.stdout.write(f"{mark}\n{json.dumps(shown, ensure_ascii=False)}", ending="")
            mark = ","
        self.stdout.write("[]" if mark == "[" else "\n]")

    def _show_text(self, rows: Iterator[Finding]) -> None:
        count = 0
        for project, mine in groupby(rows, key=lambda row: row.project):
            self.stdout.write(f"{project.code} {project.name}")
            for row in mine:
                count += 1
                self.stdout.write(f"  {row.get_weight_display().lower()}: {row.message}")
                if row.fix:
                    self.stdout.write(f"    → {row.fix['label']}")
        self.stdout.write(f"Havaintoja: {count}.")
