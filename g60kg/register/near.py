"""Known names that look like another name, for a person to choose from; nothing is ever merged by likeness.

Goes in: a register, then a name. Comes out: entries with the name of theirs that is most alike, best first.
Only names that share pieces of three letters with the one asked for are compared with it letter by letter, so
that the time hardly grows with the register.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from .index import fold
from .register import Register

_LOOKED_AT: Final = 60
"""How many names, those that share most pieces, are compared letter by letter."""
_LEAST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Near:
    """An entry, the right name of it that is most alike, and how alike: 1 is the same."""

    id: str
    name: str
    likeness: float


class NearNames:
    """The right names of a register, ready to be compared with others."""

    def __init__(self, register: Register) -> None:
        right = (name for name in register.names() if name.kind != "garbled")
        self._names = [(name.entry.id, name.name, fold(name.name)) for name in right]
        self._holding: dict[str, list[int]] = {}
        for number, (_, _, folded) in enumerate(self._names):
            for piece in set(_pieces(folded)):
                self._holding.setdefault(piece, []).append(number)

    def of(self, name: str, count: int = 3) -> tuple[Near, ...]:
        """Return the entries with the names most like this one, at most so many, the likest first."""
        wanted = fold(name)
        best: dict[str, Near] = {}
        for number in self._sharing(wanted):
            id, spelt, folded = self._names[number]
            likeness = round(SequenceMatcher(None, wanted, folded, autojunk=False).ratio(), 3)
            if likeness >= _LEAST and (id not in best or likeness > best[id].likeness):
                best[id] = Near(id, spelt, likeness)
        return tuple(sorted(best.values(), key=lambda near: (-near.likeness, near.id))[:count])

    def _sharing(self, wanted: str) -> list[int]:
        """Return the numbers of the names that share most pieces with one, for their length."""
        shared = Counter(n for piece in set(_pieces(wanted)) for n in self._holding.get(piece, ()))
        ranked = sorted(shared, key=lambda n: (-shared[n] / (len(wanted) + len(self._names[n][2])), n))
        return ranked[:_LOOKED_AT]


def _pieces(folded: str) -> Iterator[str]:
    """Yield the runs of three letters of a name, its ends counted as blanks."""
    padded = f" {folded} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))
