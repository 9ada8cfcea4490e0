"""What the ontology allows: the classes that a predicate joins, and those that nothing can be at once.

Goes in: `ontology/g60.ttl`. Comes out: an `Ontology`, which tells whether a claim keeps to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from g60kg.extract.verify.refused import Refused
from g60kg.resources import resource
from g60kg.terms import G60, OWL, RDF, RDFS, SCHEMA
from g60kg.text.classes import class_parents
from g60kg.text.kinds import Kinds

_SIDES: Final = {
    RDFS.domain: ("domain", True),
    RDFS.range: ("range", True),
    SCHEMA.domainIncludes: ("domain", False),
    SCHEMA.rangeIncludes: ("range", False),
}


@dataclass(frozen=True)
class Ontology:
    """The classes on both sides of each property, and the pairs of classes that share nothing.

    `needed` gives a class that a subject or object must be of; `usual` gives classes of which it must share
    an ancestor with one.
    """

    kinds: Kinds
    properties: frozenset[str]
    needed: Mapping[tuple[str, str], tuple[str, ...]]
    usual: Mapping[tuple[str, str], tuple[str, ...]]
    apart: frozenset[frozenset[str]]
    _fitting: set[tuple[str, str, tuple[str, ...]]] = field(default_factory=set)
    _compared: dict[tuple[str, str], bool] = field(default_factory=dict)

    def check_predicate(self, predicate: str) -> None:
        """Refuse a predicate that the ontology does not have."""
        if predicate not in self.properties:
            raise Refused("vocabulary", f"no property {predicate!r}")

    def check_class(self, name: str) -> None:
        """Refuse a class that the ontology does not have."""
        if not self.kinds.known(name):
            raise Refused("vocabulary", f"no class {name!r}")

    def check_fits(self, predicate: str, side: str, classes: tuple[str, ...]) -> None:
        """Refuse a subject (`domain`) or an object (`range`) of a class that a predicate does not join."""
        key = (predicate, side, classes)
        if key not in self._fitting:
            self._look_up(*key)
            self._fitting.add(key)

    def _look_up(self, predicate: str, side: str, classes: tuple[str, ...]) -> None:
        needed = self.needed.get((predicate, side), ())
        usual = self.usual.get((predicate, side), ())
        if not all(self.kinds.fits(classes, name) for name in needed):
            raise Refused("class", f"{predicate} has a {side} of {' and '.join(needed)}, not {classes[0]}")
        if usual and not any(self._akin(name, other) for name in classes for other in usual):
            raise Refused("class", f"{predicate} has a {side} of {' or '.join(usual)}, not {classes[0]}")

    def _akin(self, one: str, other: str) -> bool:
        return not self.kinds.above(one).isdisjoint(self.kinds.above(other))

    def are_apart(self, one: str, other: str) -> bool:
        """Tell whether nothing can be of both classes."""
        if (one, other) not in self._compared:
            pairs = ((a, b) for a in self.kinds.above(one) for b in self.kinds.above(other))
            self._compared[one, other] = any(frozenset(pair) in self.apart for pair in pairs)
        return self._compared[one, other]


@lru_cache(maxsize=2)
def load_ontology(path: Path | None = None) -> Ontology:
    """Return the packaged ontology, or that of a file."""
    path = path or resource("ontology", "g60.ttl")
    quads = list(parse(path=str(path), format=RdfFormat.TURTLE))
    sides: dict[bool, dict[tuple[str, str], list[str]]] = {True: {}, False: {}}
    properties = set()
    for quad in quads:
        name = _local(quad.subject)
        if name is None:
            continue
        if quad.predicate == RDF.type and quad.object in (OWL.ObjectProperty, OWL.DatatypeProperty):
            properties.add(name)
        side = _SIDES.get(quad.predicate)
        value = _local(quad.object)
        if side is not None and value is not None:
            sides[side[1]].setdefault((name, side[0]), []).append(value)
    needed, usual = ({key: tuple(names) for key, names in sides[hard].items()} for hard in (True, False))
    kinds = Kinds(class_parents(path))
    return Ontology(kinds, frozenset(properties), needed, usual, frozenset(_apart(quads)))


def _local(term: object) -> str | None:
    if isinstance(term, NamedNode) and term.value.startswith(G60.base):
        return term.value.removeprefix(G60.base)
    return None


def _apart(quads: Iterable[Quad]) -> Iterable[frozenset[str]]:
    """Yield the pairs of classes that are disjoint, those of lists included."""
    by_subject: dict[object, dict[NamedNode, object]] = {}
    for quad in quads:
        if quad.predicate == OWL.disjointWith:
            one, other = _local(quad.subject), _local(quad.object)
            if one and other:
                yield frozenset((one, other))
        if isinstance(quad.subject, BlankNode):
            by_subject.setdefault(quad.subject, {})[quad.predicate] = quad.object
    for said in by_subject.values():
        if said.get(RDF.type) == OWL.AllDisjointClasses:
            names = []
            rest = said.get(OWL.members)
            while rest in by_subject:
                names.append(_local(by_subject[rest].get(RDF.first)))
                rest = by_subject[rest].get(RDF.rest)
            yield from (frozenset(pair) for pair in combinations([name for name in names if name], 2))
