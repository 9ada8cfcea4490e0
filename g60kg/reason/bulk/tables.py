"""The tables of a run, how far they have grown, and rules as SQL over them.

There is one table per predicate and one per class. Each row has the number of its round, later than those of
its premises. A rule is a SELECT for each atom of its body: that atom restricted to the new rounds, those
before it to older ones, those after it to all, so that each way of meeting the body is met once (semi-naive
evaluation).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from g60kg.errors import LimitError
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.terms import OWL, RDF

if TYPE_CHECKING:
    import duckdb

SAME: Final = Atom(Var("x"), OWL.sameAs, Var("y"))
HELD: Final = 1
"""The round of what is held."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table and the columns that hold an atom's slots."""

    table: str
    columns: tuple[tuple[Slot, str], ...]


def is_general(rule: Rule) -> bool:
    """Tell whether a rule has a predicate or a class that is a variable."""
    return any(
        isinstance(atom.predicate, Var) or (atom.predicate == RDF.type and isinstance(atom.object, Var))
        for atom in rule.atoms
    )


def constants(rules: Iterable[Rule]) -> set[Term]:
    """Return the terms that rules name, and those that every run asks for."""
    slots = {slot for rule in rules for atom in rule.atoms for slot in atom.slots}
    slots |= {slot for rule in rules for pair in rule.distinct for slot in pair}
    return {slot for slot in slots if not isinstance(slot, Var)} | {RDF.type, OWL.sameAs, OWL.differentFrom}


@dataclass
class Run:
    """The tables of one run; `now` is the last complete round, `done` the last that rules have seen.

    `ids` are those of the terms that rules name; `tables` has, by the name of each, the ids of its predicate
    and of its class, none for a predicate's own.
    """

    connection: "duckdb.DuckDBPyConnection"
    ids: dict[Term, int]
    limit: int
    tables: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    done: int = 0
    now: int = HELD
    inferred: int = 0
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def place(self, atom: Atom) -> Place:
        """Return where the facts of an atom lie, whose predicate and class are no variables."""
        assert not isinstance(atom.predicate, Var)
        predicate = self.ids[atom.predicate]
        if atom.predicate != RDF.type:
            self.tables[f"p{predicate}"] = (predicate, None)
            return Place(f"p{predicate}", ((atom.subject, "a"), (atom.object, "b")))
        assert not isinstance(atom.object, Var)
        kind = self.ids[atom.object]
        self.tables[f"c{kind}"] = (predicate, kind)
        return Place(f"c{kind}", ((atom.subject, "a"),))

    def create(self, rules: Iterable[Rule]) -> None:
        """Make the tables that rules ask for, of what is held."""
        for atom in (SAME, *(atom for rule in rules for atom in rule.atoms)):
            self.place(atom)
        for name, (predicate, kind) in self.tables.items():
            columns, condition = ("a, b", "") if kind is None else ("a", f" AND b = {kind}")
            held = f"SELECT {columns}, {HELD} AS r FROM held WHERE p = {predicate}{condition}"
            self.connection.execute(f"CREATE TABLE {name} AS {held}")

    def scan(self) -> None:
        """Note which tables hold anything."""
        for table in sorted(self.tables):
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

    def insert(self, place: Place, selects: Sequence[str]) -> None:
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

    def selects(self, rule: Rule, head: Place) -> Iterator[str]:
        """Yield the SELECTs that make the head of a rule, as far as they can have rows: tables before an atom
        need rows that were seen, its own needs new ones.
        """
        places = [self.place(atom) for atom in rule.body]
        window = Window(self.done, self.now)
        for pivot, place in enumerate(places):
            seen = all(self.live(each.table, False) for each in places[:pivot])
            if seen and self.live(place.table, True) and all(each.table in self.first for each in places):
                conditions = [window.condition(f"t{n}", n, pivot) for n in range(len(places))]
                yield self.select(rule, places, head.columns, conditions)

    def select(
        self,
        rule: Rule,
        places: Sequence[Place],
        columns: Sequence[tuple[Slot, str]],
        conditions: Sequence[str] = (),
    ) -> str:
        """Return one SELECT over the body of a rule."""
        return select(rule, places, columns, conditions, lambda term: str(self.ids[term]))


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


def select(
    rule: Rule,
    places: Sequence[Place],
    columns: Sequence[tuple[Slot, str]],
    conditions: Sequence[str],
    text: Callable[[Term], str],
) -> str:
    """Return one SELECT over the body of a rule, whose atoms lie in places: the slots asked for, each under
    its name, under further conditions; `text` writes a term.
    """
    bound: dict[Var, str] = {}
    where = list(conditions)

    def value(slot: Slot) -> str:
        return bound[slot] if isinstance(slot, Var) else text(slot)

    for number, place in enumerate(places):
        for slot, column in place.columns:
            name = f"t{number}.{column}"
            if isinstance(slot, Var) and slot not in bound:
                bound[slot] = name
            else:
                where.append(f"{name} = {value(slot)}")
    where += [f"{value(one)} <> {value(other)}" for one, other in rule.distinct]
    asked = ", ".join(f"{value(slot)} AS {name}" for slot, name in columns) or "1"
    tables = ", ".join(f"{place.table} t{number}" for number, place in enumerate(places))
    restricted = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {asked}" + (f" FROM {tables}" if tables else "") + restricted
