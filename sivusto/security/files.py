"""What protects who opens one of our own static files: a file is no page, and may load nothing."""

from wsgiref.headers import Headers


def add_headers(headers: Headers, _path: str, _url: str) -> None:
    """Add a policy to a file's headers, as WhiteNoise asks when it first meets the file."""
    headers["Content-Security-Policy"] = "default-src 'none'"
    headers["X-Content-Type-Options"] = "nosniff"
