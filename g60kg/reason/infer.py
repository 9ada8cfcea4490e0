"""The closure of an ontology and facts, by the engine asked for.

Goes in: ontology triples and fact triples. Comes out: a `Closure`. `compiled` runs the compiled rules, in
memory or for a large graph in bulk; `owlrl` runs owlrl over everything and is what the others are compared
with; `none` infers nothing.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, get_args

from pyoxigraph import Triple

from g60kg.errors import G60Error
from g60kg.reason.closure import Closure
from g60kg.reason.compiled import infer_compiled
from g60kg.reason.given import read_facts
from g60kg.reason.owlrl_engine import infer_owlrl

Reasoner = Literal["compiled", "owlrl", "none"]
REASONERS: Final[tuple[str, ...]] = get_args(Reasoner)


def infer(
    ontology: Iterable[Triple],
    facts: Iterable[Triple] | Path,
    *,
    reasoner: str = "compiled",
    memory: str | None = None,
    limit: int | None = None,
    cache: Path | None = None,
) -> Closure:
    """Return what follows from an ontology and facts.

    `facts` are triples in a stream, or an `.nt` or `.nq` file. Axioms among them join the ontology.
    `compiled` chooses its engine by their number; bulk reads them as a stream and uses at most `memory`
    (`"512MB"`, `"2GB"`).
    Raises `OntologyError` for an ontology outside OWL 2 RL, `LimitError` when more than `limit` facts follow
    (compiled; default: what the engine can hold), `StoreError` when memory or disk do not suffice,
    `G60Error` for an unknown reasoner.
    """
    if reasoner == "compiled":
        return infer_compiled(ontology, facts, memory=memory, limit=limit, cache=cache)
    if reasoner == "owlrl":
        return infer_owlrl(ontology, read_facts(facts))
    if reasoner == "none":
        return Closure(())
    raise G60Error(f"no reasoner {reasoner!r}", mend=f"give one of: {', '.join(REASONERS)}")
