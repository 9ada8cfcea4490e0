"""Which route an address belongs to.

Goes in: a path as it was sent. Comes out: its route and the values of the route's places.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.routing import compile_path

from g60kg.serve.problem import Refused
from g60kg.serve.routes import Route

_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class Places:
    """The routes by their paths; those without places are found at once."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._plain: dict[str, Route] = {}
        self._patterns: list[tuple[re.Pattern[str], Route]] = []
        for route in routes:
            if "{" in route.path:
                self._patterns.append((compile_path(route.path)[0], route))
            else:
                self._plain.setdefault(route.path, route)

    def find(self, path: str) -> tuple[Route, dict[str, str]]:
        """Return the route of a path, the first that fits, and the values of its places.

        Raises `Refused` (404) where none fits.
        """
        route = self._plain.get(path)
        if route is not None:
            return route, {}
        for pattern, route in self._patterns:
            if found := pattern.fullmatch(path):
                return route, found.groupdict()
        raise Refused(HTTPStatus.NOT_FOUND, "nothing is served at this address; begin at /")


def read_path(raw: bytes) -> str:
    """Return a path, decoded; raises `Refused` for one that is broken, or leads out of where it is.

    >>> read_path("/id/%E6%9D%BE".encode())
    '/id/松'
    """
    path = decoded(raw)
    if _CONTROL.search(path):
        raise Refused(HTTPStatus.BAD_REQUEST, "the address holds a control character")
    if {".", ".."} & set(path.split("/")):
        raise Refused(HTTPStatus.NOT_FOUND, "an address may not hold the parts . or ..")
    return path


def decoded(raw: bytes) -> str:
    """Return a part of an address with its percent signs read.

    Raises `Refused` (400) for what is not percent-encoded UTF-8.
    """
    check_percents(text := raw.decode("latin-1"))
    try:
        return unquote_to_bytes(text.encode("latin-1")).decode()
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "the address is not UTF-8, percent-encoded") from None


def check_percents(text: str) -> None:
    """Raise `Refused` (400) for a percent sign that begins no character."""
    if _BROKEN.search(text):
        raise Refused(HTTPStatus.BAD_REQUEST, "a percent sign of the address begins no character; write %25")
