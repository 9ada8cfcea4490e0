"""The reasoners that a user names, and the closure of an ontology and facts by one of them."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from g60kg.errors import G60Error
from g60kg.reason.compile import compile_rules, owlrl_closure
from g60kg.reason.engine import Closure, Contradiction, Engine, Task, read_facts
from g60kg.reason.increments import close, infer_small
from g60kg.reason.vocabulary import as_fact, split_schema, useful_triples
from g60kg.resources import installed, reasoners

BULK_FROM: Final = 15_000
"""The number of facts from which on bulk is quicker than the evaluator in memory.

Bulk pays about 0.35 s for its statements, whatever the size; the evaluator pays some 28 µs a triple. On
synthetic corridors under the ontology of this project they meet between 10,000 and 20,000 triples: of
processor time 0.38 s and 0.29 s, then 0.43 s and 0.59 s.
"""


def infer(
    ontology: Iterable[Triple],
    facts: Iterable[Triple] | Path,
    *,
    reasoner: str = "compiled",
    memory: str | None = None,
) -> Closure:
    """Return what follows from an ontology and facts.

    `facts` are triples in a stream, or a file of N-Triples. Axioms among them join the ontology.
    `compiled` chooses its engine by their number; bulk reads them as a stream and uses at most `memory`
    (`"512MB"`, `"2GB"`). `owlrl` runs owlrl over everything; `none` infers nothing; an installed package may
    add others. Raises `OntologyError` for an ontology outside OWL 2 RL, `LimitError` when more follows than
    an engine can hold, `StoreError` when memory or disk do not suffice, `G60Error` for an unknown reasoner.
    """
    if reasoner not in reasoners():
        raise G60Error(f"no reasoner {reasoner!r}", mend=f"give one of: {', '.join(reasoners())}")
    engine: Engine = _ENGINES.get(reasoner) or installed("engines")[reasoner].load()
    return engine(Task(tuple(ontology), facts, memory))


def _infer_compiled(task: Task) -> Closure:
    """Run rules made of the ontology, in memory or in bulk, by the number of facts."""
    stream = read_facts(task.facts)
    first = list(islice(stream, BULK_FROM))
    if len(first) < BULK_FROM:
        return infer_small(replace(task, facts=first))
    from g60kg.reason.bulk import infer_large

    return infer_large(task if isinstance(task.facts, Path) else replace(task, facts=chain(first, stream)))


def infer_owlrl(task: Task) -> Closure:
    """Infer with owlrl, the reference; an `Engine`, which knows no limit.

    What cannot hold is found by the compiled rules, which name premises; else told in owlrl's words.
    """
    facts = list(read_facts(task.facts))
    said = {as_fact(triple) for triple in (*task.ontology, *facts)}
    closed, messages = owlrl_closure(said)
    schema, individuals = split_schema(facts)
    rules = compile_rules([*task.ontology, *schema], strict=False)
    found = close(rules, individuals).contradictions
    alone = () if found else tuple(Contradiction(message, ()) for message in messages)
    return Closure(useful_triples(closed - said), found or alone)


_ENGINES: Final[dict[str, Engine]] = {
    "compiled": _infer_compiled,
    "owlrl": infer_owlrl,
    "none": lambda task: Closure(()),
}
