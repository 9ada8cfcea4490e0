"""owlrl, which closes ontologies before they are compiled, and is the reference of the other engines."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from g60kg.reason.vocabulary import Fact


@contextmanager
def _as_written() -> Iterator[None]:
    """Let rdflib keep the text of literals, and print no warning of those without value."""
    import logging
    import warnings

    import rdflib

    logger, normalizes = logging.getLogger("rdflib.term"), rdflib.NORMALIZE_LITERALS
    before = logger.level
    logger.setLevel(logging.ERROR)
    rdflib.NORMALIZE_LITERALS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.setLevel(before)
        rdflib.NORMALIZE_LITERALS = normalizes


def owlrl_closure(facts: Iterable[Fact]) -> tuple[set[Fact], tuple[str, ...]]:
    """Return the closure of some facts, these included, and the messages of what is inconsistent, sorted.

    owlrl would write the messages into the graph, as nodes of an unrelated vocabulary; they are kept apart.
    """
    import rdflib
    from owlrl import OWLRL_Semantics
    from owlrl.Namespaces import ERRNS
    from oxrdflib._converter import from_ox, to_ox

    graph = rdflib.Graph()
    with _as_written():
        for fact in facts:
            graph.add(tuple(map(from_ox, fact)))  # type: ignore[arg-type]
        reasoner = OWLRL_Semantics(graph, False, False)
        reasoner.closure()
        messages = tuple(sorted(reasoner.error_messages))
        errors = set(graph.subjects(rdflib.RDF.type, ERRNS.ErrorMessage))
        closed = {tuple(map(to_ox, triple)) for triple in graph if triple[0] not in errors}
    return closed, messages  # type: ignore[return-value]
