"""Talking to a server byte by byte, as no well-behaved client does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.serve.conftest import Served


@contextmanager
def connected(server: Served, *, buffer: int | None = None) -> Iterator[socket.socket]:
    """Hold a connection to a server, with a small buffer for what it sends where one is wanted."""
    parts = urlsplit(server.url)
    with socket.socket() as link:
        if buffer is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        link.settimeout(30)
        link.connect((parts.hostname, parts.port))
        yield link


def rest(link: socket.socket) -> bytes:
    """Return all that comes until the server hangs up."""
    found = b""
    try:
        while part := link.recv(1 << 16):
            found += part
    except ConnectionResetError:
        return found
    return found


def asked(server: Served, request: bytes) -> bytes:
    """Send bytes, end, and return all that comes back."""
    with connected(server) as link:
        link.sendall(request)
        return rest(link)


def get(path: str, *headers: str, method: str = "GET") -> bytes:
    """Return a request as bytes, after which the server is to hang up."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def status(answer: bytes) -> int:
    """Return the status of an answer."""
    return int(answer.split(b" ", 2)[1])
