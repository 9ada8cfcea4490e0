"""What passes between the front and a worker: what is served, a request, its response; and answers kept.

What one client may take is in one table: each limit has a default that keeps the server up, and the command
line makes an option of each.
"""

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import asdict, dataclass, field, replace
from email.message import Message
from email.parser import BytesParser
from gzip import compress
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl

import yaml

Pairs = tuple[tuple[str, str], ...]
V = TypeVar("V")

TOKEN: Final = "G60KG_TOKEN"
"""The environment variable that holds the token of who may change the graph."""
_ADDRESS: Final = 4096
"""Bytes of an address beside its query."""

HEADERS: Final = frozenset(
    ("accept", "accept-language", "authorization", "content-type", "host", "if-none-match", "origin")
)
"""The headers of a request that a worker gets to see, in small letters."""
FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")
"""The types of a form that is sent."""
_LEAST: Final = 1024
_LEVEL: Final = 4
_TEXT: Final = re.compile(
    r"text/|.*[/+](json|xml|javascript|turtle|trig|n-triples|n-quads|n3|yaml)\b|image/svg"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; see `limits.yaml` for what each means.

    >>> Limits(query_seconds=5).query_seconds
    5
    """

    query_seconds: float = 10
    rows: float = 100_000
    answer_bytes: float = 32 << 20
    query_bytes: float = 64 << 10
    upload_bytes: float = 8 << 20
    bodies_bytes: float = 64 << 20
    read_bytes: float = 1 << 20
    read_seconds: float = 30
    head_bytes: float = 32 << 10
    connections: float = 1024
    client_connections: float = 128
    concurrent: float = 0
    waiting: float = 256
    wait_seconds: float = 15
    idle_seconds: float = 15
    cache_bytes: float = 64 << 20
    worker_bytes: float = 2 << 30
    stop_seconds: float = 10

    @property
    def longest_query(self) -> int:
        """How many bytes a query may take in an address or a form, where each byte may be three."""
        return int(self.query_bytes) * 3 + _ADDRESS


@dataclass(frozen=True, slots=True)
class Service:
    """What is served: the store's place (`folder` where it is one), the limits, and where it is served."""

    store: str
    folder: Path | None
    limits: Limits = field(default_factory=Limits)
    base: str = ""
    writable: bool = False


def table() -> tuple[tuple[str, float, str, str], ...]:
    """Return name, default, unit and help of each limit.

    >>> table()[0][:3]
    ('query_seconds', 10.0, 'seconds')
    """
    said = yaml.safe_load(Path(__file__).with_name("limits.yaml").read_text("utf-8"))
    return tuple((name, float(default), *said[name]) for name, default in asdict(Limits()).items())


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a worker gets it.

    `route` is the name of its route, `path` the values of the route's places, `query` the pairs of the query
    string in order, decoded, and `headers` those of `HEADERS` that were sent. `url` is path and query string
    as they were sent; `gzip`: the client takes a compressed answer.

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
    gzip: bool = False

    def value(self, name: str) -> str | None:
        """Return the first value of a parameter of the query string."""
        return next((value for key, value in self.query if key == name), None)

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter of the query string."""
        return tuple(value for key, value in self.query if key == name)

    def header(self, name: str) -> str:
        """Return a header, by its name in small letters; empty where it was not sent."""
        return self.headers.get(name, "")


@dataclass(frozen=True, slots=True)
class Response:
    """A response, whole: its body is bytes, its `headers` come beside `Content-Type` and `Content-Length`."""

    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: Pairs = ()


def whole_number(text: str | None, most: int) -> int | None:
    """Return the number that a text is, from 0 to `most`; None for anything else.

    >>> whole_number("12", 100), whole_number("٣", 100), whole_number("-1", 100), whole_number("101", 100)
    (12, None, None, None)
    """
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    return int(text) if int(text) <= most else None


def in_json(
    value: Any, media_type: str = "application/json", status: int = 200, indent: int | None = 1
) -> Response:
    """Return a value as JSON."""
    body = json.dumps(value, ensure_ascii=False, indent=indent).encode() + b"\n"
    return Response(body, media_type, status)


def see(address: str) -> Response:
    """Lead to an address."""
    headers = (("Location", address), ("Vary", "Accept, Accept-Language"))
    return Response(f"See {address}\n".encode(), status=HTTPStatus.SEE_OTHER.value, headers=headers)


def form_parts(request: Request) -> list[Message]:
    """Return the parts of a body that is multipart/form-data; none where it is not."""
    head = f"Content-Type: {request.header('content-type')}\r\n\r\n".encode()
    parts = BytesParser().parsebytes(head + request.body).get_payload()
    return [part for part in parts if isinstance(part, Message)] if isinstance(parts, list) else []


def form_fields(request: Request) -> dict[str, bytes]:
    """Return the fields of a form that was sent, of one name the last.

    Raises `ValueError` for a body of another type.
    """
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        named = [(part.get_param("name", header="content-disposition"), part) for part in form_parts(request)]
        return {str(name): bytes(part.get_payload(decode=True) or b"") for name, part in named}
    if kind != FORMS[1]:
        raise ValueError(kind)
    sent = parse_qsl(request.body.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
    pairs = [[each.encode("utf-8", "surrogateescape") for each in pair] for pair in sent]
    return {name.decode("utf-8", "replace"): value for name, value in pairs}


def coded(response: Response, *, gzip: bool) -> Response:
    """Return a response as it goes to a client that takes gzip, or does not; a compressed one's ETag is
    weak."""
    if not _TEXT.match(response.media_type) or len(response.body) < _LEAST:
        return response
    vary = ", ".join([*(value for name, value in response.headers if name == "Vary"), "Accept-Encoding"])
    headers = (*(pair for pair in response.headers if pair[0] != "Vary"), ("Vary", vary))
    if not gzip:
        return replace(response, headers=headers)
    headers = tuple((name, f"W/{value}" if name == "ETag" else value) for name, value in headers)
    body = compress(response.body, _LEVEL, mtime=0)
    return replace(response, body=body, headers=(*headers, ("Content-Encoding", "gzip")))


class Kept(Generic[V]):
    """Values by their keys, of a size of `most` together and `largest` each; the least asked for go first.

    >>> kept = Kept[str](6, len)
    >>> for key in ("a", "b"):
    ...     kept.put(key, "four")
    >>> kept.get("a"), kept.get("b"), kept.size
    (None, 'four', 4)
    """

    def __init__(self, most: int, size_of: Callable[[V], int], largest: int | None = None) -> None:
        self.most, self.size = most, 0
        self._largest = most if largest is None else min(most, largest)
        self._size_of = size_of
        self._values: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        """Return a value, if it is kept."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: Hashable, value: V) -> None:
        """Keep a value, unless it alone is too large, or one of this key is kept."""
        size = self._size_of(value)
        if size > self._largest or key in self._values:
            return
        self._values[key] = value
        self.size += size
        while self.size > self.most:
            self.size -= self._size_of(self._values.popitem(last=False)[1])
