"""The kinds of things that marks are of, and the code of each.

Goes in: the classes of the ontology and those that names have. Comes out: one private-use character for each
set of classes and for each kind of figure and time.
"""

from collections.abc import Iterable
from typing import Final

_BASE: Final = 0xE000

NAME: Final = chr(_BASE)
VAGUE: Final = chr(_BASE + 2)
ORDINAL: Final = chr(_BASE + 3)
YEAR: Final = chr(_BASE + 4)
DATE: Final = chr(_BASE + 5)
PERIOD: Final = chr(_BASE + 6)
NUMBER: Final = chr(_BASE + 7)
FRACTION: Final = chr(_BASE + 8)

_UNIT_KINDS: Final = ("money", "area", "length", "percent", "mass", "power", "energy", "volume")
UNIT_CODES: Final = {"number": NUMBER} | {kind: chr(_BASE + 16 + i) for i, kind in enumerate(_UNIT_KINDS)}

TIMES: Final = YEAR + DATE + PERIOD
FIGURES: Final = "".join(UNIT_CODES.values()) + FRACTION
PLAIN_KINDS: Final[dict[str, str]] = UNIT_CODES | {
    "fraction": FRACTION,
    "share": FRACTION + UNIT_CODES["percent"],
    "figure": FIGURES,
    "ordinal": ORDINAL,
    "year": YEAR,
    "date": DATE + YEAR,
    "time": TIMES,
    "period": PERIOD,
}
_FIRST_ENTITY: Final = _BASE + 64


class Kinds:
    """Codes of sets of classes, under the class hierarchy `parents`.

    >>> kinds = Kinds({"City": ("Region",)})
    >>> kinds.code(("City",)) in kinds.codes("Region")
    True
    """

    def __init__(self, parents: dict[str, tuple[str, ...]]) -> None:
        self._parents = parents
        self._codes: dict[tuple[str, ...], str] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._of_kind: dict[str, str] = {}

    def code(self, classes: Iterable[str]) -> str:
        """Return the character of a set of classes, a new one for a new set."""
        key = tuple(classes)
        if key not in self._codes:
            self._codes[key] = chr(_FIRST_ENTITY + len(self._codes))
            self._of_kind.clear()
        return self._codes[key]

    def codes(self, asked: str) -> str:
        """Return the characters of all known sets that fit a kind, or `A|B` for
        either; empty when none does.
        """
        if asked in PLAIN_KINDS:
            return PLAIN_KINDS[asked]
        if asked not in self._of_kind:
            wanted = set(asked.split("|"))
            codes = (code for classes, code in self._codes.items() if self._fits(classes, wanted))
            self._of_kind[asked] = "".join(codes)
        return self._of_kind[asked]

    def fits(self, classes: Iterable[str], kind: str) -> bool:
        """Tell whether one of some classes is, or is below, one of a kind."""
        return self._fits(classes, kind.split("|"))

    def _fits(self, classes: Iterable[str], wanted: Iterable[str]) -> bool:
        """Tell whether one of the classes is, or is below, one of those wanted."""
        targets = frozenset(wanted)
        return any(not targets.isdisjoint(self.above(name)) for name in classes)

    def known(self, kind: str) -> bool:
        """Tell whether a name is a class of the hierarchy or a kind of figure or time."""
        return kind in PLAIN_KINDS or kind in self._parents

    def above(self, name: str) -> frozenset[str]:
        """Return a class with all classes above it."""
        if name not in self._above:
            self._above[name] = frozenset({name})
            upper = (self.above(parent) for parent in self._parents.get(name, ()))
            self._above[name] = frozenset({name}).union(*upper)
        return self._above[name]
