"""Starts ``manage.py serve`` with the benchmark's settings, and asks it over plain sockets."""

import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import cast

HOST = "127.0.0.1"
START_S = 120


@contextmanager
def served(port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the site on the port for as long as the block runs."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--bind", f"{HOST}:{port}"],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "benchmarks.served.settings", "PORT": str(port)}
        | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(START_S * 5):
            time.sleep(0.2)
            if process.poll() is not None:
                raise SystemExit("the server did not start")
            with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                break
        yield process
    finally:
        process.terminate()
        process.wait(60)


def request(
    port: int, path: str, headers: Sequence[str] = (), method: str = "GET", *, keep: bool = True
) -> bytes:
    """Write a request as a browser sends it."""
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
        "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language: fi,en;q=0.5",
        *(() if "Accept-Encoding" in str(headers) else ("Accept-Encoding: gzip, deflate, br",)),
        *(() if keep else ("Connection: close",)),
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def asked(
    port: int, path: str, headers: Sequence[str] = (), method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    """Ask once on a connection of its own; return status, headers (names in lower case), body."""
    with socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(request(port, path, headers, method, keep=False))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _blank, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return int(status.split()[1]), {name.lower(): value for name, value in pairs}, body


class Load:
    """So many clients in one thread, each asking again as soon as it has its answer.

    Raw sockets, no parsing but for the length: a request costs the client some 30 µs, against
    hundreds on the server. A client connects anew when the server has closed its connection.
    """

    def __init__(self, port: int, asking: bytes, clients: int = 8) -> None:
        self.port, self.asking, self.clients = port, asking, clients

    def run(self, seconds: float) -> float:
        """Return the answers a second."""
        selector = selectors.DefaultSelector()
        for _ in range(self.clients):
            self._connect(selector)
        answers, start = 0, time.perf_counter()
        while (now := time.perf_counter()) - start < seconds:
            for key, _events in selector.select(1):
                answers += self._read(selector, cast(socket.socket, key.fileobj), key.data)
        for key in list(selector.get_map().values()):
            cast(socket.socket, key.fileobj).close()
        return answers / (now - start)

    def _connect(self, selector: selectors.BaseSelector) -> None:
        connection = socket.create_connection((HOST, self.port), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(self.asking)
        selector.register(connection, selectors.EVENT_READ, bytearray())

    def _read(
        self, selector: selectors.BaseSelector, connection: socket.socket, got: bytearray
    ) -> int:
        block = connection.recv(262144)
        got += block
        end = got.find(b"\r\n\r\n")
        if end >= 0 and len(got) >= end + 4 + _length(bytes(got[:end])):
            head = bytes(got[:end])
            if b" 200 " not in head[:16] and b" 304 " not in head[:16]:
                raise SystemExit(f"unexpected: {head[:100]!r}")
            if b"Connection: close" in head:
                self._again(selector, connection)
            else:
                got.clear()
                connection.sendall(self.asking)
            return 1
        if not block:
            self._again(selector, connection)
        return 0

    def _again(self, selector: selectors.BaseSelector, connection: socket.socket) -> None:
        selector.unregister(connection)
        connection.close()
        self._connect(selector)


def _length(head: bytes) -> int:
    if b" 304 " in head[:16]:
        return 0
    _before, _name, after = head.lower().partition(b"content-length: ")
    return int(after.partition(b"\r")[0])
