"""The tables of a run, how far they have grown, and rules as SQL over them.

There is one table per predicate and one per class; the flat layout, all facts in one, serves rules whose
predicate or class is a variable. Each row has the number of its round, later than those of its premises. A
rule is a SELECT for each atom of its body: that atom restricted to the new rounds, those before it to older
ones, those after it to all, so that each way of meeting the body is met once (semi-naive evaluation).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from g60kg.errors import LimitError
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.terms import OWL, RDF

if TYPE_CHECKING:
    import duckdb

FLAT: Final = "facts"
SAME: Final = Atom(Var("x"), OWL.sameAs, Var("y"))
DIFFERENT: Final = Atom(Var("x"), OWL.differentFrom, Var("y"))


HELD: Final = 1


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


def is_general(rule: Rule) -> bool:
    """Tell whether a rule has a predicate or a class that is a variable: it needs the flat layout."""
    return any(
        isinstance(atom.predicate, Var) or (atom.predicate == RDF.type and isinstance(atom.object, Var))
        for atom in rule.atoms
    )


def constants(rules: Iterable[Rule]) -> set[Term]:
    """Return the terms that rules name, and those that every run asks for."""
    slots = {slot for rule in rules for atom in rule.atoms for slot in atom.slots}
    slots |= {slot for rule in rules for pair in rule.distinct for slot in pair}
    return {slot for slot in slots if not isinstance(slot, Var)} | {RDF.type, OWL.sameAs, OWL.differentFrom}


def create(connection: "duckdb.DuckDBPyConnection", layout: Layout, rules: Iterable[Rule]) -> None:
    """Make the tables of a run, each row with round 1, the round of what is held."""
    if layout.flat:
        connection.execute(f"CREATE TABLE {FLAT} AS SELECT a, p, b, 1 AS r FROM held")
        return
    for atom in (SAME, DIFFERENT, *(atom for rule in rules for atom in rule.atoms)):
        layout.place(atom)
    for name, (predicate, kind) in layout.tables.items():
        columns, condition = ("a, b", "") if kind is None else ("a", f" AND b = {kind}")
        connection.execute(
            f"CREATE TABLE {name} AS SELECT {columns}, 1 AS r FROM held WHERE p = {predicate}{condition}"
        )


@dataclass
class Run:
    """The tables of one run; `now` is the last complete round, `done` the last that rules have seen."""

    connection: "duckdb.DuckDBPyConnection"
    layout: Layout
    limit: int
    done: int = 0
    now: int = HELD
    inferred: int = 0
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def scan(self) -> None:
        """Note which tables hold anything."""
        tables = ["facts"] if self.layout.flat else sorted(self.layout.tables)
        for table in tables:
            if self.number(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1)"):
                self.mark(table, HELD)

    def mark(self, table: str, at: int) -> None:
        """Note that a table has rows of a round."""
        self.first.setdefault(table, at)
        self.last[table] = max(at, self.last.get(table, at))

    def live(self, table: str, new: bool) -> bool:
        """Tell whether a table has rows that rules have not seen yet (new), or that they have."""
        if table not in self.first:
            return False
        return self.last[table] > self.done if new else self.first[table] <= self.done

    def insert(self, place: Place, selects: Sequence[str]) -> int:
        """Insert what the SELECTs make and the table does not hold, in the round after `now`.

        Raises `LimitError` when more facts were inferred than the limit.
        """
        table, names = place.table, [column for _, column in place.columns]
        same = " AND ".join(f"held.{name} = made.{name}" for name in names)
        made = " UNION ALL ".join(selects)
        added = self.number(
            f"INSERT INTO {table} ({', '.join(names)}, r) SELECT DISTINCT {', '.join(names)}, {self.now + 1} "
            f"FROM ({made}) made WHERE NOT EXISTS (SELECT 1 FROM {table} held WHERE {same})"
        )
        if added:
            self.mark(table, self.now + 1)
            self.inferred += added
            self.check(self.inferred)
        return added

    def check(self, facts: int) -> None:
        """Raise `LimitError` when there are more facts than the limit."""
        if facts > self.limit:
            raise LimitError(
                f"more than {self.limit:,} facts follow, and the closure still grows",
                mend="look for a long transitive chain or many equal names, or raise the limit",
            )

    def number(self, sql: str) -> int:
        """Return the number that a statement gives; 0 for none."""
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class Window:
    """The rounds after `done` up to `now`: what the rules have not seen yet."""

    done: int
    now: int

    def condition(self, alias: str, position: int, pivot: int) -> str:
        """Return what the rounds of an atom must be, where the pivot is the atom that meets new rows."""
        if position < pivot:
            return f"{alias}.r <= {self.done}"
        upper = f"{alias}.r <= {self.now}"
        return f"{alias}.r > {self.done} AND {upper}" if position == pivot else upper


@dataclass(frozen=True, slots=True)
class Writer:
    """What turns rules into SQL: the layout, and the id that now stands for a term.

    `merged` is the table of representatives that stand for several terms, if there is any.
    """

    layout: Layout
    number: Callable[[Term], int]
    merged: str | None = None

    def selects(
        self, rule: Rule, head: Place, window: Window, live: Callable[[str, bool], bool]
    ) -> Iterator[str]:
        """Yield the SELECTs that make the head; `live(table, new)` tells of new rows, or old ones."""
        places = [self.layout.place(atom) for atom in rule.body]
        for pivot in range(len(places)):
            if _possible(places, pivot, live):
                conditions = [window.condition(f"t{n}", n, pivot) for n in range(len(places))]
                yield self.select(rule, places, [slot for slot, _ in head.columns], head, conditions)

    def select(
        self,
        rule: Rule,
        places: Sequence[Place],
        slots: Sequence[Slot],
        head: Place | None,
        conditions: Sequence[str],
    ) -> str:
        """Return one SELECT of the slots over the body, under further conditions."""
        bound: dict[Var, str] = {}
        where = list(conditions)
        for number, place in enumerate(places):
            for slot, column in place.columns:
                name = f"t{number}.{column}"
                if isinstance(slot, Var) and slot not in bound:
                    bound[slot] = name
                else:
                    where.append(f"{name} = {self._value(slot, bound)}")
        for pair in rule.distinct:
            one, other = (self._value(slot, bound) for slot in pair)
            # two terms that one representative stands for differ too
            merged = f" OR {one} IN (SELECT rep FROM {self.merged})" if self.merged else ""
            where.append(f"({one} <> {other}{merged})")
        names = [column for _, column in head.columns] if head else [f"v{n}" for n in range(len(slots))]
        columns = (
            ", ".join(f"{self._value(s, bound)} AS {n}" for s, n in zip(slots, names, strict=True)) or "1"
        )
        tables = ", ".join(f"{place.table} t{number}" for number, place in enumerate(places))
        restricted = f" WHERE {' AND '.join(where)}" if where else ""
        return f"SELECT {columns}" + (f" FROM {tables}" if tables else "") + restricted

    def _value(self, slot: Slot, bound: dict[Var, str]) -> str:
        return bound[slot] if isinstance(slot, Var) else str(self.number(slot))


def _possible(places: Sequence[Place], pivot: int, live: Callable[[str, bool], bool]) -> bool:
    """Whether the SELECT of a pivot can have rows: tables before it need old ones, it needs new ones."""
    before = all(live(place.table, False) for place in places[:pivot])
    after = all(live(place.table, False) or live(place.table, True) for place in places[pivot + 1 :])
    return before and live(places[pivot].table, True) and after
