"""Equality by representatives: of terms that are the same, one stands for all while rules run.

Goes in: pairs of ids that are equal. Comes out: groups (union-find), and tables in which every member is
replaced by the group's representative. A group of n names costs n rows, where the replacement rules
(eq-sym, eq-trans, eq-rep-s, eq-rep-p, eq-rep-o) would write n² pairs and n copies of each fact.

A group that holds a name of a predicate or a class of the rules cannot be dealt with so: the flat
layout, which runs the replacement rules as they stand, does.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from g60kg.reason.rules import Atom, Rule, Slot, Var
from g60kg.terms import OWL

if TYPE_CHECKING:
    import duckdb

_S, _T, _P, _O, _U = (Var(name) for name in "stpou")
_SAME = OWL.sameAs
REPLACEMENT: Final[Mapping[str, tuple[tuple[Atom, ...], Atom]]] = {
    "eq-sym": ((Atom(_S, _SAME, _T),), Atom(_T, _SAME, _S)),
    "eq-trans": ((Atom(_S, _SAME, _T), Atom(_T, _SAME, _U)), Atom(_S, _SAME, _U)),
    "eq-rep-s": ((Atom(_S, _SAME, _T), Atom(_S, _P, _O)), Atom(_T, _P, _O)),
    "eq-rep-p": ((Atom(_P, _SAME, _T), Atom(_S, _P, _O)), Atom(_S, _T, _O)),
    "eq-rep-o": ((Atom(_O, _SAME, _T), Atom(_S, _P, _O)), Atom(_S, _P, _T)),
}
_NEEDED: Final = frozenset({"eq-sym", "eq-trans", "eq-rep-s", "eq-rep-o"})


class NotRepresentable(Exception):  # noqa: N818
    """A predicate or a class is equal to something else: the flat layout is needed."""


class Groups:
    """Union-find over ids; the least id of a group represents it."""

    def __init__(self, fixed: frozenset[int]) -> None:
        self._parent: dict[int, int] = {}
        self._fixed = fixed

    def find(self, number: int) -> int:
        """Return the representative of an id."""
        root = number
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(number, number)) != root:
            self._parent[number], number = root, above
        return root

    def merge(self, pairs: Iterable[tuple[int, int]]) -> set[int]:
        """Join the groups of each pair, and return the representatives of the groups that changed.

        Raises `NotRepresentable` when a member is a predicate or a class of the rules.
        """
        changed = set()
        for pair in pairs:
            if not self._fixed.isdisjoint(pair):
                raise NotRepresentable
            low, high = sorted(map(self.find, pair))
            if low != high:
                self._parent[high] = self._parent[low] = low
                changed.add(low)
        return {self.find(number) for number in changed}

    def members(self) -> tuple[list[int], list[int]]:
        """Return two columns: the representative, and the member, of each id in a group."""
        members = sorted(self._parent)
        return [self.find(number) for number in members], members

    def __bool__(self) -> bool:
        return bool(self._parent)


def split_replacement(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Return the rules that representatives stand in for, and the others.

    The first list is empty unless the rules hold enough of equality for that.
    """
    known = list(rules)
    replacing = [rule for rule in known if _is_replacement(rule)]
    if not {rule.name for rule in replacing} >= _NEEDED:
        return [], known
    return replacing, [rule for rule in known if not _is_replacement(rule)]


def write_members(connection: "duckdb.DuckDBPyConnection", groups: Groups) -> None:
    """Make the table `members` (rep, m) anew."""
    representatives, members = groups.members()
    connection.execute(
        "CREATE OR REPLACE TABLE members AS "
        "SELECT unnest($reps::INTEGER[]) AS rep, unnest($members::INTEGER[]) AS m",
        {"reps": representatives, "members": members},
    )


def _is_replacement(rule: Rule) -> bool:
    """Whether a rule is one of the replacement rules, but for the names of its variables and its guard."""
    shape = REPLACEMENT.get(rule.name)
    if shape is None or rule.head is None:
        return False
    return _renamed((*rule.body, rule.head)) == _renamed((*shape[0], shape[1])) or (
        len(rule.body) == 2 and _renamed((*rule.body[::-1], rule.head)) == _renamed((*shape[0], shape[1]))
    )


def _renamed(atoms: Iterable[Atom]) -> list[tuple[Slot, ...]]:
    numbers: dict[Slot, Var] = {}

    def name(slot: Slot) -> Slot:
        return numbers.setdefault(slot, Var(str(len(numbers)))) if isinstance(slot, Var) else slot

    return [tuple(name(slot) for slot in atom.slots) for atom in atoms]
