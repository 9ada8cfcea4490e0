"""Places that no register holds, told by what stands beside them: "in X", "X, a county in Y".

Goes in: a bare name where it stands, and the label that an entity recogniser gives it. Comes out: the class
of region that the text makes of it, or None. The words are data: `data/grammar/naming.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.text.words import any_of

_WORDS: Final = r"(?:(?!the )[\w'-]+ ){0,4}?"
_GOES_ON: Final = (
    r"(?=[,.;)]| (?:in|of|on|near|with|where|that|which|north|south|east|west|northeast|northwest"
    r"|southeast|southwest|about|some|outside|by|at|under|between|known|famous|home|and|is|was|has|just)\b"
    r"| \d|$)"
)
_BEHIND: Final = 90
_AHEAD: Final = 28
_MOST: Final = 4
"""A place that only its context tells has so many words at most."""


@dataclass(frozen=True)
class Places:
    """The words that tell places, and the expressions made of them."""

    table: Mapping[str, Any]

    @cached_property
    def _classes(self) -> dict[str, str]:
        return {noun: kind for kind, nouns in self.table["called"].items() for noun in nouns}

    @cached_property
    def _called(self) -> re.Pattern[str]:
        nouns = any_of(self._classes)
        return re.compile(rf"(?:, | is |, which is )(?:now )?an? {_WORDS}(?P<noun>{nouns}){_GOES_ON}")

    @cached_property
    def _directly(self) -> re.Pattern[str]:
        """A small noun right behind a name: "Shunde district"."""
        return re.compile(rf" (?P<noun>{any_of(self.table['called_directly'])})(?! of [a-z])")

    @cached_property
    def _surely(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.table['in_places'])} (?:the )?$", re.I)

    @cached_property
    def _perhaps(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.table['before_places'])} (?:nearby |neighboring )?$", re.I)

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.table['alone_before_places'])} (?:nearby |neighboring )?$", re.I)

    @cached_property
    def _not(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.table['not_in_places'])} in $", re.I)

    def called(self, text: str, end: int) -> str | None:
        """Return the class that an apposition, or a noun, gives the name that ends at a place of a text."""
        last = min(len(text), end + _BEHIND)
        found = self._directly.match(text, end, last) or self._called.match(text, end, last)
        return self._classes[found["noun"]] if found else None

    def is_place(self, text: str, start: int, end: int, label: str | None) -> bool:
        """Tell whether a name stands where a place does, given its label."""
        if text.count(" ", start, end) >= _MOST or (text.startswith(("'s", "-"), end) and label == "ORG"):
            return False
        low = max(0, start - _AHEAD)
        if self._not.search(text, low, start):
            return False
        if self._surely.search(text, low, start) or text.startswith("-based", end):
            return label != "ORG" or not text.startswith(("'s", " and "), end)
        if label == "GPE":
            return self._perhaps.search(text, low, start) is not None
        return label != "ORG" and self._alone.search(text, low, start) is not None
