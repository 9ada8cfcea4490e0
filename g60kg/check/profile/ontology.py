"""An ontology as the profile rules see it: its triples and what each IRI is declared to be.

Goes in: `Triples`. Comes out: `Ontology`, with the sets of declared classes, datatypes and properties, the
built-in ones among them; and `Breach`, what the rules yield.
"""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from g60kg.check.profile.vocabulary import (
    BUILT_IN_ANNOTATIONS,
    BUILT_IN_CLASSES,
    BUILT_IN_DATA_PROPERTIES,
    BUILT_IN_OBJECT_PROPERTIES,
    OBJECT_CHARACTERISTICS,
    RL_DATATYPES,
)
from g60kg.check.triples import Term, Triples
from g60kg.terms import OWL, RDF, RDFS


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, the node where, and what stands there."""

    rule: str
    node: Term
    detail: str = ""


class Ontology:
    """The triples of an ontology, with its declarations (Structural Specification, section 5.8)."""

    def __init__(self, triples: Triples) -> None:
        self.triples = triples
        self.classes = self._named(OWL.Class, OWL.Restriction) | BUILT_IN_CLASSES
        self.datatypes = self._named(RDFS.Datatype)
        objects = self._named(OWL.ObjectProperty, *OBJECT_CHARACTERISTICS) - self._data_only()
        self.object_properties = objects | BUILT_IN_OBJECT_PROPERTIES
        self.data_properties = self._named(OWL.DatatypeProperty) | BUILT_IN_DATA_PROPERTIES
        self.annotation_properties = self._named(OWL.AnnotationProperty) | BUILT_IN_ANNOTATIONS

    def _named(self, *kinds: NamedNode) -> set[NamedNode]:
        return {node for kind in kinds for node in self.triples.typed(kind) if isinstance(node, NamedNode)}

    def _data_only(self) -> set[NamedNode]:
        return self._named(OWL.DatatypeProperty) - self._named(OWL.ObjectProperty)

    @property
    def properties(self) -> set[NamedNode]:
        """All declared properties."""
        return self.object_properties | self.data_properties | self.annotation_properties

    def is_datatype(self, node: Term) -> bool:
        """Whether the node is a data range: a datatype, or a blank node declared as one."""
        if isinstance(node, Literal):
            return False
        return node in RL_DATATYPES or RDFS.Datatype in self.triples.objects(node, RDF.type)
