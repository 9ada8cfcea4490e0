"""The headers of every response: what a browser may do with it, and who may read it.

Goes in: a `Response`. Comes out: its headers as they are sent. A header that would break the response is an
error of ours, never sent.
"""

import re
from http import HTTPStatus
from typing import Final

from g60kg.serve.values import Pairs, Response

Headers = list[tuple[bytes, bytes]]

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
_POLICY: Final = "content-security-policy"
_SAFE: Final = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
_OPEN: Final = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Link, Location, Retry-After, X-Total-Count"),
    ("cross-origin-resource-policy", "cross-origin"),
)
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


def encoded(pairs: Pairs) -> Headers:
    """Return headers as bytes, their names in small letters; raises `ValueError` for one that is malformed.

    >>> encoded((("Location", "/a\\r\\nSet-Cookie: x"),))
    Traceback (most recent call last):
    ...
    ValueError: the header 'Location' is malformed
    """
    for name, value in pairs:
        if not (_NAME.fullmatch(name) and _VALUE.fullmatch(value)):
            raise ValueError(f"the header {name!r} is malformed")
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs]


_POLICIES: Final = {
    "page": ((_POLICY, PAGE_POLICY),),
    "data": ((_POLICY, _DATA_POLICY),),
    "known": (),  # what a browser has keeps the policy with which it came (RFC 9111, section 3.2)
}
_BYTES: Final = {
    (kind, shared): encoded((*_SAFE, *policy, *(_OPEN if shared else ())))
    for kind, policy in _POLICIES.items()
    for shared in (False, True)
}


def headers_of(response: Response, *, shared: bool) -> Headers:
    """Return the headers of a response; `shared`: pages of other hosts may read it, without credentials."""
    found = encoded(response.headers)
    if response.body or response.status not in (204, 304):
        found.append((b"content-type", response.media_type.encode("latin-1")))
    given = {name for name, _ in found}
    return [*found, *(pair for pair in _BYTES[_kind(response), shared] if pair[0] not in given)]


def _kind(response: Response) -> str:
    if response.status == HTTPStatus.NOT_MODIFIED:
        return "known"
    return "page" if response.media_type.startswith("text/html") else "data"
