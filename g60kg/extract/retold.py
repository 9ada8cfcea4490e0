"""What is told again by what it is: "The chip foundry has its seat in …".

Goes in: a view's text, its sentences and its entities, in order. Comes out: marks of the words with which a
sentence takes up the organization that the sentence before speaks of: the one that it begins with, or the
only one that it names. Where that is in doubt there is none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from ..model import Entity
from .kinds import Kinds
from .marks import Mark, called_again
from .words import any_of

_CLASS: Final = "Organization"
_RULE: Final = f"the {_CLASS} of the sentence before"
_ONLY_ONE: Final = (
    r"(?:[a-z]+est|first|second|third|other|only|same|next|last|former|parent|leading|top|most)"
)
_CALLED: Final = frozenset(
    ["alliance", "association", "institute", "academy", "university", "laboratory", "consortium", "fund"]
)
"""Nouns that take up a name which ends in them alone."""
_FOUNDING: Final = re.compile(
    r"\b(?:found(?:ed|s|ing)?|co-founded|set(?:ting|s)? up|establish(?:ed|es)?|form(?:ed|s)?|creat(?:ed|es?)"
    r"|launch(?:ed|es)?)(?: (?:a|an|the|its|new|joint|venture|company|called|named),?){0,5} $"
)


@dataclass(frozen=True)
class Retold:
    """The nouns that say what an organization is: "company", "maker"."""

    nouns: tuple[str, ...]
    kinds: Kinds = field(compare=False)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        plain = rf"(?:(?!{_ONLY_ONE} )[a-z]+(?:-[a-z]+)? )"
        return re.compile(rf"The {plain}{{0,3}}(?:[a-z]+-)?{any_of(self.nouns)}(?=,? [a-z]|'s )")

    def marks(self, text: str, spans: Sequence[tuple[int, int]], entities: Iterable[Mark]) -> Iterator[Mark]:
        """Yield the words that take up the organization of the sentence before."""
        codes = self.kinds.codes(_CLASS)
        named = [mark for mark in entities if mark.code in codes and isinstance(mark.meaning, Entity)]
        taken: dict[int, Mark] = {}
        for before, span in pairwise(spans):
            found = self._words.match(text, *span)
            if found is None or any(found.start() < mark.end and mark.start < found.end() for mark in named):
                continue
            within = [mark for mark in named if before[0] <= mark.start < before[1]]
            noun = found.group().rpartition(" ")[2]
            if noun == "venture":
                spoken_of = _founded(text, before[0], within)
            elif noun in _CALLED:
                spoken_of = _ending_in(noun, within)
            else:
                spoken_of = taken.get(before[0]) or _spoken_of(within, before[0])
            if spoken_of is not None:
                taken[span[0]] = spoken_of
                yield called_again(spoken_of, found.group(), found.start(), _RULE)


def _founded(text: str, start: int, within: Sequence[Mark]) -> Mark | None:
    """Return the one organization that a sentence says to have been founded."""
    found = [mark for mark in within if _FOUNDING.search(text, start, mark.start)]
    return found[0] if len(found) == 1 else None


def _ending_in(noun: str, within: Sequence[Mark]) -> Mark | None:
    """Return the one organization of a sentence whose name ends in a noun."""
    found = {m.meaning.iri: m for m in within if isinstance(m.meaning, Entity) and _ends_in(m.meaning, noun)}
    return next(iter(found.values())) if len(found) == 1 else None


def _ends_in(entity: Entity, noun: str) -> bool:
    return entity.surface.lower().endswith(noun)


def _spoken_of(within: Sequence[Mark], start: int) -> Mark | None:
    """Return the organization that a sentence begins with, or the only one that it names."""
    first = next((mark for mark in within if mark.start - start <= len("The ")), None)
    if first is not None:
        return first
    iris = {mark.meaning.iri for mark in within if isinstance(mark.meaning, Entity)}
    return within[0] if len(iris) == 1 else None
