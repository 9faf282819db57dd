"""Bring the demo register into an empty database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from hankkeet.models import Project
from sivusto.checks.store import refresh
from sivusto.monitoring.demo import load_reports
from sivusto.transfer.demo import DemoError, load_demo, register_is_empty


class Command(BaseCommand):
    """Loads fixtures/demo, or another folder of the same shape."""

    help = "Lataa esittelyaineiston tyhjään rekisteriin."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and whether a register in use is an error."""
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "demo",
            help="kansio, josta aineisto luetaan",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="älä tee mitään, jos rekisterissä on jo tietoja",
        )

    def handle(self, *args: Any, folder: Path, if_empty: bool, **options: Any) -> None:
        """Load the register and say how much came in."""
        if if_empty and not register_is_empty():
            return
        try:
            with transaction.atomic():
                counts = load_demo(folder)
                reports = load_reports(folder)
        except DemoError as error:
            raise CommandError(str(error)) from error
        refresh(Project.objects.values_list("pk", flat=True))
        self.stdout.write(
            f"Esittelyaineisto ladattu: {counts.portfolios} salkkua, {counts.funders} rahoittajaa, "
            f"{counts.projects} hanketta, {counts.attachments} liitettä ja "
            f"{reports} seurantaraporttia."
        )
