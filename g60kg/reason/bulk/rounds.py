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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Final, cast

from g60kg.errors import LimitError
from g60kg.reason.datatypes import is_datatype
from g60kg.reason.engine import Contradiction
from g60kg.reason.evaluate import clash
from g60kg.reason.joins import Key, key_of, keys_of
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var, variables
from g60kg.reason.vocabulary import Fact
from g60kg.terms import OWL, RDF

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

    @property
    def variables(self) -> list[Var]:
        """The variables that the rules themselves have."""
        return [name for name in variables(self.form.body) if name.name[0] == "x"]

    def select(
        self,
        rules: str,
        columns: Iterable[tuple[Slot, str]],
        conditions: Iterable[str] = (),
        made: str | None = None,
    ) -> str:
        """Return the SELECT of slots, under names, where the body holds for rules that stand in a table; with
        `made` where the head is a fact of that table, too.
        """
        bound: dict[Slot, str] = {_NUMBER: "n.k"}
        bound |= {Var(f"c{n}"): f"n.c{n}" for n in range(len(self.rules[0][1].terms))}
        tables, where = [f"{rules} n"], list(conditions)
        for number, atom in enumerate(self.form.atoms if made else self.form.body):
            tables.append(f"{FACTS if number < len(self.form.body) else made} t{number}")
            for slot, column in zip(atom.slots, "apb", strict=True):
                place = f"t{number}.{column}"
                if bound.setdefault(slot, place) != place:
                    where.append(f"{place} = {bound[slot]}")
        where += [f"{bound[one]} <> {bound[other]}" for one, other in self.form.distinct]
        asked = ", ".join(f"{bound[slot]} AS {name}" for slot, name in columns)
        return f"SELECT {asked} FROM {', '.join(tables)} WHERE {' AND '.join(where) or 'true'}"


def lift(rules: Iterable[Rule]) -> list[Shape]:
    """Return the shapes of rules, which are numbered from 0 on in their order.

    >>> from g60kg.terms import G60
    >>> x, y = Var("x"), Var("y")
    >>> rules = [Rule("prp-spo1", (Atom(x, G60[p], y),), Atom(x, G60.q, y)) for p in "abc"]
    >>> [shape] = lift(rules)
    >>> str(shape.form), len(shape.rules)
    ('prp-spo1: ?x0 ?c0 ?x1 -> ?x0 ?c1 ?x1', 3)
    """
    shapes: dict[object, tuple[Rule, list[tuple[int, Rule]]]] = {}
    for number, rule in enumerate(rules):
        form = _form(rule)
        shapes.setdefault((form.body, form.head, form.distinct), (form, []))[1].append((number, rule))
    return [Shape(form, tuple(found)) for form, found in shapes.values()]


def _form(rule: Rule) -> Rule:
    """Return a rule with variables alone: x0, x1, … for its own, c0, c1, … for each term named."""
    own, named = {name: Var(f"x{n}") for n, name in enumerate(variables(rule.atoms))}, count()
    slots = iter([own[slot] if isinstance(slot, Var) else Var(f"c{next(named)}") for slot in rule.slots])
    body = tuple(Atom(*islice(slots, 3)) for _ in rule.body)
    head = Atom(*islice(slots, 3)) if rule.head else None
    return Rule(rule.name, body, head, tuple(zip(slots, slots, strict=True)))


class Rounds(ABC):
    """A table of facts and the round in which each came; `now` is the last."""

    now = HELD
    inferred = 0
    limit = LEAST_LIMIT

    @abstractmethod
    def text(self, term: Term) -> str:
        """Return a term as SQL."""

    def table(self, rules: Sequence[tuple[int, Rule]]) -> str:
        """Return numbered rules of one shape as a table in SQL: k, the number, and c0, c1, …, the terms."""
        values = (", ".join([str(number), *map(self.text, rule.terms)]) for number, rule in rules)
        columns = ", ".join(["k", *(f"c{n}" for n in range(len(rules[0][1].terms)))])
        return f"(SELECT * FROM (VALUES ({'), ('.join(values)})) AS v({columns}))"

    def bodies(self, shape: Shape) -> str:
        """Return the SELECT of the ways in which bodies hold, and make a head that may be wrong: the rule's
        number, and the variables as v0, v1, … in the order of their coming.
        """
        columns = [(name, f"v{n}") for n, name in enumerate((_NUMBER, *shape.variables))]
        return shape.select(self.table(shape.rules), columns, made=WRONG)

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
            selects = [sql for shape in shapes for sql in self._joins(shape, done, new, known)]
            done = self.now
            if selects:
                self.insert(selects)
            new = self._keys(done)
            known |= new

    def _joins(self, shape: Shape, done: int, new: set[Key], known: set[Key]) -> Iterator[str]:
        """Yield the SELECTs of the heads: for each atom of the body of those rules that facts of the rounds
        after `done` may fire; `new` are the keys of these, `known` of all.
        """
        assert shape.form.head is not None
        head = list(zip(shape.form.head.slots, "apb", strict=True))
        places = range(len(shape.form.body))
        for pivot in places:
            rules = [
                (number, rule)
                for number, rule in shape.rules
                if all(key_of(atom) in (new if n == pivot else known) for n, atom in enumerate(rule.body))
            ]
            if rules:
                upper = (f"t{n}.r <= {done if n < pivot else self.now}" for n in places)
                yield shape.select(self.table(rules), head, [f"t{pivot}.r > {done}", *upper])

    def _keys(self, after: int) -> set[Key]:
        """Return the keys of the facts that came after a round: those of the atoms that they may fit."""
        facts = ((OWL.Thing, predicate, kind or OWL.Thing) for predicate, kind in self.kinds(after))
        return {key for fact in facts for key in keys_of(fact)}


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
