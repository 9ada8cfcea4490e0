"""What passes between the two sides of the server: a request, and its response.

Goes in: what a client sent, read and bounded by the front. Comes out: what it is to be sent. Both are plain
values, so that a worker process can take the one and give the other.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

Pairs = tuple[tuple[str, str], ...]

HEADERS: Final = (
    "accept",
    "accept-language",
    "authorization",
    "content-type",
    "host",
    "if-none-match",
    "origin",
)
"""The headers of a request that a worker gets to see, in small letters."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a worker gets it.

    `route` is the name of its route, `path` the values of the route's places, `query` the pairs of the query
    string in order, decoded, and `headers` those of `HEADERS` that were sent.

    >>> Request("query", path={"name": "parks"}, query=(("limit", "5"),)).value("limit")
    '5'
    """

    route: str
    method: str = "GET"
    path: dict[str, str] = field(default_factory=dict)
    query: Pairs = ()
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""
    """The path and query string as they were sent, for links to this very page."""
    gzip: bool = False
    """Whether the client takes a compressed answer."""

    def value(self, name: str) -> str | None:
        """Return the first value of a parameter of the query string."""
        return next((value for key, value in self.query if key == name), None)

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter of the query string."""
        return tuple(value for key, value in self.query if key == name)

    def header(self, name: str) -> str:
        """Return a header, by its name in small letters; empty where it was not sent."""
        return self.headers.get(name, "")

    def form(self) -> Pairs:
        """Return the pairs of a body of the type application/x-www-form-urlencoded.

        Raises `UnicodeDecodeError` for one that is not UTF-8.
        """
        return tuple(parse_qsl(self.body.decode(), keep_blank_values=True, errors="strict"))


@dataclass(frozen=True, slots=True)
class Response:
    """A response, whole: its body is bytes, its `headers` come beside `Content-Type` and `Content-Length`."""

    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: Pairs = ()
