"""The axioms of an ontology, looked up from either end, and as sentences without their words.

A `Sentence` says which sentence it is and what stands in it; its words are those of a language. All that
is given is sorted, so that a page is the same whenever the ontology is. Source: OWL 2 Web Ontology
Language, Structural Specification, sections 8 and 9.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Union

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.terms import OWL, RDF, RDFS, SCHEMA
from g60kg.triples import Node, Term, Triples


class Axioms(Triples):
    """The triples of an ontology, sorted."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        super().__init__(quad.triple for quad in sorted(quads, key=str))

    def named(self, subject: Node, predicate: NamedNode) -> list[NamedNode]:
        """Return the objects of a subject that are IRIs."""
        return [each for each in self.objects(subject, predicate) if isinstance(each, NamedNode)]

    def of_type(self, *types: NamedNode) -> list[NamedNode]:
        """Return the IRIs of some types."""
        found = {each for kind in types for each in self.typed(kind)}
        return sorted((each for each in found if isinstance(each, NamedNode)), key=str)

    def members(self, subject: Node, predicate: NamedNode) -> list[Term]:
        """Return the members of the list that a property leads to; none where it leads to none."""
        return next((self.items(head) for head in self.objects(subject, predicate)), [])

    @cached_property
    def apart(self) -> tuple[tuple[NamedNode, ...], ...]:
        """The groups of classes of which nothing belongs to two."""
        found = [self.members(node, OWL.members) for node in self.typed(OWL.AllDisjointClasses)]
        for class_ in self.of_type(OWL.Class):
            found += [[class_, other] for other in self.named(class_, OWL.disjointWith)]
        return tuple(tuple(each for each in group if isinstance(each, NamedNode)) for group in found)

    def texts(self, subject: Node, predicate: NamedNode) -> dict[str, str]:
        """Return the texts of a subject by language."""
        found = (each for each in self.objects(subject, predicate) if isinstance(each, Literal))
        return {each.language or "": each.value for each in found}


Part = Union[NamedNode, Literal, str, "Sentence", tuple["Part", ...]]

_NATURES: Final = ("Transitive", "Symmetric", "Asymmetric", "Irreflexive", "Functional", "InverseFunctional")
_VARIABLES: Final = "xyzuvw"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: the key of its words, and its parts by name."""

    key: str
    parts: Mapping[str, Part]


def _sentence(key: str, /, **parts: Part) -> Sentence:
    return Sentence(key, parts)


def of_class(axioms: Axioms, class_: NamedNode) -> Iterator[Sentence]:
    """Yield what holds of a class, beside its place in the hierarchy."""
    for same in axioms.objects(class_, OWL.equivalentClass):
        yield _sentence("exactly", a=class_, e=_expression(axioms, same))
    for enough in axioms.subjects(RDFS.subClassOf, class_):
        if not isinstance(enough, NamedNode):
            yield _sentence("enough", a=class_, e=_expression(axioms, enough))
    for group in axioms.apart:
        others = tuple(each for each in group if each != class_)
        if len(others) < len(group):
            yield _sentence("apart", a=class_, others=others)


def of_property(axioms: Axioms, name: NamedNode) -> Iterator[Sentence]:
    """Yield what holds of a property; last what it leads from and to: what follows from it, what is meant."""
    types = axioms.objects(name, RDF.type)
    yield from (_sentence(nature, p=name) for nature in _NATURES if OWL[f"{nature}Property"] in types)
    for above in axioms.named(name, RDFS.subPropertyOf):
        yield _sentence("implies", p=name, q=above)
    for other in {*axioms.named(name, OWL.inverseOf), *axioms.subjects(OWL.inverseOf, name)}:
        if isinstance(other, NamedNode):
            yield _sentence("inverse", p=name, q=other)
    for chain in axioms.objects(name, OWL.propertyChainAxiom):
        named = [step for step in axioms.items(chain) if isinstance(step, NamedNode)]
        ends = zip(_VARIABLES, named, _VARIABLES[1:], strict=False)
        steps = tuple(_sentence("step", x=x, p=step, y=y) for x, step, y in ends)
        yield _sentence("chain", steps=steps, p=name, last=_VARIABLES[len(steps)])
    for key, predicate in (("domain", RDFS.domain), ("range", RDFS.range)):
        for class_ in axioms.named(name, predicate):
            yield _sentence(key, p=name, c=class_)
    for key, predicate in (("from", SCHEMA.domainIncludes), ("to", SCHEMA.rangeIncludes)):
        meant = tuple(axioms.named(name, predicate))
        if meant:
            yield _sentence(key, classes=meant)


def _expression(axioms: Axioms, node: Term) -> Part:
    """Return a class, or what describes one."""
    if isinstance(node, NamedNode):
        return node
    members = (axioms.members(node, OWL.intersectionOf) if isinstance(node, Node) else []) or [node]
    named = tuple(each for each in members if isinstance(each, NamedNode))
    limits = tuple(_limit(axioms, each) for each in members if not isinstance(each, NamedNode))
    if not named:
        return _sentence("whatever", limits=limits)
    return _sentence("whose", c=named, limits=limits) if limits else named


def _limit(axioms: Axioms, node: Term) -> Part:
    """Return what a restriction asks for."""
    if not isinstance(node, Node):
        return _sentence("unsaid")
    for name in axioms.named(node, OWL.onProperty):
        for value in axioms.objects(node, OWL.hasValue):
            if isinstance(value, NamedNode | Literal):
                return _sentence("value", p=name, v=value)
        for key in ("someValuesFrom", "allValuesFrom"):
            for filler in axioms.objects(node, OWL[key]):
                return _sentence(key, p=name, e=_expression(axioms, filler))
    return _sentence("unsaid")
