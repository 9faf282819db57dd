"""Remove the persons of contacts whose time is over: ``manage.py expire_contacts``."""

import getpass
import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sivusto.privacy.expiry import Due, due_contacts, due_feedback, expire
from sivusto.wording import day

HELP = """Poista yhteyshenkilöiden nimet, puhelimet ja sähköpostit, kun niiden aika on kulunut.

Ilman valitsinta --apply mitään ei poisteta: komento kertoo, mitä poistettaisiin ja mistä
päivästä alkaen se on ollut vuorossa. Nimiä ei luetella. Tehtävä, yksikkö ja yksikön sähköposti
jäävät. Myös hoidettujen palautteiden vastausosoitteet poistetaan. Julkisilla sivuilla nimi ei
näy ajan kuluttua, vaikka komentoa ei ajettaisi. Poistot kirjataan ylläpidon luetteloon ilman
poistettuja tietoja."""

DATA = {"person_name": "nimi", "phone": "puhelin", "email": "sähköposti"}


class Command(BaseCommand):
    """Lists what is due; with --apply removes it."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the help's own line breaks."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--apply", action="store_true", help="poista tiedot")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="tulosteen muoto"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show what is due, after removing it if asked to."""
        today = timezone.localdate()
        undated = [due for due in due_contacts(today) if due.since is None]
        if options["apply"]:
            contacts, feedback = expire(today, account=getpass.getuser())
        else:
            contacts = [due for due in due_contacts(today) if due.since is not None]
            feedback = due_feedback(today)
        show = self._show_json if options["format"] == "json" else self._show_text
        show(contacts, feedback, undated, is_applied=options["apply"])

    def _show_json(
        self, contacts: list[Due], feedback: list[Due], undated: list[Due], *, is_applied: bool
    ) -> None:
        lists = {"contacts": contacts, "feedback": feedback, "undated": undated}
        shown = {name: [_as_json(due) for due in rows] for name, rows in lists.items()}
        self.stdout.write(json.dumps({"applied": is_applied} | shown, ensure_ascii=False, indent=2))

    def _show_text(
        self, contacts: list[Due], feedback: list[Due], undated: list[Due], *, is_applied: bool
    ) -> None:
        for due in contacts:
            data = ", ".join(DATA[name] for name in due.data)
            self.stdout.write(f"{due.code}  {_role(due)}: {data}, vuorossa {day(due.since)} alkaen")
        for due in feedback:
            self.stdout.write(f"{due.code}  palautteen vastausosoite, hoidettu {day(due.since)}")
        for due in undated:
            self.stdout.write(
                f"{due.code}  {_role(due)}: hanke on päättynyt, mutta päättymispäivä puuttuu. "
                "Nimeä ei näytetä. Lisää kortille päivä, niin tiedot poistuvat aikanaan."
            )
        done = "Poistettu" if is_applied else "Poistettaisiin"
        self.stdout.write(
            f"{done}: yhteyshenkilöitä {len(contacts)}, palautteiden osoitteita {len(feedback)}."
        )
        if not is_applied and (contacts or feedback):
            self.stdout.write("Mitään ei vielä poistettu. Poista valitsimella --apply.")


def _role(due: Due) -> str:
    return ", ".join(filter(None, (due.role, due.unit))) or "yhteyshenkilö ilman tehtävää"


def _as_json(due: Due) -> dict[str, Any]:
    since = due.since and due.since.isoformat()
    shown = asdict(due) | {"since": since, "data": list(due.data)}
    del shown["pk"]
    return shown
