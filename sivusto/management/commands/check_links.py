"""Ask whether what the public cards link to is still there."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from sivusto.checks.store import refresh
from sivusto.links.checking import answers, linked, note


class Command(BaseCommand):
    """Tells which links give no answer; keeps nothing unless told to."""

    help = "Kysyy, vastaavatko korttien linkit. Kertoo vain; --apply kirjaa tuloksen korteille."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to keep what was answered, and the format."""
        parser.add_argument("--apply", action="store_true", help="kirjaa, mitkä eivät vastanneet")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask each address once, print those that fail, and with --apply check their cards."""
        found = linked()
        told = answers(found)
        failing = {address: problem for address, problem in told.items() if problem}
        if options["format"] == "json":
            rows = [
                {"address": address, "problem": problem, "projects": sorted(found[address])}
                for address, problem in sorted(failing.items())
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for address, problem in sorted(failing.items()):
                self.stdout.write(f"{address}: {problem}")
            text = _("Linkkejä %(all)d, joista %(failing)d ei vastannut.")
            self.stdout.write(text % {"all": len(told), "failing": len(failing)})
        if options["apply"]:
            note(told, timezone.localdate())
            refresh({key for keys in found.values() for key in keys})
