"""Our own static files: small on the wire, and with a policy that lets them load nothing."""

from typing import Any
from wsgiref.headers import Headers

from django.core.files.base import ContentFile
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class SmallFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Keeps style sheets without what only their writers read."""

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            written = b"".join(content.chunks())  # from its start, wherever it was read to
            content = ContentFile(cssmin(written.decode()).encode())
        return super()._save(name, content)  # type: ignore[no-any-return]


def add_headers(headers: Headers, _path: str, _url: str) -> None:
    """Add a policy to a file's headers, as WhiteNoise asks when it first meets the file."""
    headers["Content-Security-Policy"] = "default-src 'none'"
    headers["X-Content-Type-Options"] = "nosniff"
