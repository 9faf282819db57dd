"""Asking one address whether it answers, without ever reaching into a private network.

The name is looked up here and the connection goes to the very address that was judged, so that a
name cannot lead elsewhere between the two (DNS rebinding). Redirects are judged each anew. Nothing
is sent but a plain GET without cookies, and no body is read.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

SCHEMES = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
TIMEOUT = Timeout(connect=5, read=10)
ALIVE = (401, 403, 405, 429)  # somebody is there, though not for us
AGENT = "hankkeet-linkintarkistus"
NOT_GLOBAL = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16")))  # IPv4 in disguise


def looked_up(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a name; raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(number: str) -> bool:
    """Tell whether a numeric address is of the public internet, also behind its disguises."""
    address = ipaddress.ip_address(number.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped.is_global
        if any(address in network for network in NOT_GLOBAL):
            return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True)
class Network:
    """How names are looked up, and which addresses and ports may be asked."""

    lookup: Callable[[str, int], list[str]] = looked_up
    is_public: Callable[[str], bool] = is_public
    ports: Collection[int] = (80, 443, 8080, 8443)


INTERNET = Network()


def ask(address: str, network: Network = INTERNET) -> str:
    """Return what is wrong with an address, in Finnish; "" if it answers.

    Takes at most some seconds for each redirect. An address that may not be asked (another scheme,
    a private network, an odd port) is told as such, since a reader could not open it either.
    """
    try:
        return _followed(address, network)
    except _RefusedError as refusal:
        return str(refusal)
    except UnicodeError:
        return "osoite on virheellinen"
    except socket.gaierror:
        return "palvelinta ei löydy"
    except (OSError, HTTPError, ValueError):
        return "ei vastannut"


def _followed(address: str, network: Network) -> str:
    for _step in range(MOST_REDIRECTS + 1):
        status, location = _answer(urlsplit(address), network)
        if not (300 <= status < 400 and location):
            return _verdict(status)
        address = urljoin(address, location)
    return "ohjaa loputtomiin uuteen osoitteeseen"


class _RefusedError(Exception):
    """The address is not one that may be asked; the message tells why."""


def _answer(parts: SplitResult, network: Network) -> tuple[int, str]:
    """Return the status, and where it leads on."""
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise _RefusedError("osoite ei ole verkko-osoite")
    if parts.username or parts.password:
        raise _RefusedError("osoitteessa on tunnus")
    host = parts.hostname.encode("idna").decode()
    port = parts.port or SCHEMES[parts.scheme]
    if port not in network.ports:
        raise _RefusedError("osoitteessa on outo portti")
    numbers = network.lookup(host, port)
    if not numbers or not all(map(network.is_public, numbers)):
        raise _RefusedError("osoite on sisäverkossa")
    return _got(parts, host, port, numbers[0])


def _got(parts: SplitResult, host: str, port: int, number: str) -> tuple[int, str]:
    pool: HTTPConnectionPool = (
        HTTPSConnectionPool(number, port, server_hostname=host, assert_hostname=host)
        if parts.scheme == "https"
        else HTTPConnectionPool(number, port)
    )
    named = host if port == SCHEMES[parts.scheme] else f"{host}:{port}"
    with pool:
        answer = pool.urlopen(
            "GET",
            (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            headers={"Host": named, "User-Agent": AGENT, "Accept": "*/*"},
            retries=False,
            redirect=False,
            timeout=TIMEOUT,
            preload_content=False,
        )
        try:
            return answer.status, answer.headers.get("Location", "")
        finally:
            answer.close()


def _verdict(status: int) -> str:
    if status < 400 or status in ALIVE:
        return ""
    if status in (404, 410):
        return f"sivua ei ole, {status}"
    return f"palvelin vastasi virheellä {status}"
