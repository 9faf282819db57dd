"""Bring everything up to date and serve: what ``make run`` does."""

import gc
import hashlib
import secrets
import subprocess
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from gunicorn.app.base import BaseApplication
from requests import RequestException

from sivusto.card.printing.faces import make_faces
from sivusto.figures.counting import count_changes
from sivusto.search import passages
from sivusto.search.bitmaps.keeper import keeper
from sivusto.search.index import catch_up
from sivusto.signing import sign_on

STAFF_NAME = "yllapito"
WORKERS = 2
# Each thread keeps a database connection. At most half of them ever wait for a printer.
THREADS = 8
WARM_S = 5.0  # spent before the first visitor on words that are searched for most likely


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with its settings given here."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand over the settings."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the site, in the process that will answer."""
        return import_module("sivusto.wsgi").application


def _print_ahead(_server: Any) -> None:
    """Start the process that prints cards as they are published; it ends with this one.

    Should it ever die, cards are printed for their first readers.
    """
    subprocess.Popen(
        [sys.executable, "manage.py", "print_cards", "--follow"],
        cwd=settings.BASE_DIR,
        start_new_session=True,
    )


class Command(BaseCommand):
    """Set the site up and serve it."""

    help = "Valmistelee tietokannan ja tiedostot ja käynnistää palvelun."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address to serve on."""
        parser.add_argument("--bind", default=f"127.0.0.1:{settings.LOCAL_PORT}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare what is missing, then serve until stopped."""
        self._check_sign_on()
        self._collect_static()
        make_faces(settings.FONT_DIR)
        call_command("migrate", verbosity=0)
        if settings.LOCAL_MODE:
            call_command("load_demo", if_empty=True, stdout=self.stdout)
            self._tell_staff_account()
        catch_up(budget_s=None)
        count_changes()
        keeper.build(warm_s=WARM_S)
        keeper.builds_itself = True
        passages.warm()
        connections.close_all()  # the workers are forked from this process
        # What stays for good is neither walked through in the middle of a request nor copied.
        gc.collect()
        gc.freeze()
        self.stdout.write(self.style.SUCCESS(f"Sivusto: http://{options['bind']}/"))
        Server(
            {
                "bind": options["bind"],
                "workers": WORKERS,
                "worker_class": "gthread",
                "threads": THREADS,
                # Ends a worker whose threads cannot run at all, not one on a machine that is busy
                # for half a minute; a single request is ended by the limits of what it waits for:
                # the printer's, the database's.
                "timeout": 90,
                "when_ready": _print_ahead,
                "graceful_timeout": settings.PDF_TIME_LIMIT_S + 10,
                "control_socket_disable": True,
                "loglevel": "warning",
                "proc_name": "hankkeet",
            }
        ).run()

    def _check_sign_on(self) -> None:
        """Stop on a wrong address of the sign-on; a sign-on that is away stops nobody."""
        if settings.SIGN_ON is None:
            return
        try:
            sign_on.check()
        except sign_on.SignOnError as error:
            raise CommandError(str(error)) from error
        except RequestException:
            issuer = settings.SIGN_ON.issuer
            self.stderr.write(f"Kunnan kirjautumispalveluun {issuer} ei saada nyt yhteyttä.")

    def _collect_static(self) -> None:
        """Compile catalogs and collect static files unless they are as they were."""
        call_command("compile_catalogs", stdout=StringIO())
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                status = Path(storage.path(path)).stat()
                digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())

    def _tell_staff_account(self) -> None:
        """Make the local staff account once, and say how to log in for as long as it is so."""
        kept = Path(settings.VAR_DIR) / "staff_password"
        users = get_user_model()._default_manager
        user = users.filter(username=STAFF_NAME).first()
        if user is None:
            password = secrets.token_urlsafe(12)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(password)
            users.create_superuser(STAFF_NAME, "", password)
        elif not kept.exists() or not user.check_password(kept.read_text()):
            return
        self.stdout.write(
            f"Ylläpito: {settings.PUBLIC_ADDRESS}/yllapito/  "
            f"tunnus {STAFF_NAME}, salasana {kept.read_text()}"
        )
