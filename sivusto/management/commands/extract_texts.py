"""Read the texts of attachments: ``manage.py extract_texts [--apply] [--all]``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from hankkeet.models import TextState
from sivusto.documents.store import read_and_keep, reread, unread

AT_ONCE = 200


class Command(BaseCommand):
    """Tell what would be read, or read it."""

    help = (
        "Lukee liitteiden tekstiversiot. Ilman valitsinta --apply kertoo vain, mitä luettaisiin. "
        "Käsin korjattuihin ja skannatuiksi merkittyihin ei kosketa."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--apply", action="store_true", help="lue ja tallenna")
        parser.add_argument(
            "--all", action="store_true", help="lue myös ne, jotka on jo luettu tai yritetty lukea"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, file by file; what is read is kept at once."""
        chosen = reread() if options["all"] else unread()
        if not options["apply"]:
            self.stdout.write(f"Luettavia liitteitä: {chosen.count()}.")
            self.stdout.write("Mitään ei vielä luettu. Lue valitsimella --apply.")
            return
        counts = dict.fromkeys(TextState.values, 0)
        keys = list(chosen.values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            rows = chosen.model.objects.filter(pk__in=keys[start : start + AT_ONCE])
            for attachment in rows.select_related("project").order_by("pk"):
                text = read_and_keep(attachment)
                if text is not None:
                    counts[text.state] += 1
                    if text.state == TextState.FAILED:
                        self.stderr.write(
                            f"{attachment.project.code} {attachment.title}: {text.message}"
                        )
        self.stdout.write(
            f"Luettu {counts['read']}, ilman tekstiä {counts['without_text']}, "
            f"ei onnistunut {counts['failed']}."
        )
