"""Compressing: text goes as gzip to who takes it.

Goes in: a `Response` and what the client accepts. Comes out: the response, compressed where that pays; its
ETag is weak then, since its bytes are others, and `Vary` says what it depends on.
"""

import re
from dataclasses import replace
from gzip import compress
from typing import Final

from g60kg.serve.values import Pairs, Response

_LEAST: Final = 1024
_LEVEL: Final = 4
_TEXT: Final = re.compile(
    r"text/|.*[/+](json|xml|javascript|turtle|trig|n-triples|n-quads|n3|yaml)\b|image/svg"
)
_GZIP: Final = re.compile(
    r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?P<q>[01](?:\.\d{0,3})?)\s*)?(?:,|$)", re.IGNORECASE
)


def takes_gzip(accept: str) -> bool:
    """Whether a client accepts gzip, by its header Accept-Encoding.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0"), takes_gzip("identity")
    (True, False, False)
    """
    found = _GZIP.search(accept)
    return found is not None and float(found["q"] or 1) > 0


def coded(response: Response, *, gzip: bool) -> Response:
    """Return a response as it goes to a client that takes gzip, or does not."""
    if not _TEXT.match(response.media_type) or len(response.body) < _LEAST:
        return response
    headers = _varying(response.headers)
    if not gzip:
        return replace(response, headers=headers)
    body = compress(response.body, _LEVEL, mtime=0)
    weak = tuple((name, f"W/{value}" if _is_strong(name, value) else value) for name, value in headers)
    return replace(response, body=body, headers=(*weak, ("Content-Encoding", "gzip")))


def _is_strong(name: str, value: str) -> bool:
    return name.lower() == "etag" and not value.startswith("W/")


def _varying(headers: Pairs) -> Pairs:
    """Return the headers with Accept-Encoding among what the response depends on."""
    vary = [value for name, value in headers if name.lower() == "vary"]
    rest = tuple((name, value) for name, value in headers if name.lower() != "vary")
    return (*rest, ("Vary", ", ".join([*vary, "Accept-Encoding"])))
