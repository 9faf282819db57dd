"""Two people who save the same thing at the same instant.

Each form is checked before it is saved, so only a save between another's check and save can break
a rule of the database. Everything of the request has then been rolled back; asked once more, the
check sees what the other has saved and shows the form again with all that was typed.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def asked_once_more(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a form that broke a rule of the database be checked and saved again, once."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except IntegrityError:
            if request.method != "POST":
                raise
            logger.info("Asked once more: %s", request.path, exc_info=True)
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        return view(request, *args, **kwargs)

    return wrapped
