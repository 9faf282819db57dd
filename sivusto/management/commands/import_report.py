"""Bring a progress report in: ``manage.py import_report FILE --project CODE``."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hankkeet.models import Project
from sivusto.monitoring.intake.apply import apply
from sivusto.monitoring.intake.plan import ImportPlan, Period, ReportRefusedError, plan
from sivusto.monitoring.intake.telling import as_data, lines
from sivusto.monitoring.reading.blocks import UnreadableError
from sivusto.monitoring.reading.opening import LARGEST_FILE, blocks_of
from sivusto.monitoring.reading.reader import read

HELP = """Tuo hankkeen seurantaraportin taulukko (DOCX, XLSX, HTML, CSV, TSV tai teksti).

Ilman valitsinta --apply mitään ei tallenneta: komento kertoo, mitkä toimenpiteet olisivat
uusia, mitkä muuttuisivat ja mitkä ovat ennallaan, ja näyttää kaiken, mitä se ei ymmärtänyt.
Kaikki tuodaan tai ei mitään."""


class Command(BaseCommand):
    """Read, plan, show, and with --apply write."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the help's own line breaks."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", metavar="TIEDOSTO", help="raportti tai - (vakiosyöte)")
        parser.add_argument("--project", required=True, metavar="TUNNUS", help="hankkeen tunnus")
        parser.add_argument(
            "--period",
            metavar="ALKU:LOPPU",
            help="raportointijakso, esimerkiksi 2020-09-01:2020-12-31; muuten avoin jakso tai, "
            "jos avointa ei ole, taulukkoon merkityt kuukaudet",
        )
        parser.add_argument("--apply", action="store_true", help="tallenna muutokset")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="tulosteen muoto"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; whatever cannot be done is told in one line."""
        project = Project.objects.filter(code=options["project"].upper()).first()
        if project is None:
            raise CommandError(_("Hanketta %(code)s ei ole.") % {"code": options["project"]})
        try:
            reading = read(blocks_of(_bytes(options["file"])))
            planned = plan(project, reading, _period(options["period"]))
            if options["apply"]:
                planned = apply(planned)
        except (UnreadableError, ReportRefusedError) as error:
            raise CommandError(str(error)) from error
        self._show(planned, as_json=options["format"] == "json", is_applied=options["apply"])

    def _show(self, planned: ImportPlan, *, as_json: bool, is_applied: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(as_data(planned), ensure_ascii=False, indent=2))
            return
        for line in lines(planned):
            self.stdout.write(line)
        if not planned.changes_anything:
            self.stdout.write(_("Tallennettavaa ei ole."))
        elif is_applied:
            self.stdout.write(_("Tallennettu."))
        else:
            self.stdout.write(_("Mitään ei vielä tallennettu. Tallenna valitsimella --apply."))


def _bytes(name: str) -> bytes:
    """Return the file's bytes, of one that is too large only so many that it is refused."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(
            _("Tiedostoa %(name)s ei voi lukea (%(why)s).") % {"name": name, "why": error.strerror}
        ) from error


def _period(text: str | None) -> Period | None:
    if not text:
        return None
    start, _mark, end = text.partition(":")
    try:
        days = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError as error:
        raise CommandError(_("Anna jakso muodossa 2020-09-01:2020-12-31.")) from error
    if days[0] > days[1]:
        raise CommandError(_("Raportointijakso ei voi päättyä ennen kuin se alkaa."))
    return days
