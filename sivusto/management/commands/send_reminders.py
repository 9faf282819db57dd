"""Mail each person what waits among her cards: ``manage.py send_reminders``."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sivusto.models import Reminder
from sivusto.reminders.digest import letter_of
from sivusto.reminders.sending import AnotherRunError, NoServerError, due, send

HELP = """Lähetä muistutukset: kullekin projektipäällikölle ja salkkukoordinaattorille yksi kooste
siitä, mikä hänen korteillaan odottaa, enintään kerran viikossa.

Ilman valitsinta --apply mitään ei lähetetä: komento kertoo, kenelle ja mistä lähetettäisiin. Kun
mikään ei odota, viestiä ei lähetetä. Aja joka arkipäivä: kukin saa silti viestinsä enintään
kerran viikossa, ja jos sähköpostipalvelin on poikki, viesti lähtee seuraavana päivänä."""


class Command(BaseCommand):
    """Lists what would be sent; with --apply sends it."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the help's own line breaks."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--apply", action="store_true", help="lähetä viestit")
        parser.add_argument("--show", action="store_true", help="näytä viestit kokonaan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, or tell what would be sent."""
        unknown = Reminder.objects.unknown().select_related("user")
        for reminder in unknown.fresh(timezone.now()):
            self.stdout.write(
                f"{reminder.user.get_username()}: edellinen lähetys keskeytyi, eikä tiedetä, "
                "lähtikö viesti. Seuraava lähtee viikon kuluttua siitä."
            )
        if options["apply"]:
            self._send()
        else:
            self._tell(show=options["show"])

    def _tell(self, *, show: bool) -> None:
        number = 0
        for digest in due(timezone.localdate()):
            number += 1
            parts = "; ".join(f"{part.title} {part.count}" for part in digest.parts)
            user = digest.user
            self.stdout.write(f"{user.get_username()} <{user.email}>: {parts}")
            if show:
                self.stdout.write(f"\n{letter_of(digest).body}\n")
        self.stdout.write(f"Lähetettäisiin: {number}.")
        if number:
            self.stdout.write("Mitään ei vielä lähetetty. Lähetä valitsimella --apply.")

    def _send(self) -> None:
        try:
            done = send(timezone.localdate())
        except AnotherRunError as error:
            raise CommandError("Toinen lähetys on kesken. Mitään ei lähetetty.") from error
        except NoServerError as error:
            raise CommandError(
                f"Sähköpostipalvelin ei vastaa ({error}). Loput lähtevät, kun komento ajetaan "
                "uudelleen; kukaan ei saa samaa viestiä kahdesti."
            ) from error
        for name in done.refused:
            self.stdout.write(f"{name}: palvelin ei ottanut viestiä vastaan. Tarkista osoite.")
        for name in done.unknown:
            self.stdout.write(f"{name}: yhteys katkesi, eikä tiedetä, lähtikö viesti.")
        self.stdout.write(f"Lähetetty: {len(done.sent)}.")
