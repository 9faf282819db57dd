"""Run the site's real search on a labelled set in a scratch database."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from sivusto.search.evaluation import load_documents, results_of


class Command(BaseCommand):
    """Loads a folder of documents, runs the queries and writes the lists that a scorer reads."""

    help = "Ajaa haun arviointiaineistolla erillisessä tietokannassa."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the documents, the queries and where to write."""
        parser.add_argument("folder", type=Path, help="kansio, jossa asiakirjat (*.txt) ovat")
        parser.add_argument("--queries", type=Path, required=True, help="haut JSON-tiedostona")
        parser.add_argument("--results", type=Path, help="tulostiedosto; ilman sitä ruudulle")

    def handle(
        self, *args: Any, folder: Path, queries: Path, results: Path | None, **options: Any
    ) -> None:
        """Search everything; the scratch database is removed afterwards."""
        try:
            asked = {row["id"]: row["query"] for row in json.loads(queries.read_text("utf-8"))}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"Hakuja ei voi lukea: {error}") from error
        if folder.is_dir() and not any(folder.glob("*.txt")):
            folder = folder / "docs"
        real_name = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"hankkeet_haun_arviointi_{os.getpid()}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            found = results_of(asked, load_documents(folder))
        finally:
            connection.creation.destroy_test_db(real_name, verbosity=0)
        text = json.dumps(found, ensure_ascii=False, indent=1)
        if results:
            results.write_text(text + "\n", "utf-8")
            self.stdout.write(f"{len(found)} hakua ajettu, tulokset: {results}")
        else:
            self.stdout.write(text)
