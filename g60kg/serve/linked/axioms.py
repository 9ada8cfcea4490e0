"""The axioms of an ontology, looked up from either end.

Goes in: the quads of the ontology's graph. Comes out: `Axioms`. All that is given is sorted, so that a page
is the same whenever the ontology is.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from g60kg.terms import OWL, RDF

Node = NamedNode | BlankNode
End = NamedNode | BlankNode | Literal | Triple


class Axioms:
    """The triples of an ontology."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._objects: dict[tuple[End, NamedNode], list[End]] = defaultdict(list)
        self._subjects: dict[tuple[NamedNode, End], list[Node]] = defaultdict(list)
        for quad in sorted(quads, key=str):
            if isinstance(quad.subject, NamedNode | BlankNode):
                self._objects[quad.subject, quad.predicate].append(quad.object)
                self._subjects[quad.predicate, quad.object].append(quad.subject)

    def all(self, subject: End, predicate: NamedNode) -> list[End]:
        """Return the objects of a subject."""
        return self._objects.get((subject, predicate), [])

    def named(self, subject: End, predicate: NamedNode) -> list[NamedNode]:
        """Return the objects of a subject that are IRIs."""
        return [each for each in self.all(subject, predicate) if isinstance(each, NamedNode)]

    def one(self, subject: End, predicate: NamedNode) -> End | None:
        """Return the first object of a subject."""
        return next(iter(self.all(subject, predicate)), None)

    def having(self, predicate: NamedNode, object: End) -> list[Node]:
        """Return the subjects of an object."""
        return self._subjects.get((predicate, object), [])

    def of_type(self, *types: NamedNode) -> list[NamedNode]:
        """Return the IRIs of some types."""
        found = {each for kind in types for each in self.having(RDF.type, kind)}
        return sorted((each for each in found if isinstance(each, NamedNode)), key=str)

    def members(self, start: End | None) -> list[End]:
        """Return the members of a list."""
        found: list[End] = []
        while isinstance(start, BlankNode):
            found += self.all(start, RDF.first)[:1]
            start = self.one(start, RDF.rest)
        return found

    @cached_property
    def apart(self) -> tuple[tuple[NamedNode, ...], ...]:
        """The groups of classes of which nothing belongs to two."""
        lists = self.having(RDF.type, OWL.AllDisjointClasses)
        found = [self.members(self.one(node, OWL.members)) for node in lists]
        pairs: list[list[End]] = [
            [class_, other]
            for class_ in self.of_type(OWL.Class)
            for other in self.named(class_, OWL.disjointWith)
        ]
        return tuple(
            tuple(each for each in group if isinstance(each, NamedNode)) for group in (*found, *pairs)
        )

    def texts(self, subject: End, predicate: NamedNode) -> dict[str, str]:
        """Return the texts of a subject by language."""
        found = (each for each in self.all(subject, predicate) if isinstance(each, Literal))
        return {each.language or "": each.value for each in found}
