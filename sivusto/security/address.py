"""Who asks: the network address, read so that the asker cannot choose it."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the asker's address, or None where it cannot be known.

    Each proxy of ours adds to the end of X-Forwarded-For the address it was asked from; what
    stands before those was written by the asker. With no proxies of ours the header says nothing.
    """
    ours = settings.PROXIES
    text = request.META.get("REMOTE_ADDR", "")
    if ours:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        text = told[-ours].strip() if len(told) >= ours else ""
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def client_network(request: HttpRequest) -> str:
    """Return the asker's address for counting; of IPv6 the network (/64) one household has.

    Those whose address cannot be known are counted together, as "".
    """
    address = client_address(request)
    if address is None:
        return ""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return address
