"""Rules of one shape as one SELECT: the terms that they name come from a table of their own.

An ontology compiles to hundreds of rules of some twenty shapes, and a statement costs an engine more than
rows do. So all facts lie in one table, with the number of the round in which each came, and each shape is one
SELECT over it for each atom of its body, joined with a small table that has a row for each rule: its number,
and the terms that it names. That atom meets what is new, those before it what is older, those after it all,
so that each way of meeting the body is met once (semi-naive evaluation).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from g60kg.reason.joins import Key, key_of
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var, variables

Row = tuple[int, tuple[Term, ...]]
"""A rule's number, and the terms that it names."""
Table = Callable[[Sequence[Row]], str]
"""Writes rows as a table in SQL with the columns k, c0, c1, …; what it is depends on the dialect."""
FACTS: Final = "facts"
"""The table of all facts, with the columns a, p, b and r."""
WRONG: Final = "wrong"
"""The facts among them, as a, p, b, that say of a literal what may not be so."""
_NUMBER: Final = Var("k")


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
class Shape:
    """The form that rules share, its terms replaced by variables, and those rules by their numbers."""

    form: Rule
    rules: tuple[tuple[int, Rule], ...]

    def joins(
        self, table: Table, window: Window, new: Collection[Key], known: Collection[Key]
    ) -> Iterator[str]:
        """Yield the SELECTs of the head as a, p, b: for each atom of the body those rules that new facts may
        fire; `new` and `known` are the keys of facts.
        """
        assert self.form.head is not None
        head = list(zip(self.form.head.slots, "apb", strict=True))
        count = len(self.form.body)
        for pivot in range(count):
            rows = [
                (number, terms_of(rule))
                for number, rule in self.rules
                if all(key_of(atom) in (new if n == pivot else known) for n, atom in enumerate(rule.body))
            ]
            if rows:
                conditions = [window.condition(f"t{n}", n, pivot) for n in range(count)]
                yield self._select(table(rows), head, conditions)

    def bodies(self, table: Table) -> str:
        """Return the SELECT of the ways in which the bodies hold, and make a head that may be wrong: the
        rule's number, and the variables as v0, v1, … in the order of their coming.
        """
        rows = [(number, terms_of(rule)) for number, rule in self.rules]
        names = [(name, f"v{n}") for n, name in enumerate((_NUMBER, *self.variables))]
        return self._select(table(rows), names, [], whole=True)

    @property
    def variables(self) -> list[Var]:
        """The variables that the rules themselves have."""
        return [name for name in variables(self.form.body) if name.name[0] == "x"]

    def _select(
        self,
        rows: str,
        columns: Iterable[tuple[Slot, str]],
        conditions: Iterable[str],
        *,
        whole: bool = False,
    ) -> str:
        """Return a SELECT over the body, or the whole rule, of slots under names."""
        atoms = [(FACTS, atom) for atom in self.form.body]
        if whole and self.form.head:
            atoms.append((WRONG, self.form.head))
        bound: dict[Slot, str] = {_NUMBER: "n.k"}
        bound |= {Var(f"c{n}"): f"n.c{n}" for n in range(len(terms_of(self.rules[0][1])))}
        where = list(conditions)
        for number, (_, atom) in enumerate(atoms):
            for slot, column in zip(atom.slots, "apb", strict=True):
                place = f"t{number}.{column}"
                if bound.setdefault(slot, place) != place:
                    where.append(f"{place} = {bound[slot]}")
        where += [f"{bound[one]} <> {bound[other]}" for one, other in self.form.distinct]
        asked = ", ".join(f"{bound[slot]} AS {name}" for slot, name in columns)
        tables = ", ".join([f"{rows} n", *(f"{name} t{number}" for number, (name, _) in enumerate(atoms))])
        return f"SELECT {asked} FROM {tables}" + (f" WHERE {' AND '.join(where)}" if where else "")


def lift(rules: Iterable[Rule]) -> list[Shape]:
    """Return the shapes of rules, which are numbered from 0 on in their order.

    >>> from g60kg.terms import G60
    >>> x, y = Var("x"), Var("y")
    >>> rules = [Rule("prp-spo1", (Atom(x, G60[p], y),), Atom(x, G60.q, y)) for p in "abc"]
    >>> [shape] = lift(rules)
    >>> str(shape.form), len(shape.rules)
    ('prp-spo1: ?x0 ?c0 ?x1 -> ?x0 ?c1 ?x1', 3)
    """
    shapes: dict[tuple[object, ...], list[tuple[int, Rule]]] = defaultdict(list)
    forms: dict[tuple[object, ...], Rule] = {}
    for number, rule in enumerate(rules):
        form = _form(rule)
        key = (form.body, form.head, form.distinct)
        forms.setdefault(key, form)
        shapes[key].append((number, rule))
    return [Shape(forms[key], tuple(found)) for key, found in shapes.items()]


def terms_of(rule: Rule) -> tuple[Term, ...]:
    """Return the terms that a rule names, as often as it does."""
    return tuple(slot for slot in _slots(rule) if not isinstance(slot, Var))


def _slots(rule: Rule) -> list[Slot]:
    return [slot for part in (*(atom.slots for atom in rule.atoms), *rule.distinct) for slot in part]


def _form(rule: Rule) -> Rule:
    """Return a rule with variables alone: x0, x1, … for its own, c0, c1, … for each term named."""
    slots, names = iter(_slots(rule)), dict[Slot, Var]()
    terms = (Var(f"c{n}") for n in range(len(_slots(rule))))

    def renamed() -> Var:
        slot = next(slots)
        return names.setdefault(slot, Var(f"x{len(names)}")) if isinstance(slot, Var) else next(terms)

    body = tuple(Atom(renamed(), renamed(), renamed()) for _ in rule.body)
    head = Atom(renamed(), renamed(), renamed()) if rule.head else None
    return Rule(rule.name, body, head, tuple((renamed(), renamed()) for _ in rule.distinct))
