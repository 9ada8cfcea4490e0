"""Names in an order in which what begins with a text, or holds it, is found at once.

Goes in: names of entities. Comes out: a `NameIndex`. Beginnings are found by bisection in the sorted names,
the rest in one long text of them all, where the search is that of the interpreter itself.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final
from unicodedata import normalize

_BETWEEN: Final = "\n"  # no folded name has one


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an entity bears; `garbled` ones are found after right ones."""

    text: str
    entity: str
    garbled: bool = False


def folded(text: str) -> str:
    """Return a text as it is compared: without regard to case, width and white space.

    >>> folded(" Songjiang  New CITY"), folded("Ｇ６０")
    ('songjiang new city', 'g60')
    """
    return " ".join(normalize("NFKC", text).casefold().split())


def _order(pair: tuple[str, Name]) -> tuple[str, bool, str, str]:
    text, name = pair
    return text, name.garbled, name.entity, name.text


class NameIndex:
    """Names of entities, to complete what a user begins to write.

    >>> names = NameIndex([Name("Wuhu City", "w"), Name("Huzhou City", "h"), Name("芜湖市", "w")])
    >>> [name.text for name in names.find("hu", 5)], names.find("湖", 5)[0].entity
    (['Huzhou City', 'Wuhu City'], 'w')
    """

    def __init__(self, names: Iterable[Name]) -> None:
        pairs = sorted(((folded(name.text), name) for name in names), key=_order)
        self._names = [name for _, name in pairs]
        self._folded = [text for text, _ in pairs]
        self._text = _BETWEEN + _BETWEEN.join(self._folded) + _BETWEEN
        self._starts = list(accumulate((len(text) + 1 for text in self._folded), initial=1))

    def __len__(self) -> int:
        return len(self._names)

    def bearers(self, text: str) -> set[str]:
        """Return the entities that bear a name."""
        wanted = folded(text)
        found = range(bisect_left(self._folded, wanted), bisect_right(self._folded, wanted))
        return {self._names[place].entity for place in found}

    def find(self, text: str, most: int) -> list[Name]:
        """Return the names that fit a text, one of each entity: first those that begin with it, then those in
        which a word does, then those that hold it, right names before garbled ones."""
        wanted = folded(text)
        found: dict[str, Name] = {}
        for garbled in (False, True):
            for way in (self._beginning, self._with_word, self._holding):
                for place in way(wanted):
                    if len(found) >= most:
                        return list(found.values())
                    name = self._names[place]
                    if name.garbled == garbled:
                        found.setdefault(name.entity, name)
        return list(found.values())

    def _beginning(self, wanted: str) -> Iterator[int]:
        for place in range(bisect_left(self._folded, wanted), len(self._folded)):
            if not self._folded[place].startswith(wanted):
                return
            yield place

    def _with_word(self, wanted: str) -> Iterator[int]:
        return self._at(f" {wanted}")

    def _holding(self, wanted: str) -> Iterator[int]:
        return self._at(wanted)

    def _at(self, wanted: str) -> Iterator[int]:
        """Yield the places of the names in which a text stands; all names begin with an empty one."""
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            place = bisect_right(self._starts, start) - 1
            yield place
            start = self._text.find(wanted, self._starts[place + 1])
