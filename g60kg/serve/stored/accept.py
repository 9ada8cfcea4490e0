"""Which of several media types a client likes best.

Goes in: an Accept header, and what can be served, the server's own favourite first. Comes out: one of those,
or None. Source: RFC 9110, section 12.5.1.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class _Range(NamedTuple):
    """A media range of an Accept header, with its weight."""

    kind: str
    subtype: str
    weight: float


def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that an Accept header rates highest; among equals the one offered first.

    An empty header accepts everything. A range is overruled by one that is more exact.

    >>> preferred("text/html,application/json;q=0.9", ["application/json", "text/html"])
    'text/html'
    >>> preferred("image/png", ["text/csv"]) is None
    True
    """
    ranges = tuple(_ranges(accept))
    if not ranges:
        return offers[0]
    weights = [_weight(offer, ranges) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best > 0 else None


def _ranges(accept: str) -> Iterator[_Range]:
    """Yield the ranges of a header; what is malformed accepts nothing."""
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, slash, subtype = media.partition("/")
        if slash and kind and subtype:
            yield _Range(kind, subtype, _quality(parameters))


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _weight(offer: str, ranges: Sequence[_Range]) -> float:
    """Return the weight of the most exact range that an offer fits."""
    kind, _, subtype = offer.partition("/")
    for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
        found = [each.weight for each in ranges if (each.kind, each.subtype) == wanted]
        if found:
            return max(found)
    return 0.0
