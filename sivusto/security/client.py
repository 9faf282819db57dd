"""Who asks, as far as the network tells it."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the asker's address, of IPv6 the network (/64) that one household has.

    Only as many entries of X-Forwarded-For are believed as there are proxies of our own, counted
    from the right: each proxy adds the address that it sees, so what the asker wrote is never
    reached.
    """
    seen: list[str] = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        seen = [*(address.strip() for address in told if address.strip()), *seen]
    address = seen[max(0, len(seen) - 1 - settings.PROXIES)]
    try:
        parsed = ip_address(address)
    except ValueError:
        return seen[-1]
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
