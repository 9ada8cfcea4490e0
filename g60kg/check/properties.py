"""Property axioms: which characteristics the profile has, and which only simple properties may bear.

A property is simple if neither it nor one below it is transitive or ends a chain; chains must not go in a
circle. Named inverses count as one. Source: OWL 2 Profiles, section 4.2.5; OWL 2 Structural Specification,
sections 9.2.5 and 11.2.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from g60kg.check.grammar import CARDINALITIES, OBJECT_CHARACTERISTICS, RESTRICTIONS, Breach, Ontology
from g60kg.terms import OWL, RDFS, curie
from g60kg.triples import BrokenListError, Node, Term, Triples

_SIMPLE_ONLY: Final = {
    OWL.FunctionalProperty: "functional",
    OWL.InverseFunctionalProperty: "inverse functional",
    OWL.IrreflexiveProperty: "irreflexive",
    OWL.AsymmetricProperty: "asymmetric",
}
_DISJOINT: Final = OWL.propertyDisjointWith
_BOTH_WAYS: Final = (OWL.equivalentProperty, OWL.inverseOf)
_AXIOMS: Final = (RDFS.subPropertyOf, *_BOTH_WAYS, _DISJOINT)
_CHAIN: Final = OWL.propertyChainAxiom


def check_properties(ontology: Ontology) -> Iterator[Breach]:
    """Yield what the property axioms break."""
    triples = ontology.triples
    yield from (Breach("reflexive", node) for node in triples.typed(OWL.ReflexiveProperty))
    for kind in OBJECT_CHARACTERISTICS:
        for node in triples.typed(kind):
            if node in ontology.data_properties:
                yield Breach("data-characteristic", node, curie(kind))
    for subject, predicate, value in triples:
        yield from _axiom(ontology, subject, predicate, value)
    hierarchy = _Hierarchy(triples)
    for used, use in _uses(ontology):
        if used in hierarchy.composite:
            yield Breach("simple", used, f"is {use}")
    for node in hierarchy.irregular():
        yield Breach("regular", node, f"the chains of {curie(node) if isinstance(node, NamedNode) else 'it'}")


def _axiom(ontology: Ontology, subject: Node, predicate: NamedNode, value: Term) -> Iterator[Breach]:
    if predicate not in _AXIOMS and predicate != _CHAIN:
        return
    about_data = not ontology.data_properties.isdisjoint((subject, value))
    if about_data and predicate in (OWL.inverseOf, _CHAIN):
        yield Breach("data-characteristic", subject, curie(predicate))
    if predicate == _CHAIN:
        if subject == OWL.sameAs:
            yield Breach("equality", subject, curie(predicate))
        return
    if OWL.topDataProperty in (subject, value) and (predicate, value) != (
        RDFS.subPropertyOf,
        OWL.topDataProperty,
    ):
        yield Breach("top-data-property", subject)
    if OWL.sameAs in (subject, value):
        yield Breach("equality", subject, curie(predicate))
    for name in {subject, value} - {OWL.sameAs}:
        if isinstance(name, NamedNode) and name not in ontology.properties:
            yield Breach("undeclared-property", name)


def _uses(ontology: Ontology) -> Iterator[tuple[Term, str]]:
    """Yield each property used where only a simple one may be, and as what."""
    triples = ontology.triples
    for kind, use in _SIMPLE_ONLY.items():
        yield from ((node, use) for node in triples.typed(kind))
    for subject, predicate, value in triples:
        if RESTRICTIONS.get(predicate) in CARDINALITIES:
            yield from ((node, "in a cardinality") for node in triples.objects(subject, OWL.onProperty))
        elif predicate == _DISJOINT:
            yield from ((subject, "disjoint"), (value, "disjoint"))
    for node in triples.typed(OWL.AllDisjointProperties):
        heads = triples.objects(node, OWL.members)
        yield from ((member, "disjoint") for member in (_items(triples, heads[0]) if heads else ()))


class _Hierarchy:
    """Edges between properties: from below to above, strict where a chain goes up."""

    def __init__(self, triples: Triples) -> None:
        self._chains: list[tuple[Node, list[Term]]] = []
        self._above: dict[Term, set[Term]] = defaultdict(set)
        for subject, predicate, value in triples:
            if predicate in _AXIOMS and predicate != _DISJOINT:
                self._above[subject].add(value)
            if predicate in _BOTH_WAYS:
                self._above[value].add(subject)
            if predicate == _CHAIN and len(chain := _items(triples, value)) > 1:
                self._chains.append((subject, chain))
        self.composite: set[Term] = set()
        for node in [*triples.typed(OWL.TransitiveProperty), *(head for head, _ in self._chains)]:
            self.composite |= {node, *_reach(self._above, node)}

    def irregular(self) -> list[Node]:
        """Return the properties whose chains lead back to themselves, in the order of the file."""
        strict = [(step, head) for head, chain in self._chains for step in _steps(head, chain)]
        above = defaultdict(set, {node: set(nodes) for node, nodes in self._above.items()})
        for step, head in strict:
            above[step].add(head)
        return list(
            dict.fromkeys(head for step, head in strict if step == head or step in _reach(above, head))
        )


def _steps(head: Term, chain: list[Term]) -> list[Term]:
    """Return the members that must stand strictly below the head: all but its own name at one end."""
    if chain == [head, head]:
        return []
    if chain[0] == head:
        return chain[1:]
    return chain[:-1] if chain[-1] == head else chain


def _items(triples: Triples, head: Term) -> list[Term]:
    """Return the members of a list; none where it is broken, which is told elsewhere."""
    try:
        return triples.items(head)
    except BrokenListError:
        return []


def _reach(edges: dict[Term, set[Term]], start: Term) -> set[Term]:
    found: set[Term] = set()
    queue = [start]
    while queue:
        new = edges.get(queue.pop(), set()) - found
        found |= new
        queue += new
    return found
