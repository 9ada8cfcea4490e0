"""A rule as SQL: which rows of which tables join to make the facts of its head.

Goes in: a rule and the window of rounds that are new. Comes out: the text of SELECTs, one for each atom
of the body: that atom restricted to the new rounds, those before it to older ones, those after it to
all, so that each way of meeting the body is met once (semi-naive evaluation).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from g60kg.reason.bulk.layout import Layout, Place
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var


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
        where += [
            self._differ(self._value(one, bound), self._value(other, bound)) for one, other in rule.distinct
        ]
        names = [column for _, column in head.columns] if head else [f"v{n}" for n in range(len(slots))]
        columns = (
            ", ".join(f"{self._value(s, bound)} AS {n}" for s, n in zip(slots, names, strict=True)) or "1"
        )
        tables = ", ".join(f"{place.table} t{number}" for number, place in enumerate(places))
        return f"SELECT {columns}" + (f" FROM {tables}" if tables else "") + _where(where)

    def _value(self, slot: Slot, bound: dict[Var, str]) -> str:
        return bound[slot] if isinstance(slot, Var) else str(self.number(slot))

    def _differ(self, one: str, other: str) -> str:
        """Two terms that one representative stands for differ too."""
        plain = f"{one} <> {other}"
        return f"({plain} OR {one} IN (SELECT rep FROM {self.merged}))" if self.merged else plain


def variables(body: Sequence[Atom]) -> list[Var]:
    """Return the variables of a body, in order of appearance."""
    return list(dict.fromkeys(slot for atom in body for slot in atom.slots if isinstance(slot, Var)))


def _possible(places: Sequence[Place], pivot: int, live: Callable[[str, bool], bool]) -> bool:
    """Whether the SELECT of a pivot can have rows: tables before it need old ones, it needs new ones."""
    before = all(live(place.table, False) for place in places[:pivot])
    after = all(live(place.table, False) or live(place.table, True) for place in places[pivot + 1 :])
    return before and live(places[pivot].table, True) and after


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
