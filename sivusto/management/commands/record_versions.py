"""Bring the cards' histories up to date: ``manage.py record_versions``, nightly."""

from typing import Any

from django.core.management.base import BaseCommand

from sivusto.history.recording import record_all


class Command(BaseCommand):
    """Keeps what has changed on public cards without anybody saving them."""

    help = (
        "Tallentaa versiot korteista, joiden julkinen sisältö on muuttunut muuten kuin korttia "
        "tallentamalla (rahoittajan nimi, toisen kortin julkaiseminen, suora tietokantamuutos). "
        "Tarkoitettu ajettavaksi joka yö."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Record and say how many versions it took."""
        self.stdout.write(f"Uusia versioita tallennettiin {record_all()}.")
