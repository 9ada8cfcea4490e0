"""The engine `compiled`: rules made of the ontology, run in memory or in bulk, by the size of the graph.

Goes in: ontology and facts. Comes out: a `Closure`. A graph for bulk is never in memory as a whole: it
goes from the stream to a file, and its inferences stay in one.
"""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Triple

from g60kg.reason.bulk.choose import BULK_FROM, choose
from g60kg.reason.close import close
from g60kg.reason.closure import Closure
from g60kg.reason.compile import compile_rules
from g60kg.reason.evaluate import LIMIT
from g60kg.reason.given import first_of, read_facts, split_large
from g60kg.reason.vocabulary import split_schema


def infer_compiled(
    ontology: Iterable[Triple],
    facts: Iterable[Triple] | Path,
    *,
    memory: str | None = None,
    limit: int | None = None,
    cache: Path | None = None,
) -> Closure:
    """Return what follows from an ontology and facts; see `infer`."""
    axioms = list(ontology)
    first, every = first_of(read_facts(facts), BULK_FROM)
    if choose(len(first)) == "bulk":
        return _in_bulk(axioms, facts if isinstance(facts, Path) else every, memory, limit, cache)
    schema, individuals = split_schema(every)
    rules = compile_rules([*axioms, *schema], cache=cache)
    return close(rules, individuals, limit=LIMIT if limit is None else limit)


def _in_bulk(
    axioms: list[Triple],
    facts: Iterable[Triple] | Path,
    memory: str | None,
    limit: int | None,
    cache: Path | None,
) -> Closure:
    from g60kg.reason.bulk import infer_bulk
    from g60kg.reason.bulk.workspace import Folder, reported

    folder = Folder()
    try:
        with reported(memory):
            path, schema = split_large(facts, folder.path)
        return infer_bulk(compile_rules([*axioms, *schema], cache=cache), path, memory=memory, limit=limit)
    finally:
        folder.remove()
