"""Rules as SQL, run over what is new until nothing is, wherever the facts lie; and what may not hold.

An ontology compiles to hundreds of rules of some twenty shapes, and a statement costs an engine more than
rows do. So all facts lie in one table, with the number of the round in which each came, and each shape is one
SELECT over it for each atom of its body, joined with a small table that has a row for each rule: its number,
and the terms that it names. That atom meets what is new, those before it what is older, those after it all,
so that each way of meeting the body is met once (semi-naive evaluation).

A contradiction is each way in which the body of a rule that concludes false holds. A rule that gives a
literal a type its value does not have (dt-not-type), or makes literals of two values equal (dt-diff),
concludes false as well.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from g60kg.errors import LimitError
from g60kg.reason.datatypes import is_datatype
from g60kg.reason.engine import Contradiction
from g60kg.reason.evaluate import clash
from g60kg.reason.joins import Key, key_of, keys_of
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var, variables
from g60kg.reason.vocabulary import Fact
from g60kg.terms import OWL, RDF

Row = tuple[int, tuple[Term, ...]]
"""A rule's number, and the terms that it names."""
Table = Callable[[Sequence[Row]], str]
"""Writes rows as a table in SQL with the columns k, c0, c1, …; what it is depends on the dialect."""
FACTS: Final = "facts"
"""The table of all facts, with the columns a, p, b and r."""
WRONG: Final = "wrong"
"""The facts among them, as a, p, b, that say of a literal what may not be so."""
HELD: Final = 1
"""The round of what is held."""
LEAST_LIMIT: Final = 10_000_000
PER_FACT: Final = 30
"""So much may follow: this for each fact held, and at least that."""
_NUMBER: Final = Var("k")


@dataclass(frozen=True, slots=True)
class Shape:
    """The form that rules share, its terms replaced by variables, and those rules by their numbers."""

    form: Rule
    rules: tuple[tuple[int, Rule], ...]

    def joins(
        self, table: Table, done: int, now: int, new: Collection[Key], known: Collection[Key]
    ) -> Iterator[str]:
        """Yield the SELECTs of the head as a, p, b: for each atom of the body those rules that facts of the
        rounds after `done` up to `now` may fire; `new` and `known` are the keys of those, and of all.
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
                upper = [f"t{n}.r <= {done if n < pivot else now}" for n in range(count)]
                yield self._select(table(rows), head, [f"t{pivot}.r > {done}", *upper])

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


class Rounds(ABC):
    """A table of facts and the round in which each came; `now` is the last."""

    now = HELD
    inferred = 0
    limit = LEAST_LIMIT

    @abstractmethod
    def text(self, term: Term) -> str:
        """Return a term as SQL."""

    def table(self, rows: Sequence[Row]) -> str:
        """Return rows as a table in SQL; see `Table`."""
        values = (", ".join([str(number), *map(self.text, terms)]) for number, terms in rows)
        columns = ", ".join(["k", *(f"c{n}" for n in range(len(rows[0][1])))])
        return f"(SELECT * FROM (VALUES ({'), ('.join(values)})) AS v({columns}))"

    @abstractmethod
    def insert(self, selects: Sequence[str]) -> None:
        """Insert, as one round more, what SELECTs make and the table does not hold."""

    @abstractmethod
    def kinds(self, after: int) -> Iterable[tuple[Term, Term | None]]:
        """Return the predicates of the facts that came after a round, and of types their classes."""

    def closes(self, rule: Rule) -> bool:
        """Whether a rule, of a transitive property, is closed by itself."""
        return False

    def close(self, predicate: Slot, done: int) -> None:
        """Close a transitive property under what came after a round, as one round more."""
        raise NotImplementedError

    def check(self, facts: int) -> None:
        """Raise `LimitError` when there are more facts than the limit."""
        if facts > self.limit:
            message = f"more than {self.limit:,} facts follow, and the closure still grows"
            mend = "look for a long transitive chain or many equal names, or raise the limit"
            raise LimitError(message, mend=mend)

    def saturate(self, rules: Iterable[Rule]) -> None:
        """Run rules until nothing is new; raises `LimitError`."""
        joined = [rule for rule in rules if rule.head and rule.body]
        alone = {rule.head.predicate for rule in joined if rule.head and self.closes(rule)}
        shapes = lift(_without_copies(rule) for rule in joined if not self.closes(rule))
        done, new = 0, self._keys(0)
        known = set(new)
        while new:
            for predicate in sorted(alone, key=str):
                if (predicate, None) in new:
                    self.close(predicate, done)
            parts = (shape.joins(self.table, done, self.now, new, known) for shape in shapes)
            selects, done = [sql for part in parts for sql in part], self.now
            if selects:
                self.insert(selects)
            new = self._keys(done)
            known |= new

    def _keys(self, after: int) -> set[Key]:
        """Return the keys of the facts that came after a round: those of the atoms that they may fit."""
        return {
            key for kind in self.kinds(after) for key in keys_of((OWL.Thing, kind[0], kind[1] or OWL.Thing))
        }


def _without_copies(rule: Rule) -> Rule:
    """Return a rule, without equalities among the facts that it copies to equal names: eq-trans has them."""
    if rule.name not in ("eq-rep-s", "eq-rep-o"):
        return rule
    return replace(rule, distinct=(*rule.distinct, (rule.body[1].predicate, OWL.sameAs)))


def may_break(rule: Rule) -> bool:
    """Whether a rule concludes false, or says of literals what their values may not."""
    head = rule.head
    if head is None:
        return True
    if not rule.body or not isinstance(head.subject, Var):
        return False
    is_typing = head.predicate == RDF.type and is_datatype(head.object)
    return is_typing or (head.predicate == OWL.sameAs and isinstance(head.object, Var))


def broken(rule: Rule, terms: Sequence[Term]) -> Contradiction | None:
    """Return what cannot hold where the variables of a rule's body stand for these terms, if anything."""
    bound: dict[Slot, Slot] = dict(zip(variables(rule.body), terms, strict=True))
    head = rule.head
    name = clash(cast("Fact", head.under(bound).slots)) if head else rule.name
    if name is None:
        return None
    premises = dict.fromkeys(cast("Fact", atom.under(bound).slots) for atom in rule.body)
    return Contradiction(name, tuple(premises), rule.axioms, "" if head else rule.statement)


def datatypes_asked(rules: Iterable[Rule]) -> frozenset[Slot]:
    """Return the datatypes that rules name: a literal's own among these are held, others may be wrong."""
    atoms = (atom for rule in rules for atom in rule.atoms if atom.predicate == RDF.type)
    return frozenset(atom.object for atom in atoms if is_datatype(atom.object))
