"""Where the facts of an atom lie: one table per predicate and one per class, or all facts in one.

Goes in: the rules, and the ids of their terms. Comes out: for each atom its table, and for each of the
atom's slots that the table does not fix the column that holds it. Facts of predicates and classes that
no rule speaks of stay in `held` alone.

The flat layout serves rules whose predicate (or class) is a variable; it is general, and slower.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.terms import OWL, RDF

if TYPE_CHECKING:
    import duckdb

FLAT: Final = "facts"
SAME: Final = Atom(Var("x"), OWL.sameAs, Var("y"))
DIFFERENT: Final = Atom(Var("x"), OWL.differentFrom, Var("y"))


@dataclass(frozen=True, slots=True)
class Place:
    """A table and the columns that hold an atom's slots."""

    table: str
    columns: tuple[tuple[Slot, str], ...]


@dataclass(frozen=True)
class Layout:
    """The tables of a run, by name: the ids of predicate and class; no class for a predicate's own."""

    ids: Mapping[Term, int]
    flat: bool
    tables: dict[str, tuple[int, int | None]] = field(default_factory=dict)

    def place(self, atom: Atom) -> Place:
        """Return where the facts of an atom lie; in tables of their own, predicates are no variables."""
        if self.flat:
            return Place(FLAT, tuple(zip(atom.slots, "apb", strict=True)))
        assert not isinstance(atom.predicate, Var)
        predicate = self.ids[atom.predicate]
        if atom.predicate != RDF.type:
            self.tables[f"p{predicate}"] = (predicate, None)
            return Place(f"p{predicate}", ((atom.subject, "a"), (atom.object, "b")))
        assert not isinstance(atom.object, Var)
        kind = self.ids[atom.object]
        self.tables[f"c{kind}"] = (predicate, kind)
        return Place(f"c{kind}", ((atom.subject, "a"),))


def atoms(rule: Rule) -> tuple[Atom, ...]:
    """Return the atoms of body and head."""
    return rule.body if rule.head is None else (*rule.body, rule.head)


def is_general(rule: Rule) -> bool:
    """Tell whether a rule has a predicate or a class that is a variable: it needs the flat layout."""
    return any(
        isinstance(atom.predicate, Var) or (atom.predicate == RDF.type and isinstance(atom.object, Var))
        for atom in atoms(rule)
    )


def constants(rules: Iterable[Rule]) -> set[Term]:
    """Return the terms that rules name, and those that every run asks for."""
    slots = {slot for rule in rules for atom in atoms(rule) for slot in atom.slots}
    slots |= {slot for rule in rules for pair in rule.distinct for slot in pair}
    return {slot for slot in slots if not isinstance(slot, Var)} | {RDF.type, OWL.sameAs, OWL.differentFrom}


def create(connection: "duckdb.DuckDBPyConnection", layout: Layout, rules: Iterable[Rule]) -> None:
    """Make the tables of a run, each row with round 1, the round of what is held."""
    if layout.flat:
        connection.execute(f"CREATE TABLE {FLAT} AS SELECT a, p, b, 1 AS r FROM held")
        return
    for atom in (SAME, DIFFERENT, *(atom for rule in rules for atom in atoms(rule))):
        layout.place(atom)
    for name, (predicate, kind) in layout.tables.items():
        columns, condition = ("a, b", "") if kind is None else ("a", f" AND b = {kind}")
        connection.execute(
            f"CREATE TABLE {name} AS SELECT {columns}, 1 AS r FROM held WHERE p = {predicate}{condition}"
        )
