"""Many clients at once: connections that each send a request when the last is answered.

Goes in: requests as bytes, and how many connections take turns at them. Comes out: for each request its
status, its body and the seconds it took. One process and one thread, little more than a socket: it must not
be what is measured.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import httptools
import uvloop


@dataclass(frozen=True, slots=True)
class Outcome:
    """One request: which it was, its status (0: the connection was lost), its body and its seconds."""

    number: int
    status: int
    body: bytes
    seconds: float


Take = Callable[[], int | None]
Told = Callable[[Outcome], None]


class Client(asyncio.Protocol):
    """A connection that sends one request after the other, and opens again where it was closed."""

    def __init__(
        self, requests: Sequence[bytes], take: Take, told: Told, done: "asyncio.Future[None]"
    ) -> None:
        self._requests, self._take, self._told, self.done = requests, take, told, done
        self._body = bytearray()
        self._number: int | None = None
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def _next(self) -> None:
        self._number = self._take()
        if self._number is None:
            self._transport.close()
            return
        self._parser = httptools.HttpResponseParser(self)
        self._body.clear()
        self._began = time.perf_counter()
        self._transport.write(self._requests[self._number % len(self._requests)])

    def data_received(self, data: bytes) -> None:
        """Read a response."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Read a part of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Take note of the response, and send the next request."""
        self._tell(self._parser.get_status_code())
        if self._parser.should_keep_alive():
            self._next()
        else:
            self._transport.close()

    def _tell(self, status: int) -> None:
        if self._number is not None:
            seconds = time.perf_counter() - self._began
            self._told(Outcome(self._number, status, bytes(self._body), seconds))
            self._number = None

    def connection_lost(self, error: Exception | None) -> None:
        """Take note of a response that never came."""
        self._tell(0)
        if not self.done.done():
            self.done.set_result(None)


def load(url: str, requests: Sequence[bytes], count: int, clients: int, told: Told) -> float:
    """Send so many requests, from the first again after the last; return the seconds they took."""
    return uvloop.run(_load(url, requests, count, clients, told))


async def _load(url: str, requests: Sequence[bytes], count: int, clients: int, told: Told) -> float:
    left = iter(range(count))
    began = time.perf_counter()
    await asyncio.gather(*(_one(url, requests, left, told) for _ in range(clients)))
    return time.perf_counter() - began


async def _one(url: str, requests: Sequence[bytes], left: Iterator[int], told: Told) -> None:
    """Keep one connection at work until no request is left."""
    host, port = str(urlsplit(url).hostname), urlsplit(url).port or 80
    loop = asyncio.get_running_loop()
    ended = False

    def take() -> int | None:
        nonlocal ended
        number = next(left, None)
        ended = number is None
        return number

    while not ended:
        client = Client(requests, take, told, loop.create_future())
        await loop.create_connection(partial(_same, client), host, port)
        await client.done


def _same(client: Client) -> Client:
    return client


def get(path: str, **headers: str) -> bytes:
    """Return a request as bytes."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{''.join(lines)}\r\n".encode()


def percentile(seconds: Sequence[float], share: float) -> float:
    """Return the value below which a share of all lies."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
