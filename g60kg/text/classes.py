"""The class hierarchy, as the ontology's file has it.

Goes in: the path of the ontology. Comes out: each class of its own namespace with the classes right above
it.
"""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from g60kg.terms import G60, OWL, RDF, RDFS


def class_parents(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the classes of the ontology, without prefix, each with its named superclasses."""
    parents: dict[str, list[str]] = {}
    for name, triple in _own(path):
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
    return frozenset(name for name, _ in _own(path))


@lru_cache(maxsize=2)
def _own(path: Path) -> tuple[tuple[str, Quad], ...]:
    """Return what the ontology says of its own terms, each with the term's name; the file is read once."""
    said = ((quad.subject, quad) for quad in parse(path=str(path), format=RdfFormat.TURTLE))
    own = ((s.value, quad) for s, quad in said if isinstance(s, NamedNode) and s.value.startswith(G60.base))
    return tuple((value.removeprefix(G60.base), quad) for value, quad in own)
