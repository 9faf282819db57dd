"""List or erase one person's data: ``manage.py personal_data NAME-OR-EMAIL``."""

import getpass
import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sivusto.privacy.erasing import Erased, erase
from sivusto.privacy.person import Person, PersonError
from sivusto.privacy.places import Place, find, known_by
from sivusto.privacy.sessions import sessions_with

HELP = """Etsi yhden henkilön tiedot koko rekisteristä, tai poista ne.

Anna nimi, sähköpostiosoite tai puhelinnumero, useampikin. Nimi löytyy taivutettuna ja kummin päin
tahansa, numero miten tahansa ryhmiteltynä. Hausta tulostuu jokainen paikka ympäröivine sanoineen.

Valitsin --erase kertoo lisäksi, mitä poistettaisiin; --erase --apply poistaa. Henkilön omat kentät
tyhjennetään, ja tekstissä nimen tilalle tulee [poistettu]. Samannimistä toista henkilöä koskevat
paikat jätetään valitsimella --except. Poisto kirjataan ilman poistettuja tietoja. Komentorivillä
annettu nimi jää komentotulkin historiaan; ylläpidon sivulla sama haku ei jätä jälkeä."""


class Command(BaseCommand):
    """Finds, shows, and with --erase --apply takes out."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the help's own line breaks."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("terms", nargs="+", metavar="NIMI-TAI-SÄHKÖPOSTI")
        parser.add_argument("--erase", action="store_true", help="kerro, mitä poistettaisiin")
        parser.add_argument(
            "--apply", action="store_true", help="poista (valitsimen --erase kanssa)"
        )
        parser.add_argument(
            "--except",
            dest="left",
            nargs="+",
            default=[],
            metavar="PAIKKA",
            help="jätä nämä paikat ennalleen (tunniste hakasulkeissa)",
        )
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="tulosteen muoto"
        )

    def handle(self, *args: Any, terms: list[str], **options: Any) -> None:
        """Find, show, and erase if asked to."""
        if options["apply"] and not options["erase"]:
            raise CommandError("Valitsin --apply kuuluu valitsimen --erase kanssa.")
        try:
            person = known_by(*terms)
        except PersonError as error:
            raise CommandError(str(error)) from error
        places = find(person)
        keys = {place.key for place in places}
        if strange := [key for key in options["left"] if key not in keys]:
            raise CommandError(f"Paikkaa ei ole: {', '.join(strange)}.")
        erased = None
        if options["apply"]:
            erased = erase(person, keys - set(options["left"]), account=getpass.getuser())
        if options["format"] == "json":
            self._show_json(places, erased)
        else:
            self._show_text(person, places, erased, **options)

    def _show_json(self, places: list[Place], erased: Erased | None) -> None:
        shown: dict[str, Any] = {"places": [_as_json(place) for place in places]}
        if erased is not None:
            shown |= {"erased": erased.counts, "refused": [p.key for p in erased.refused]}
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))

    def _show_text(
        self, person: Person, places: list[Place], erased: Erased | None, **options: Any
    ) -> None:
        for place in places:
            fate = "tyhjennetään" if place.is_own else "korvataan merkinnällä [poistettu]"
            self.stdout.write(f"{place.code or '–'}  {place.label}  [{place.key}]")
            self.stdout.write(f"    {place.around}")
            if options["erase"] and erased is None:
                self.stdout.write(f"    → {'jää' if place.key in options['left'] else fate}")
        self.stdout.write(f"Paikkoja: {len(places)}, istuntoja: {len(sessions_with(person))}.")
        if erased is not None:
            for place in erased.refused:
                self.stdout.write(f"Ei voitu muuttaa: [{place.key}]")
            counts = erased.counts
            self.stdout.write(
                f"Tyhjennettiin kenttiä {counts.get('own', 0)}, korvattiin tekstejä "
                f"{counts.get('texts', 0)}, päätettiin istuntoja {counts.get('sessions', 0)}."
            )
        elif options["erase"] and places:
            self.stdout.write("Mitään ei vielä poistettu. Poista valitsimilla --erase --apply.")


def _as_json(place: Place) -> dict[str, Any]:
    return {
        "place": place.key,
        "code": place.code,
        "label": place.label,
        "found": list(place.found),
        "around": place.around,
        "own": place.is_own,
    }
