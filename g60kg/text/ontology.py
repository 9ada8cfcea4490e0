"""The ontology as its file has it: classes and those above them, what properties join, what is disjoint.

Goes in: `ontology/g60.ttl`. Comes out: an `Ontology`; names of its own namespace are without prefix.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from g60kg.model import Entity
from g60kg.resources import resource
from g60kg.terms import G60, OWL, RDF, RDFS, SCHEMA
from g60kg.triples import parse_ontology

_SIDES: Final = {
    RDFS.domain: ("domain", True),
    RDFS.range: ("range", True),
    SCHEMA.domainIncludes: ("domain", False),
    SCHEMA.rangeIncludes: ("range", False),
}


@dataclass(frozen=True)
class Ontology:
    """The ontology's own terms, the named classes right above each class, and what goes with what.

    `needed` gives the classes that a property's `domain` or `range` must be of; `usual` gives those of which
    it must share an ancestor with one. `disjoint` are pairs of classes that nothing is of both.

    >>> ontology = load_ontology()
    >>> ontology.fits(["City"], "Park|Region"), ontology.are_apart("Company", "City")
    (True, True)
    """

    terms: frozenset[str]
    parents: Mapping[str, tuple[str, ...]]
    properties: frozenset[str]
    needed: Mapping[tuple[str, str], tuple[str, ...]]
    usual: Mapping[tuple[str, str], tuple[str, ...]]
    disjoint: frozenset[frozenset[str]]
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _entities: dict[tuple[tuple[str, ...], str], bool] = field(
        default_factory=dict, repr=False, compare=False
    )
    _apart: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)
    _misfits: dict[tuple[str, str, tuple[str, ...]], str | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    def above(self, name: str) -> frozenset[str]:
        """Return a class with all classes above it."""
        if name not in self._above:
            self._above[name] = frozenset({name})
            upper = (self.above(parent) for parent in self.parents.get(name, ()))
            self._above[name] = frozenset({name}).union(*upper)
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
        if key not in self._entities:
            self._entities[key] = self.fits([name.removeprefix("g60:") for name in meaning.types], kind)
        return self._entities[key]

    def are_apart(self, one: str, other: str) -> bool:
        """Tell whether nothing can be of both classes."""
        if (one, other) not in self._apart:
            pairs = (frozenset((a, b)) for a in self.above(one) for b in self.above(other))
            self._apart[one, other] = not self.disjoint.isdisjoint(pairs)
        return self._apart[one, other]

    def misfit(self, predicate: str, side: str, classes: tuple[str, ...]) -> str | None:
        """Say why a predicate does not join a subject (`domain`) or object (`range`) of some classes."""
        key = predicate, side, classes
        if key not in self._misfits:
            self._misfits[key] = self._misfit(*key)
        return self._misfits[key]

    def _misfit(self, predicate: str, side: str, classes: tuple[str, ...]) -> str | None:
        needed, usual = (rows.get((predicate, side), ()) for rows in (self.needed, self.usual))
        if not all(self.fits(classes, name) for name in needed):
            return f"{predicate} has a {side} of {' and '.join(needed)}, not {classes[0]}"
        akin = (not self.above(name).isdisjoint(self.above(other)) for name in classes for other in usual)
        if usual and not any(akin):
            return f"{predicate} has a {side} of {' or '.join(usual)}, not {classes[0]}"
        return None


@lru_cache(maxsize=2)
def load_ontology(path: Path | None = None) -> Ontology:
    """Return the packaged ontology, or that of a file."""
    triples = parse_ontology(path or resource("ontology", "g60.ttl"))
    terms: set[str] = set()
    properties: set[str] = set()
    parents: dict[str, list[str]] = {}
    sides: dict[bool, dict[tuple[str, str], list[str]]] = {True: {}, False: {}}
    for triple in triples:
        name, value = _own(triple.subject), _own(triple.object)
        if name is None:
            continue
        terms.add(name)
        if triple.predicate == RDF.type and triple.object in (OWL.ObjectProperty, OWL.DatatypeProperty):
            properties.add(name)
        elif (triple.predicate, triple.object) == (RDF.type, OWL.Class):
            parents.setdefault(name, [])
        elif triple.predicate == RDFS.subClassOf and isinstance(triple.object, NamedNode):
            parents.setdefault(name, []).extend([value] if value else [])
        elif value is not None and triple.predicate in _SIDES:
            side, hard = _SIDES[triple.predicate]
            sides[hard].setdefault((name, side), []).append(value)
    classes = {name: tuple(above) for name, above in parents.items()}
    needed, usual = ({key: tuple(names) for key, names in sides[hard].items()} for hard in (True, False))
    return Ontology(
        frozenset(terms), classes, frozenset(properties), needed, usual, frozenset(_disjoint(triples))
    )


def _own(term: object) -> str | None:
    if isinstance(term, NamedNode) and term.value.startswith(G60.base):
        return term.value.removeprefix(G60.base)
    return None


def _disjoint(triples: Iterable[Triple]) -> Iterator[frozenset[str]]:
    """Yield the pairs of classes that are disjoint, those of lists included."""
    blank: dict[object, dict[NamedNode, object]] = {}
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            blank.setdefault(triple.subject, {})[triple.predicate] = triple.object
        one, other = _own(triple.subject), _own(triple.object)
        if triple.predicate == OWL.disjointWith and one and other:
            yield frozenset((one, other))
    for said in blank.values():
        if said.get(RDF.type) == OWL.AllDisjointClasses:
            names: list[str | None] = []
            rest = said.get(OWL.members)
            while rest in blank:
                names.append(_own(blank[rest].get(RDF.first)))
                rest = blank[rest].get(RDF.rest)
            yield from (frozenset(pair) for pair in combinations(filter(None, names), 2))
