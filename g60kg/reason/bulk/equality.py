"""Equality by representatives: of terms that are the same, one stands for all while rules run.

A group of n names costs n rows, where the replacement rules (eq-sym, eq-trans, eq-rep-s, eq-rep-p and
eq-rep-o) would write n² pairs and n copies of each fact. A group that holds a name of a predicate or a class
of the rules cannot be dealt with so: the flat layout, which runs the replacement rules as they stand, does.
Of literals, only those that share a group with something that is none are compared, since nothing else
makes a literal's equality matter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from g60kg.reason.bulk.load import read_resource, read_term
from g60kg.reason.bulk.tables import DIFFERENT, Run
from g60kg.reason.datatypes import is_outside, value_key
from g60kg.reason.engine import Contradiction
from g60kg.terms import OWL, RDF

if TYPE_CHECKING:
    import duckdb


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


def write_members(connection: "duckdb.DuckDBPyConnection", groups: Groups) -> None:
    """Make the table `members` (rep, m) anew."""
    representatives, members = groups.members()
    connection.execute(
        "CREATE OR REPLACE TABLE members AS "
        "SELECT unnest($reps::INTEGER[]) AS rep, unnest($members::INTEGER[]) AS m",
        {"reps": representatives, "members": members},
    )


@dataclass(slots=True)
class Named:
    """The literals compared in a run, by their ids, and their values where they have one."""

    literals: dict[int, Literal] = field(default_factory=dict)

    def equals(self, run: Run, groups: Groups) -> list[tuple[int, int]]:
        """Return pairs that make all literals of one value equal."""
        self._read(run, groups)
        first: dict[object, int] = {}
        keys = ((number, value_key(literal)) for number, literal in self.literals.items())
        return [(first.setdefault(key, number), number) for number, key in keys if key is not None]

    def write_differences(self, run: Run, groups: Groups) -> int:
        """State of each two literals of two values that they differ, in the round after the present one."""
        pairs = [(groups.find(one), groups.find(other)) for one, other in self._unequal()]
        if not pairs:
            return 0
        both = sorted({*pairs, *((other, one) for one, other in pairs)})
        run.connection.execute(
            "CREATE OR REPLACE TEMP TABLE unequal AS "
            "SELECT unnest($a::INTEGER[]) AS a, unnest($b::INTEGER[]) AS b",
            {"a": [one for one, _ in both], "b": [other for _, other in both]},
        )
        return run.insert(run.layout.place(DIFFERENT), ["SELECT a, b FROM unequal"])

    def contradictions(self, run: Run, groups: Groups) -> Iterator[Contradiction]:
        """Yield that literals of two values are equal (dt-diff), or have another's type (dt-not-type)."""
        for one, other in self._unequal():
            if groups.find(one) == groups.find(other):
                fact = (self.literals[one], OWL.sameAs, self.literals[other])
                yield Contradiction("dt-diff", (fact,))
        if self.literals:
            yield from self._of_wrong_type(run)

    def _of_wrong_type(self, run: Run) -> Iterator[Contradiction]:
        """The types that literals have from what they are the same as."""
        rows = run.connection.execute(
            "SELECT DISTINCT m.m, t.text "
            "FROM folded f JOIN members m ON m.rep = f.a JOIN terms t ON t.id = f.b "
            f"WHERE m.m < 0 AND f.p = {run.layout.ids[RDF.type]} AND t.text[1] = '<' ORDER BY ALL"
        ).fetchall()
        for number, text in rows:
            literal, kind = self.literals.get(number), read_resource(text)
            if literal is not None and is_outside(literal, kind):
                yield Contradiction("dt-not-type", ((literal, RDF.type, kind),))

    def _read(self, run: Run, groups: Groups) -> None:
        # the literals that share a group with a term that is none
        pairs = list(zip(*groups.members(), strict=True))
        mixed = {representative for representative, member in pairs if member > 0}
        known = self.literals.keys()
        new = sorted({member for rep, member in pairs if member < 0 and rep in mixed} - known)
        if new:
            rows = run.connection.execute(
                "SELECT id, text FROM terms WHERE id IN (SELECT unnest($new::INTEGER[])) ORDER BY id",
                {"new": new},
            ).fetchall()
            terms = {number: read_term(text) for number, text in rows}
            self.literals |= {number: term for number, term in terms.items() if isinstance(term, Literal)}

    def _unequal(self) -> Iterable[tuple[int, int]]:
        keys = {number: value_key(literal) for number, literal in self.literals.items()}
        known = [number for number, key in keys.items() if key is not None]
        return [(one, other) for one, other in combinations(known, 2) if keys[one] != keys[other]]
