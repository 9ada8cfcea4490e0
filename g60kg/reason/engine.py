"""The contract of the engines of reasoning: what each is given, and what it gives.

There are three: in memory and incremental (`increments`), in bulk (`bulk`), and owlrl, the reference. Another
one is a file with a function of this form, and a line in the table of `reasoners`. On Spark, where neither
file nor stream holds the facts, `spark.infer_on_spark` is called instead.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from g60kg.errors import InputError
from g60kg.reason.rules import words
from g60kg.reason.vocabulary import Fact, as_fact


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot hold together: a rule that concludes false has fired.

    `rule` is its name in the specification, `statement` what it says; `premises` are the facts of its body,
    `axioms` those of the ontology.
    """

    rule: str
    premises: tuple[Fact, ...]
    axioms: tuple[Triple, ...] = ()
    statement: str = field(default="", compare=False)

    def __str__(self) -> str:
        facts = " and ".join(words(premise) for premise in self.premises)
        given = ", ".join(words(as_fact(axiom)) for axiom in self.axioms)
        return f"{facts or 'the ontology'} cannot hold ({self.rule}{': ' if given else ''}{given})"


def each_once(found: Iterable[Contradiction | None]) -> tuple[Contradiction, ...]:
    """Return contradictions, each set of facts once for each name of a rule, sorted by text."""
    known = [each for each in found if each]
    once = {(each.rule, frozenset(each.premises)): each for each in reversed(known)}
    return tuple(sorted(once.values(), key=str))


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
        return getattr(self.inferred, "path", None)


@dataclass(frozen=True, slots=True)
class Task:
    """What an engine is given: an ontology, and facts, axioms perhaps among them, in a stream or a file.

    `memory` bounds what an engine holds that works on disk.
    """

    ontology: tuple[Triple, ...]
    facts: Iterable[Triple] | Path
    memory: str | None = None


Engine = Callable[[Task], Closure]


def read_facts(facts: Iterable[Triple] | Path) -> Iterator[Triple]:
    """Yield the triples of a stream or an N-Triples file.

    Raises `InputError` for a file that cannot be read.
    """
    if not isinstance(facts, Path):
        yield from facts
        return
    try:
        yield from (quad.triple for quad in parse(path=str(facts), format=RdfFormat.N_TRIPLES))
    except (OSError, SyntaxError) as error:
        raise InputError(f"cannot be read: {error}", path=facts) from error
