"""A link is asked politely, and never one that leads into a private network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sivusto.links.asking import INTERNET, Network, ask, is_public

STATUSES = {"/hyva": 200, "/poissa": 404, "/poistettu": 410, "/rikki": 503, "/kielletty": 403}


class Handler(BaseHTTPRequestHandler):
    met = []

    def do_GET(self):
        self.met.append((self.path, dict(self.headers)))
        if self.path.startswith("/ohjaa"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/ohjaa"))
        elif self.path == "/silmukka":
            self.send_response(301)
            self.send_header("Location", "/silmukka")
        else:
            self.send_response(STATUSES.get(self.path, 500))
        self.end_headers()

    def log_message(self, *_arguments):
        """Keep still."""


@pytest.fixture
def server():
    Handler.met.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()


def here(port, *, is_public=lambda _number: True):
    return Network(lambda _host, _port: ["127.0.0.1"], is_public, (port,))


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/hyva", ""),
        ("/kielletty", ""),
        ("/ohjaa/hyva", ""),
        ("/poissa", "sivua ei ole, 404"),
        ("/ohjaa/poistettu", "sivua ei ole, 410"),
        ("/rikki", "palvelin vastasi virheellä 503"),
        ("/silmukka", "ohjaa loputtomiin uuteen osoitteeseen"),
    ],
)
def test_an_answer_tells_what_is_wrong(server, path, problem):
    assert ask(f"http://esimerkki.fi:{server}{path}", here(server)) == problem


def test_the_site_is_named_and_nothing_else_is_sent(server):
    ask(f"http://ESIMERKKI.fi:{server}/hyva#kohta", here(server))
    [(path, headers)] = Handler.met
    assert path == "/hyva"
    assert headers["Host"] == f"esimerkki.fi:{server}"
    assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


def test_a_redirect_into_a_private_network_is_not_followed(server):
    network = Network(
        lambda host, _port: ["127.0.0.1" if host == "ulko.fi" else "10.0.0.1"],
        lambda number: number == "127.0.0.1",
        (server, 80),
    )
    address = f"http://ulko.fi:{server}/ohjaahttp://sisa.fi/"
    assert ask(address, network) == "osoite on sisäverkossa"
    assert len(Handler.met) == 1


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_private_addresses_are_known_in_every_disguise(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are_public(number):
    assert is_public(number)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ftp://esimerkki.fi/", "osoite ei ole verkko-osoite"),
        ("file:///etc/passwd", "osoite ei ole verkko-osoite"),
        ("http://", "osoite ei ole verkko-osoite"),
        ("http://tunnus:sana@esimerkki.fi/", "osoitteessa on tunnus"),
        ("http://esimerkki.fi:22/", "osoitteessa on outo portti"),
        ("http://127.0.0.1/", "osoite on sisäverkossa"),
        ("http://[::1]/", "osoite on sisäverkossa"),
        ("http://2130706433/", "osoite on sisäverkossa"),
        (f"http://{'a' * 70}.fi/", "osoite on virheellinen"),
        ("http://esimerkki.fi:99999/", "ei vastannut"),
    ],
)
def test_what_may_not_be_asked_is_told(address, problem):
    assert ask(address) == problem


def test_a_name_that_nobody_has_is_told():
    def nobody(_host, _port):
        raise socket.gaierror(-2, "ei ole")

    assert ask("http://ei-ole.fi/", Network(nobody)) == "palvelinta ei löydy"
    assert INTERNET.ports == (80, 443, 8080, 8443)


def test_a_server_that_hangs_up_did_not_answer(server):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert ask(f"http://esimerkki.fi:{port}/", here(port)) == "ei vastannut"
