"""Compression of answers on their way out."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED_ALREADY = ("application/pdf", "application/vnd.", "application/zip", "image/")


class TextCompression(GZipMiddleware):
    """Django's, but for files that are compressed inside.

    To press a PDF again costs more than to send it, and takes its length and `sendfile` away.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the answer if that makes it smaller."""
        if response.get("Content-Type", "").startswith(COMPRESSED_ALREADY):
            return response
        return super().process_response(request, response)
