"""The hierarchy of object properties: which are composite, and whether the chains go in a circle.

Goes in: the triples of an ontology. Comes out: the composite properties, and those whose chains no order can
sort. Named inverses count as one. Source: OWL 2 Structural Specification, section 11.2 (restrictions on the
object property hierarchy, restriction on object property axioms).
"""

from collections import defaultdict
from collections.abc import Iterator

from g60kg.check.triples import BrokenListError, Node, Term, Triples
from g60kg.terms import OWL, RDFS


class Hierarchy:
    """Edges between properties: from below to above, strict where a chain goes up."""

    def __init__(self, triples: Triples) -> None:
        self._chains = list(_chains(triples))
        self._above: dict[Term, set[Term]] = defaultdict(set)
        for subject, predicate, value in triples:
            if predicate in (RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf):
                self._above[subject].add(value)
            if predicate in (OWL.equivalentProperty, OWL.inverseOf):
                self._above[value].add(subject)
        self.composite = self._composite(triples)

    def _composite(self, triples: Triples) -> set[Term]:
        found: set[Term] = set()
        for node in [*triples.typed(OWL.TransitiveProperty), *(head for head, _ in self._chains)]:
            found |= {node, *_reach(self._above, node)}
        return found

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
    """The members that must stand strictly below the head: all but its own name at one end."""
    if chain == [head, head]:
        return []
    if chain[0] == head:
        return chain[1:]
    return chain[:-1] if chain[-1] == head else chain


def _chains(triples: Triples) -> Iterator[tuple[Node, list[Term]]]:
    for subject, predicate, value in triples:
        if predicate == OWL.propertyChainAxiom:
            try:
                chain = triples.items(value)
            except BrokenListError:
                continue
            if len(chain) > 1:
                yield subject, chain


def _reach(edges: dict[Term, set[Term]], start: Term) -> set[Term]:
    found: set[Term] = set()
    queue = [start]
    while queue:
        new = edges.get(queue.pop(), set()) - found
        found |= new
        queue += new
    return found
