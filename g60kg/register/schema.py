"""What the register may say: the classes and properties of the ontology's file.

Goes in: `ontology/g60.ttl`. Comes out: its terms by local name, read without rdflib.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from ..errors import OntologyError
from ..terms import G60, OWL, RDF, RDFS, SKOS

_BORROWED: Final = {"broader": SKOS.broader}


@dataclass(frozen=True, slots=True)
class Schema:
    """The names that entries may use: classes, properties with an entity, properties with a literal.

    `ranges` gives what a property's values are, where the ontology says so.
    """

    classes: frozenset[str]
    relations: dict[str, NamedNode]
    attributes: dict[str, NamedNode]
    ranges: dict[str, NamedNode]

    @property
    def properties(self) -> list[str]:
        """Every property's name, sorted."""
        return sorted(self.relations | self.attributes)


def load_schema(path: Path) -> Schema:
    """Read the terms of an ontology's file.

    Raises `OntologyError` for a file that cannot be read or is no Turtle.
    """
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror}", path=path) from error
    except SyntaxError as error:
        raise OntologyError(f"not Turtle: {error.msg}", path=path, line=error.lineno) from error


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> Schema:
    found: dict[NamedNode, set[str]] = {}
    ranges: dict[str, NamedNode] = {}
    for triple in parse(path=path, format=RdfFormat.TURTLE):
        term, value = triple.subject, triple.object
        if not (
            isinstance(term, NamedNode) and isinstance(value, NamedNode) and term.value.startswith(G60.base)
        ):
            continue
        name = term.value.removeprefix(G60.base)
        if triple.predicate == RDF.type:
            found.setdefault(value, set()).add(name)
        elif triple.predicate == RDFS.range:
            ranges[name] = value
    relations = {name: G60[name] for name in found.get(OWL.ObjectProperty, ())}
    attributes = {name: G60[name] for name in found.get(OWL.DatatypeProperty, ())}
    return Schema(frozenset(found.get(OWL.Class, ())), relations | _BORROWED, attributes, ranges)
