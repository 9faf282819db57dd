"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sivusto.settings")

application = get_wsgi_application()

from sivusto.search.bitmaps.keeper import keeper  # noqa: E402 - settings must be there first
from sivusto.security.limits import limit_statements  # noqa: E402

limit_statements()
keeper.builds_itself = True
