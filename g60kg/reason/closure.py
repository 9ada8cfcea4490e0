"""What reasoning gives: the closure, and the contradictions found on the way.

Goes in: nothing. Comes out: frozen values, the same from every engine.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from g60kg.reason.rules import name_of
from g60kg.reason.vocabulary import Fact, as_fact


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot hold together: a rule that concludes false has fired.

    `rule` is its name in the specification; `premises` are the facts of its body, `axioms` those of
    the ontology.
    """

    rule: str
    premises: tuple[Fact, ...]
    axioms: tuple[Triple, ...] = ()

    def __str__(self) -> str:
        facts = " and ".join(text_of(premise) for premise in self.premises)
        given = ", ".join(text_of(as_fact(axiom)) for axiom in self.axioms)
        return f"{facts or 'the ontology'} cannot hold ({self.rule}{': ' if given else ''}{given})"


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows from an ontology and facts and was not said: sorted, legal, each triple once.

    `inferred` is in memory, or lies in a file that it is read from each time.
    """

    inferred: Collection[Triple]
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def path(self) -> Path | None:
        """The N-Triples file that the inferred triples lie in, if they do; it goes with the closure."""
        return None


def text_of(fact: Fact) -> str:
    """Return a fact as a person reads it: short names, one line.

    >>> from g60kg.terms import ID, G60
    >>> text_of((ID.wuhu, G60.partOf, ID.anhui))
    'id:wuhu g60:partOf id:anhui'
    """
    return " ".join(name_of(term) for term in fact)
