"""The ontology as its file has it: classes and those above them, what properties join, what is disjoint.

Names of its own namespace are without prefix.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations
from typing import Final

from pyoxigraph import NamedNode

from g60kg.model import Entity
from g60kg.resources import resource
from g60kg.terms import G60, OWL, RDFS, SCHEMA
from g60kg.triples import read_triples

_SIDES: Final = {
    "needed": (("domain", RDFS.domain), ("range", RDFS.range)),
    "usual": (("domain", SCHEMA.domainIncludes), ("range", SCHEMA.rangeIncludes)),
}


@dataclass(frozen=True)
class Ontology:
    """The ontology's own terms, the named classes right above each class, and what goes with what.

    `relations` are properties with an entity, `attributes` those with a literal; `datatypes` gives what a
    literal is, where the ontology says so. `needed` gives the classes that a property's `domain` or `range`
    must be of; `usual` gives those of which it must share an ancestor with one. `disjoint` are pairs of
    classes that nothing is of both.

    >>> ontology = load_ontology()
    >>> ontology.fits(["City"], "Park|Region"), ontology.are_apart("Company", "City")
    (True, True)
    """

    terms: frozenset[str]
    parents: Mapping[str, tuple[str, ...]]
    relations: frozenset[str]
    attributes: frozenset[str]
    datatypes: Mapping[str, NamedNode]
    needed: Mapping[tuple[str, str], tuple[str, ...]]
    usual: Mapping[tuple[str, str], tuple[str, ...]]
    disjoint: frozenset[frozenset[str]]
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[tuple[tuple[str, ...], str], bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def properties(self) -> frozenset[str]:
        """All its properties."""
        return self.relations | self.attributes

    def above(self, name: str) -> frozenset[str]:
        """Return a class with all classes above it."""
        if name not in self._above:
            self._above[name] = frozenset({name})  # where the classes go round in a circle
            self._above[name] = frozenset({name}).union(*map(self.above, self.parents.get(name, ())))
        return self._above[name]

    def fits(self, classes: Iterable[str], kind: str) -> bool:
        """Tell whether one of some classes is, or is below, one of a kind: `A`, or `A|B` for either."""
        wanted = frozenset(kind.split("|"))
        return any(not wanted.isdisjoint(self.above(name)) for name in classes)

    def is_a(self, meaning: object, kind: str) -> bool:
        """Tell whether something is an entity of a class, or of one of `A|B`."""
        if not isinstance(meaning, Entity):
            return False
        key = meaning.types, kind
        if key not in self._known:  # texts ask the same of the same classes
            self._known[key] = self.fits([name.removeprefix("g60:") for name in meaning.types], kind)
        return self._known[key]

    def are_apart(self, one: str, other: str) -> bool:
        """Tell whether nothing can be of both classes."""
        pairs = (frozenset((a, b)) for a in self.above(one) for b in self.above(other))
        return not self.disjoint.isdisjoint(pairs)

    def misfit(self, predicate: str, side: str, classes: tuple[str, ...]) -> str | None:
        """Say why a predicate does not join a subject (`domain`) or object (`range`) of some classes."""
        needed, usual = (rows.get((predicate, side), ()) for rows in (self.needed, self.usual))
        if not all(self.fits(classes, name) for name in needed):
            return f"{predicate} has a {side} of {' and '.join(needed)}, not {classes[0]}"
        akin = (not self.above(name).isdisjoint(self.above(other)) for name in classes for other in usual)
        if usual and not any(akin):
            return f"{predicate} has a {side} of {' or '.join(usual)}, not {classes[0]}"
        return None


@cache
def load_ontology() -> Ontology:
    """Return the packaged ontology."""
    held = read_triples(resource("ontology", "g60.ttl"))

    def names(terms: Iterable[object]) -> tuple[str, ...]:
        own = (term.value for term in terms if isinstance(term, NamedNode))
        return tuple(each.removeprefix(G60.base) for each in own if each.startswith(G60.base))

    terms = names(dict.fromkeys(subject for subject, _, _ in held))
    joined: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
        force: {
            (name, side): found
            for name in terms
            for side, predicate in sides
            if (found := names(held.objects(G60[name], predicate)))
        }
        for force, sides in _SIDES.items()
    }
    attributes = names(held.typed(OWL.DatatypeProperty))
    ranges = ((name, kind) for name in attributes for kind in held.objects(G60[name], RDFS.range))
    apart = [
        *(names((one, other)) for one, predicate, other in held if predicate == OWL.disjointWith),
        *(
            names(held.items(each))
            for node in held.typed(OWL.AllDisjointClasses)
            for each in held.objects(node, OWL.members)
        ),
    ]
    return Ontology(
        frozenset(terms),
        {name: names(held.objects(G60[name], RDFS.subClassOf)) for name in names(held.typed(OWL.Class))},
        frozenset(names(held.typed(OWL.ObjectProperty))),
        frozenset(attributes),
        {name: kind for name, kind in ranges if isinstance(kind, NamedNode)},
        joined["needed"],
        joined["usual"],
        frozenset(frozenset(pair) for group in apart for pair in combinations(group, 2)),
    )
