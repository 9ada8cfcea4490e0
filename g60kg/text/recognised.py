"""What an entity recogniser takes for names in a text: evidence for where names begin and what they are.

It errs often: it confirms or decides between readings that a rule allows, and makes no name alone.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

Recogniser = Callable[[str], list[tuple[int, int, str]]]
"""What finds the names of a plain text: start, end and label (of OntoNotes) of each."""

_THINGS: Final = frozenset(
    {"ORG", "GPE", "FAC", "PERSON", "LOC", "NORP", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"}
)
_JOINED: Final = frozenset({"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART"})
"""Labels of names that may have "and", "of" or "for" within."""
_ARTICLE: Final = re.compile(r"[Tt]he |[Aa]n? ")
_SMALL: Final = re.compile(
    r" (?!(?:and|of|in|for|to|at|on|by|with|or|the|a|an|is|has|was|said) )[a-z][\w-]*(?: [A-Z][\w.]*)*"
    r"| \d{1,3}"
)
"""What goes on a name that began with a capital: no word of grammar."""
_PARTICLE: Final = re.compile(
    r"(?: (?:do|da|de|del|dos|das|du|di|van|von|upon|sur) [A-Z][\w'-]*)(?: [A-Z][\w-]*)*"
)
"""What goes on a name of another tongue: "Jaragua do Sul"."""
_SAINT: Final = re.compile(r"(?<=\b[SM]t)\. [A-Z][\w-]*")
_BROKEN: Final = re.compile(r"[,;:\n]|'s ")


@dataclass(frozen=True)
class Recognised:
    """The spans of names in a text, without the article before them."""

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def of(cls, text: str, found: Iterable[tuple[int, int, str]]) -> "Recognised":
        """Return the spans that name things, trimmed."""
        trimmed = (_trimmed(text, *span) for span in found if span[2] in _THINGS)
        return cls(text, tuple(sorted(span for span in trimmed if span[0] < span[1])))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self.spans]

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(end for _, end, _ in self.spans)

    def at(self, position: int) -> tuple[int, int, str] | None:
        """Return the span that holds a position."""
        row = bisect_right(self._starts, position) - 1
        return self.spans[row] if row >= 0 and position < self.spans[row][1] else None

    def joins(self, start: int, end: int) -> bool:
        """Tell whether one span holds the words on both sides of a joint `start:end`."""
        span = self.at(start)
        if span is None or span[1] <= end or span[2] not in _JOINED:
            return False
        return not _BROKEN.search(self.text, span[0], span[1])

    def begins(self, start: int, behind: int) -> bool:
        """Tell whether a span begins at a place and goes on behind another."""
        span = self.at(start)
        return span is not None and span[0] == start and span[1] > behind

    def goes_on(self, start: int, end: int) -> int:
        """Return where a name ends that goes on with a small word or a number: "SK hynix", "Hydrogen 1"."""
        particle = _PARTICLE.match(self.text, end) if self.spans else None
        if further := particle or _SAINT.match(self.text, end):
            return further.end()
        span = self.at(start)
        if span is None or span[0] != start or span[1] <= end or span[2] not in ("ORG", "FAC", "PRODUCT"):
            return end
        return span[1] if _SMALL.fullmatch(self.text, end, span[1]) else end

    def parts(self, start: int, end: int) -> bool:
        """Tell whether one span ends, or another begins, at a joint `start:end`."""
        row = bisect_left(self._starts, end)
        return start in self._ends or (row < len(self._starts) and self._starts[row] == end)

    def is_name(self, start: int) -> bool:
        """Tell whether a run of words is, or begins with, a name of a thing."""
        span = self.at(start)
        return span is not None and span[0] == start and span[2] not in ("NORP", "LOC", "WORK_OF_ART")

    def label(self, start: int) -> str | None:
        """Return the label of the span that begins at a place."""
        span = self.at(start)
        return span[2] if span is not None and span[0] == start else None


def _trimmed(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    end -= 3 if text.endswith(" of", start, end) else 0
    return start, end, label
