"""Reading a request: from what the server hands over to a `Request`, bounded while it is read.

Goes in: an ASGI scope and its messages. Comes out: a `Request`, or a `Refused` that says what is
wrong with it.
"""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from g60kg.serve.front.places import check_percents
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.routes import Route
from g60kg.serve.values import HEADERS, Pairs, Request

_WANTED: Final = {name.encode(): name for name in HEADERS}
_FIELDS: Final = 1000
Scope = dict[str, Any]


class HungUp(Exception):  # noqa: N818
    """The client has gone before its request was whole."""


async def read_request(
    scope: Scope, receive: Any, route: Route, path: dict[str, str], limits: Limits
) -> Request:
    """Return the request; raises `Refused` for one that is broken or too large, `HungUp`."""
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    headers = read_headers(scope)
    raw = scope["query_string"].decode("latin-1")
    url = scope["raw_path"].decode("latin-1") + (f"?{raw}" if raw else "")
    body = await read_body(scope, receive, int(limits.upload_bytes)) if method != "GET" else b""
    return Request(route.name, method, path, read_query(raw), headers, body, url)


def read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers that a worker sees; several of one name are joined, as RFC 9110 (5.3) has it."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name in _WANTED:
            known, text = _WANTED[name], value.decode("latin-1")
            found[known] = f"{found[known]}, {text}" if known in found else text
    return found


def read_query(raw: str) -> Pairs:
    """Return the pairs of a query string.

    Raises `Refused` (400) for one that is not percent-encoded UTF-8, or has too many pairs.

    >>> read_query("name=%E6%9D%BE&empty=")
    (('name', '松'), ('empty', ''))
    """
    if not raw:
        return ()
    check_percents(raw)
    try:
        return tuple(parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS))
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "the query string is not UTF-8, percent-encoded") from None
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the query string has more than {_FIELDS} values") from None


async def read_body(scope: Scope, receive: Any, most: int) -> bytes:
    """Return the body; raises `Refused` (413) as soon as it is too large, `HungUp`."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not said.isdigit() or int(said) > most:
        raise _too_large(most)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HungUp
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        if not message.get("more_body"):
            return bytes(body)


def _too_large(most: int) -> Refused:
    headers = (("Connection", "close"),)
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {most} bytes", headers)
