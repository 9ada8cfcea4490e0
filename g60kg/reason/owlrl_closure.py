"""owlrl, run over triples: all that it concludes, and its errors, kept apart.

Goes in: facts. Comes out: the facts of its OWL 2 RL closure (with generalised triples) and its messages,
which it would write into the graph as nodes of an unrelated vocabulary.
"""

from collections.abc import Iterable

from g60kg.reason.rdflib_terms import fact_from_rdflib, quiet, to_rdflib
from g60kg.reason.vocabulary import Fact


def owlrl_closure(facts: Iterable[Fact]) -> tuple[set[Fact], tuple[str, ...]]:
    """Return the closure of some facts, these included, and the messages of what is inconsistent, sorted."""
    import rdflib
    from owlrl import OWLRL_Semantics

    graph = rdflib.Graph()
    with quiet():
        for subject, predicate, value in facts:
            graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
        reasoner = OWLRL_Semantics(graph, False, False)
        reasoner.closure()
        messages = tuple(sorted(reasoner.error_messages))
        errors = _error_nodes(graph)
        closed = {fact_from_rdflib(triple) for triple in graph if triple[0] not in errors}
    return closed, messages


def _error_nodes(graph: "object") -> set[object]:
    from owlrl.Namespaces import ERRNS
    from rdflib import RDF, Graph

    return set(graph.subjects(RDF.type, ERRNS.ErrorMessage)) if isinstance(graph, Graph) else set()
