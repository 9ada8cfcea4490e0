"""The terms of an ontology: which it declares, which of them are its own, and which it borrows.

Goes in: `Triples`. Comes out: `Terms`; and `Fault`, what the checks yield.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.check.ontology.rules import VANN
from g60kg.check.triples import Node, Term, Triples
from g60kg.terms import OWL, RDF, RDFS

_KINDS: Final = {
    OWL.Class: "class",
    RDFS.Class: "class",
    RDFS.Datatype: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    RDF.Property: "property",
    OWL.AnnotationProperty: "annotation",
    OWL.NamedIndividual: "individual",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken, the term where, and what stands there."""

    rule: str
    node: Term
    detail: str = ""


class Terms:
    """The declared terms of an ontology, in the order of the file; `namespace` is that of its own."""

    def __init__(self, triples: Triples) -> None:
        self.triples = triples
        headers = [node for node in triples.typed(OWL.Ontology) if isinstance(node, NamedNode)]
        self.ontology = headers[0] if headers else None
        self.namespace = self._namespace()
        self.kinds: dict[NamedNode, str] = {}
        for kind, name in _KINDS.items():
            for node in triples.typed(kind):
                if isinstance(node, NamedNode):
                    self.kinds.setdefault(node, name)

    def _namespace(self) -> str:
        if self.ontology is None:
            return ""
        for value in self.triples.objects(self.ontology, VANN.preferredNamespaceUri):
            if isinstance(value, Literal | NamedNode):
                return value.value
        return self.ontology.value if self.ontology.value[-1] in "#/" else self.ontology.value + "#"

    def is_own(self, node: Term) -> bool:
        """Whether the term lies in the ontology's own namespace."""
        return isinstance(node, NamedNode) and bool(self.namespace) and node.value.startswith(self.namespace)

    def own(self, *kinds: str) -> list[NamedNode]:
        """Return the ontology's own terms, of these kinds or of all."""
        return [
            node for node, kind in self.kinds.items() if self.is_own(node) and (not kinds or kind in kinds)
        ]

    def local(self, node: NamedNode) -> str:
        """Return the name of an own term without its namespace."""
        return node.value[len(self.namespace) :]

    def texts(self, node: Node, predicate: NamedNode, language: str) -> list[str]:
        """Return the texts that the node has in the language."""
        values = self.triples.objects(node, predicate)
        return [value.value for value in values if isinstance(value, Literal) and value.language == language]
