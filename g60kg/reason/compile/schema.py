"""The closed ontology, made easy to read: pairs, lists, properties that are inverses.

Goes in: the triples of a closed ontology. Comes out: `Schema`, which the tables of rules ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from g60kg.errors import OntologyError
from g60kg.reason.rules import Atom, Slot, Term, Var, name_of
from g60kg.reason.vocabulary import TYPE
from g60kg.terms import OWL, RDF

X: Final = Var("x")
Y: Final = Var("y")
Z: Final = Var("z")


class Schema:
    """A closed ontology, indexed by predicate and by subject; every answer is sorted.

    Lists are read as the ontology gives them: closing adds the equal names of a member beside it.
    """

    def __init__(self, closed: Iterable[Triple], asserted: Iterable[Triple]) -> None:
        self.asserted: Final = frozenset(asserted)
        self._pairs: dict[NamedNode, list[tuple[Term, Term]]] = defaultdict(list)
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        links = (RDF.first, RDF.rest)
        known = {triple for triple in closed if triple.predicate not in links} | self.asserted
        for triple in sorted(known, key=str):
            self._pairs[triple.predicate].append((triple.subject, triple.object))  # type: ignore[arg-type]
            self._objects[triple.subject, triple.predicate].append(triple.object)  # type: ignore[arg-type, index]

    def pairs(self, predicate: NamedNode) -> list[tuple[Term, Term]]:
        """Return subject and object of each triple with this predicate."""
        return self._pairs.get(predicate, [])

    def said(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        """Yield the pairs that the ontology as given states."""
        return (pair for pair in self.pairs(predicate) if axiom(pair[0], predicate, pair[1]) in self.asserted)

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the objects of a subject and a predicate."""
        return self._objects.get((subject, predicate), [])

    def of_type(self, kind: NamedNode) -> list[Term]:
        """Return what is declared to be of a type."""
        return [subject for subject, value in self.pairs(TYPE) if value == kind]

    def items(self, head: Term) -> list[Term]:
        """Return the members of an RDF list; raise `OntologyError` where it is broken."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != RDF.nil:
            first, rest = self.objects(head, RDF.first), self.objects(head, RDF.rest)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise OntologyError("a list of the ontology is broken", mend="write it as ( … )")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found

    def edge(self, subject: Slot, prop: Term, value: Slot) -> Atom:
        """Return the atom of a property expression: an anonymous inverse is turned round."""
        if isinstance(prop, BlankNode):
            for inverse in self.objects(prop, OWL.inverseOf):
                return self.edge(value, inverse, subject)
        return Atom(subject, prop, value)


def member(who: Slot, kind: Slot) -> Atom:
    """Return the atom that says of which class something is."""
    return Atom(who, TYPE, kind)


def axiom(subject: Term, predicate: NamedNode, value: Term) -> Triple:
    """Return the triple of an axiom; raise `OntologyError` for a subject that cannot have one."""
    if isinstance(subject, NamedNode | BlankNode):
        return Triple(subject, predicate, value)
    raise OntologyError(f"the literal {name_of(subject)} cannot have an axiom", mend="use an IRI")
