"""The axioms of an ontology, looked up from either end, and as sentences without their words.

A `Sentence` says which sentence it is and what stands in it; its words are those of a language. All that
is given is sorted, so that a page is the same whenever the ontology is. Source: OWL 2 Web Ontology
Language, Structural Specification, sections 8 and 9.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Union

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from g60kg.terms import OWL, RDF, RDFS, SCHEMA

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


Part = Union[NamedNode, Literal, str, "Sentence", tuple["Part", ...]]

_NATURES: Final = ("Transitive", "Symmetric", "Asymmetric", "Irreflexive", "Functional", "InverseFunctional")
_VARIABLES: Final = "xyzuvw"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: the key of its words, and its parts by name."""

    key: str
    parts: tuple[tuple[str, Part], ...]


def _sentence(key: str, /, **parts: Part) -> Sentence:
    return Sentence(key, tuple(parts.items()))


def of_class(axioms: Axioms, class_: NamedNode) -> Iterator[Sentence]:
    """Yield what holds of a class, beside its place in the hierarchy."""
    for same in axioms.all(class_, OWL.equivalentClass):
        yield _sentence("exactly", a=class_, e=_expression(axioms, same))
    for enough in axioms.having(RDFS.subClassOf, class_):
        if not isinstance(enough, NamedNode):
            yield _sentence("enough", a=class_, e=_expression(axioms, enough))
    for group in axioms.apart:
        others = tuple(each for each in group if each != class_)
        if len(others) < len(group):
            yield _sentence("apart", a=class_, others=others)


def of_property(axioms: Axioms, name: NamedNode) -> Iterator[Sentence]:
    """Yield what holds of a property."""
    types = axioms.all(name, RDF.type)
    yield from (_sentence(nature, p=name) for nature in _NATURES if OWL[f"{nature}Property"] in types)
    for above in axioms.named(name, RDFS.subPropertyOf):
        yield _sentence("implies", p=name, q=above)
    for other in {*axioms.named(name, OWL.inverseOf), *axioms.having(OWL.inverseOf, name)}:
        if isinstance(other, NamedNode):
            yield _sentence("inverse", p=name, q=other)
    for chain in axioms.all(name, OWL.propertyChainAxiom):
        yield _chain(axioms.members(chain), name)
    yield from _ends(axioms, name)


def _ends(axioms: Axioms, name: NamedNode) -> Iterator[Sentence]:
    """Yield what a property leads from and to: what follows from it, and what is meant."""
    for key, predicate in (("domain", RDFS.domain), ("range", RDFS.range)):
        for class_ in axioms.named(name, predicate):
            yield _sentence(key, p=name, c=class_)
    for key, predicate in (("from", SCHEMA.domainIncludes), ("to", SCHEMA.rangeIncludes)):
        meant = tuple(axioms.named(name, predicate))
        if meant:
            yield _sentence(key, classes=meant)


def _chain(steps: list[End], name: NamedNode) -> Sentence:
    parts = tuple(
        _sentence("step", x=_VARIABLES[place], p=step, y=_VARIABLES[place + 1])
        for place, step in enumerate(steps)
        if isinstance(step, NamedNode)
    )
    return _sentence("chain", steps=parts, p=name, last=_VARIABLES[len(parts)])


def _expression(axioms: Axioms, node: End) -> Part:
    """Return a class, or what describes one."""
    if isinstance(node, NamedNode):
        return node
    members = axioms.members(axioms.one(node, OWL.intersectionOf)) or [node]
    named = tuple(each for each in members if isinstance(each, NamedNode))
    limits = tuple(_limit(axioms, each) for each in members if not isinstance(each, NamedNode))
    if not named:
        return _sentence("whatever", limits=limits)
    return _sentence("whose", c=named, limits=limits) if limits else named


def _limit(axioms: Axioms, node: End) -> Part:
    """Return what a restriction asks for."""
    name = axioms.one(node, OWL.onProperty)
    value = axioms.one(node, OWL.hasValue)
    if isinstance(name, NamedNode) and isinstance(value, NamedNode | Literal):
        return _sentence("value", p=name, v=value)
    for key in ("someValuesFrom", "allValuesFrom"):
        filler = axioms.one(node, OWL[key])
        if isinstance(name, NamedNode) and filler is not None:
            return _sentence(key, p=name, e=_expression(axioms, filler))
    return _sentence("unsaid")
