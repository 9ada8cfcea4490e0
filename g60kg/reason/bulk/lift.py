"""Rules of one shape as one SELECT: the terms that they name come from a table of their own.

An ontology compiles to hundreds of rules of some twenty shapes. An engine that pays much for a statement
runs one SELECT a shape over the flat layout, joined with a small table that has a row for each rule: its
number, and the terms that it names.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from g60kg.reason.bulk.tables import Place, Window, select
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var, variables
from g60kg.terms import RDF

Kind = tuple[str, str | None]
"""The predicate of facts, and of types their class."""
Row = tuple[int, tuple[Term, ...]]
"""A rule's number, and the terms that it names."""
Table = Callable[[Sequence[Row]], str]
"""Writes rows as a table in SQL with the columns k, c0, c1, …; what it is depends on the dialect."""
_NUMBER: Final = Var("k")
FACTS: Final = "facts"
"""The table of all facts, with the columns a, p, b and r."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The form that rules share, its terms replaced by variables, and those rules by their numbers."""

    form: Rule
    rules: tuple[tuple[int, Rule], ...]

    def joins(
        self, table: Table, window: Window, new: Collection[Kind], known: Collection[Kind]
    ) -> Iterator[str]:
        """Yield the SELECTs of the head as a, p, b: for each atom of the body those rules that new facts of
        its kind may fire.
        """
        assert self.form.head is not None
        head = list(zip(self.form.head.slots, "apb", strict=True))
        count = len(self.form.body)
        for pivot in range(count):
            rows = [
                (number, terms_of(rule))
                for number, rule in self.rules
                if all(_may_meet(atom, new if n == pivot else known) for n, atom in enumerate(rule.body))
            ]
            if rows:
                conditions = [window.condition(f"t{n + 1}", n, pivot) for n in range(count)]
                yield self._select(table(rows), head, conditions)

    def bodies(self, table: Table) -> str:
        """Return the SELECT of the ways in which the bodies hold: the rule's number, and the variables as
        v0, v1, … in the order of their coming.
        """
        rows = [(number, terms_of(rule)) for number, rule in self.rules]
        return self._select(
            table(rows), [(name, f"v{n}") for n, name in enumerate((_NUMBER, *self.variables))], []
        )

    @property
    def variables(self) -> list[Var]:
        """The variables that the rules themselves have."""
        return [name for name in variables(self.form.body) if name.name[0] == "x"]

    def _select(self, table: str, columns: Sequence[tuple[Slot, str]], conditions: list[str]) -> str:
        width = len(terms_of(self.rules[0][1]))
        named = tuple((Var(name), name) for name in ("k", *(f"c{n}" for n in range(width))))
        places = [Place(FACTS, tuple(zip(atom.slots, "apb", strict=True))) for atom in self.form.body]
        return select(self.form, [Place(table, named), *places], columns, conditions, str)


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


def _may_meet(atom: Atom, kinds: Collection[Kind]) -> bool:
    """Whether facts of these kinds may fit an atom."""
    if isinstance(atom.predicate, Var):
        return bool(kinds)
    predicate = str(atom.predicate)
    if atom.predicate == RDF.type and not isinstance(atom.object, Var):
        return (predicate, str(atom.object)) in kinds
    return any(each == predicate for each, _ in kinds)
