"""Reading a request: from what the server hands over to a `Request`, bounded while it is read.

What is wrong with one is told by a `Refused`.
"""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request as Asked

from g60kg.serve.problem import Refused
from g60kg.serve.values import HEADERS, Pairs, Request, takes_gzip

_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_FIELDS: Final = 1000
_LONGEST: Final = {"accept": 2048, "accept-language": 1024}
"""Characters of what a client may say that it likes: answers are chosen, and kept, by these texts."""


def read_head(asked: Asked, route: str) -> Request:
    """Return a request without its body; raises `Refused` for one that is broken."""
    raw = asked.scope["query_string"].decode("latin-1")
    url = asked.scope["raw_path"].decode("latin-1") + (f"?{raw}" if raw else "")
    method = "GET" if asked.method == "HEAD" else asked.method
    gzip = takes_gzip(asked.headers.get("accept-encoding", ""))
    path = {name: str(value) for name, value in asked.path_params.items()}
    return Request(route, method, path, read_query(raw), _headers(asked), b"", url, gzip)


def _headers(asked: Asked) -> dict[str, str]:
    """Return the headers that a worker sees; several of one name are joined, as RFC 9110 (5.3) has it."""
    found: dict[str, str] = {}
    for name, value in asked.headers.items():
        if name in HEADERS:
            found[name] = f"{found[name]}, {value}" if name in found else value
    for name, most in _LONGEST.items():
        if len(found.get(name, "")) > most:
            detail = f"the header {name} is longer than {most} characters"
            raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
    return found


def read_query(raw: str) -> Pairs:
    """Return the pairs of a query string.

    Raises `Refused` (400) for one that is not percent-encoded UTF-8, or has too many pairs.

    >>> read_query("name=%E6%9D%BE&empty=")
    (('name', '松'), ('empty', ''))
    """
    if not raw:
        return ()
    _check_percents(raw)
    try:
        return tuple(parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS))
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "the query string is not UTF-8, percent-encoded") from None
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the query string has more than {_FIELDS} values") from None


def check_path(raw: bytes) -> None:
    """Check a path as it was sent; raises `Refused` for one that is broken, or leads out of where it is."""
    text = raw.decode("latin-1")
    _check_percents(text)
    try:
        path = unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "the address is not UTF-8, percent-encoded") from None
    if _CONTROL.search(path):
        raise Refused(HTTPStatus.BAD_REQUEST, "the address holds a control character")
    if {".", ".."} & set(path.split("/")):
        raise Refused(HTTPStatus.NOT_FOUND, "an address may not hold the parts . or ..")


def _check_percents(text: str) -> None:
    """Raise `Refused` (400) for a percent sign that begins no character."""
    if _BROKEN.search(text):
        raise Refused(HTTPStatus.BAD_REQUEST, "a percent sign of the address begins no character; write %25")
