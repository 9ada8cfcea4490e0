"""The rounds: rules run over what is new until nothing is, wherever the facts lie; and what may not hold.

A contradiction is each way in which the body of a rule that concludes false holds. A rule that gives a
literal a type its value does not have (dt-not-type), or makes literals of two values equal (dt-diff),
concludes false as well.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, cast

from g60kg.errors import LimitError
from g60kg.reason.bulk.lift import Row, Window, lift
from g60kg.reason.datatypes import is_datatype
from g60kg.reason.engine import Contradiction
from g60kg.reason.evaluate import clash
from g60kg.reason.joins import Key, keys_of
from g60kg.reason.rules import Rule, Slot, Term, Var, variables
from g60kg.reason.vocabulary import Fact
from g60kg.terms import OWL, RDF

HELD: Final = 1
"""The round of what is held."""
LEAST_LIMIT: Final = 10_000_000
PER_FACT: Final = 30
"""So much may follow: this for each fact held, and at least that."""


class Rounds(ABC):
    """A table of facts and the round in which each came; `now` is the last."""

    now = HELD
    inferred = 0
    limit = LEAST_LIMIT

    @abstractmethod
    def text(self, term: Term) -> str:
        """Return a term as SQL."""

    def table(self, rows: Sequence[Row]) -> str:
        """Return rows as a table in SQL; see `lift.Table`."""
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
            window = Window(done, self.now)
            selects = [sql for shape in shapes for sql in shape.joins(self.table, window, new, known)]
            done = self.now
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


def each_once(found: Iterable[Contradiction | None]) -> tuple[Contradiction, ...]:
    """Return contradictions, each set of facts once for each name of a rule, sorted by text."""
    known = [each for each in found if each]
    once = {(each.rule, frozenset(each.premises)): each for each in reversed(known)}
    return tuple(sorted(once.values(), key=str))


def datatypes_asked(rules: Iterable[Rule]) -> frozenset[Slot]:
    """Return the datatypes that rules name: a literal's own among these are held, others may be wrong."""
    atoms = (atom for rule in rules for atom in rule.atoms if atom.predicate == RDF.type)
    return frozenset(atom.object for atom in atoms if is_datatype(atom.object))
