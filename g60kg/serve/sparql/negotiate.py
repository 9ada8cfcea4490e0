"""Which of the types on offer a client wants.

Goes in: an `Accept` header and what is on offer. Comes out: the type that suits best, or nothing.
Source: RFC 9110, section 12.5.1. Where two types suit alike, the one that is named more exactly wins, then
the one that the client names first, then the one that is offered first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Range:
    """A range of media types that a client takes: `*/*`, `text/*` or one type, and how much it likes it."""

    kind: str
    quality: float
    place: int

    @property
    def exactness(self) -> int:
        """How exactly it names a type: 0 for any, 1 for all of a main type, 2 for one."""
        return 0 if self.kind == "*/*" else 1 if self.kind.endswith("/*") else 2

    def takes(self, kind: str) -> bool:
        """Whether a media type lies within the range."""
        return self.kind in ("*/*", kind) or (self.exactness == 1 and kind.startswith(self.kind[:-1]))


@lru_cache(64)
def ranges(accept: str) -> tuple[Range, ...]:
    """Return the ranges of an `Accept` header, the most exact first; of an empty one, any type.

    >>> [(each.kind, each.quality) for each in ranges("text/*;q=0.5, text/csv")]
    [('text/csv', 1.0), ('text/*', 0.5)]
    """
    found = [_range(part, place) for place, part in enumerate(accept.split(",")) if part.strip()]
    return tuple(sorted(found or [Range("*/*", 1.0, 0)], key=lambda each: -each.exactness))


def quality(accept: str, kind: str) -> float:
    """Return how much a client likes a media type, from 0 to 1.

    >>> quality("text/*, text/csv;q=0", "text/csv"), quality("text/*, text/csv;q=0", "text/html")
    (0.0, 1.0)
    """
    return next((each.quality for each in ranges(accept) if each.takes(kind)), 0.0)


@lru_cache(256)
def preferred(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the media type on offer that a client likes best; None where it takes none.

    >>> preferred("text/turtle;q=0.5, application/*", ("text/turtle", "application/n-triples"))
    'application/n-triples'
    """
    liked = [(_rank(accept, kind), -place, kind) for place, kind in enumerate(offers)]
    best = max(liked, default=None)
    return best[2] if best and best[0][0] > 0 else None


def _rank(accept: str, kind: str) -> tuple[float, int, int]:
    suits: Iterable[Range] = (each for each in ranges(accept) if each.takes(kind))
    best = next(iter(suits), None)
    return (best.quality, best.exactness, -best.place) if best else (0.0, 0, 0)


def _range(part: str, place: int) -> Range:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    said = next((each.removeprefix("q=") for each in parameters if each.startswith("q=")), "1")
    try:
        number = min(max(float(said), 0.0), 1.0)
    except ValueError:
        number = 1.0
    return Range("*/*" if kind == "*" else kind, number, place)
