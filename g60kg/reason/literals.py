"""Literals while facts are being closed: their types, their equality, and what is false by their value.

Goes in: facts with literals. Comes out: facts that table 8 of the specification adds (dt-type2, dt-eq,
dt-diff) where a rule or an equality looks at them, and whether a fact cannot be by its value
(dt-not-type, dt-diff).
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from g60kg.reason.datatypes import is_ill_typed, is_outside, types_of, value_key
from g60kg.reason.vocabulary import DIFFERENT_FROM, SAME_AS, TYPE, Fact


class Literals:
    """The literals that one closing run has met; `typed` says whether rules ask for the types of literals."""

    def __init__(self, *, typed: bool) -> None:
        self._typed = typed
        self._met: set[Literal] = set()
        self._named: dict[Literal, None] = {}

    def consequences(self, fact: Fact) -> Iterator[Fact]:
        """Yield what follows from the literal of a fact by its value."""
        subject, predicate, literal = fact
        if not isinstance(literal, Literal):
            return
        named = predicate == SAME_AS and not isinstance(subject, Literal)
        if self._typed or named:
            yield from ((literal, TYPE, kind) for kind in types_of(literal))
        if named and literal not in self._named:
            yield from self._compared(literal)
            self._named[literal] = None

    def _compared(self, literal: Literal) -> Iterator[Fact]:
        key = value_key(literal)
        for other in self._named:
            other_key = value_key(other)
            if key is not None and other_key is not None:
                equal = key == other_key
                yield (literal, SAME_AS if equal else DIFFERENT_FROM, other)
                yield (other, SAME_AS if equal else DIFFERENT_FROM, literal)

    def is_ill_typed(self, fact: Fact) -> bool:
        """Whether a fact brings a literal whose text has no value, for the first time (dt-not-type)."""
        literal = fact[2]
        if not isinstance(literal, Literal) or literal in self._met:
            return False
        self._met.add(literal)
        return is_ill_typed(literal)


def clash(fact: Fact) -> str | None:
    """Return the name of the rule by which a fact about a literal is false, if there is one."""
    literal, predicate, value = fact
    if not isinstance(literal, Literal):
        return None
    if predicate == TYPE and isinstance(value, NamedNode) and is_outside(literal, value):
        return "dt-not-type"
    if predicate == SAME_AS and isinstance(value, Literal):
        keys = value_key(literal), value_key(value)
        return "dt-diff" if None not in keys and keys[0] != keys[1] else None
    return None
