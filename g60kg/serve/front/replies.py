"""Responses as they are sent: their headers, refusals in plain, and the assets.

Every response forbids a browser what it does not need.
"""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final

from g60kg.serve.problem import Refused, problem
from g60kg.serve.values import Kept, Pairs, Response, coded

Headers = list[tuple[bytes, bytes]]

SAFE: Final = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
"""The headers of all that the server sends, also of what never reaches the application."""
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
_OPEN: Final = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Link, Location, Retry-After, X-Total-Count"),
    ("cross-origin-resource-policy", "cross-origin"),
)


def headers_of(response: Response, *, shared: bool) -> Headers:
    """Return the headers of a response; `shared`: pages of other hosts may read it, without credentials.

    uvicorn refuses to send one that is malformed.
    """
    own = [(name.lower(), value) for name, value in response.headers]
    said = {name for name, _ in own}
    others = (pair for pair in _default_headers(response, shared=shared) if pair[0] not in said)
    return [(name.encode(), value.encode("latin-1")) for name, value in (*own, *others)]


def _default_headers(response: Response, *, shared: bool) -> Iterator[tuple[str, str]]:
    """Yield the headers of a response but for its own, which count in their place."""
    if response.body or response.status not in (204, 304):
        yield "content-type", response.media_type
    if response.status not in (204, 304):
        yield "content-length", str(len(response.body))
    if response.status != HTTPStatus.NOT_MODIFIED:  # it keeps the policy with which it came (RFC 9111, 3.2)
        is_page = response.media_type.startswith("text/html")
        yield "content-security-policy", _PAGE_POLICY if is_page else _DATA_POLICY
    if shared:
        yield from _OPEN


_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{code} {phrase}</title>
<h1>{phrase}</h1>
<p>{detail}</p>
<p><a href="{base}/">g60kg</a></p>
</html>
"""


def refused_page(refused: Refused, accept: str, base: str) -> Response:
    """Return a refusal in plain: as a small page for a browser, else as an object."""
    if "text/html" not in accept:
        return problem(refused)
    status = refused.status
    body = _PAGE.format(
        code=status.value, phrase=status.phrase, detail=escape(refused.detail), base=escape(base)
    )
    return Response(body.encode(), "text/html; charset=utf-8", status.value, refused.headers)


_HASHED: Final = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.[a-z0-9]+(\.map)?$")
_FOREVER: Final = "public, max-age=31536000, immutable"
_DAY: Final = "public, max-age=86400"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}


class Assets:
    """The scripts, styles and pictures of a folder, read and compressed once, before anything is served.

    A name that holds a hash of its content never changes, so that a browser may keep it for ever.
    """

    def __init__(self, folder: Path) -> None:
        self._made: dict[tuple[str, bool], Response] = {}
        self._icon = ""
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = path.relative_to(folder).as_posix()
            plain = _asset(path)
            self._made |= {(name, gzip): coded(plain, gzip=gzip) for gzip in (False, True)}
            self._icon = name if name.startswith("icon") else self._icon

    def get(self, name: str, *, gzip: bool) -> Response | None:
        """Return an asset; None where there is none of this name."""
        return self._made.get((name, gzip))

    def icon(self, *, gzip: bool) -> Response:
        """Return the icon, for who asks for it at the place that all servers have it."""
        found = self._made.get((self._icon, gzip))
        if found is None:
            return Response(status=204)
        headers = tuple((name, _DAY if name == "Cache-Control" else value) for name, value in found.headers)
        return replace(found, headers=headers)


def _asset(path: Path) -> Response:
    body = path.read_bytes()
    headers: Pairs = (
        ("ETag", f'"{blake2b(body, digest_size=12).hexdigest()}"'),
        ("Cache-Control", _FOREVER if _HASHED.search(path.name) else "public, max-age=300"),
    )
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Response(body, kind, headers=headers)


_BESIDE: Final = 1024
"""Bytes that an answer takes beside its body, about: small ones count too, for there may be very many."""


def answers_kept(most: int) -> Kept[Response]:
    """Return where answers are kept by their ETags until the graph changes, none of them large."""
    return Kept(most, lambda response: len(response.body) + _BESIDE, largest=1 << 20)
