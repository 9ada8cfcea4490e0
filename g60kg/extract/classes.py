"""The class hierarchy, as the ontology's file has it.

Goes in: the path of the ontology. Comes out: each class of its own namespace with the classes right above
it.
"""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from ..terms import G60, OWL, RDF, RDFS


def class_parents(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the classes of the ontology, without prefix, each with its named superclasses."""
    parents: dict[str, list[str]] = {}
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        if not isinstance(triple.subject, NamedNode) or not triple.subject.value.startswith(G60.base):
            continue
        name = triple.subject.value.removeprefix(G60.base)
        if triple.predicate == RDF.type and triple.object == OWL.Class:
            parents.setdefault(name, [])
        elif triple.predicate == RDFS.subClassOf and isinstance(triple.object, NamedNode):
            above = triple.object.value
            parents.setdefault(name, []).extend(
                [above.removeprefix(G60.base)] if above.startswith(G60.base) else []
            )
    return {name: tuple(above) for name, above in parents.items()}


@lru_cache(maxsize=2)
def ontology_names(path: Path) -> frozenset[str]:
    """Return all terms of the ontology's own namespace, without prefix."""
    subjects = (triple.subject for triple in parse(path=str(path), format=RdfFormat.TURTLE))
    own = (s.value for s in subjects if isinstance(s, NamedNode) and s.value.startswith(G60.base))
    return frozenset(value.removeprefix(G60.base) for value in own)
