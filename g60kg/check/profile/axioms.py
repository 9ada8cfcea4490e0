"""The axioms of a file, one predicate at a time: where each puts its classes, and which are none of OWL 2 RL.

Goes in: an ontology. Comes out: breaches. Source: OWL 2 Profiles, section 4.2.5; OWL 2 Mapping to RDF Graphs,
tables 16 and 18.
"""

from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from g60kg.check.profile.classes import GRAMMAR, check_class
from g60kg.check.profile.data import check_range
from g60kg.check.profile.expressions import BUILDERS, MalformedError, read_list
from g60kg.check.profile.ontology import Breach, Ontology
from g60kg.check.triples import Node, Term
from g60kg.terms import OWL, RDFS

Check = Callable[[Ontology, Node, Term], Iterator[Breach]]


def check_axioms(ontology: Ontology) -> Iterator[Breach]:
    """Yield what the class and range axioms break."""
    for subject, predicate, value in ontology.triples:
        check = _CHECKS.get(predicate)
        if check is not None:
            yield from check(ontology, subject, value)
        elif predicate in BUILDERS and isinstance(subject, NamedNode):
            yield from _named_definition(ontology, subject, predicate)
    for kind, member_check in _LISTS.items():
        for node in ontology.triples.typed(kind):
            yield from _members(ontology, node, member_check)


def _sub_class_of(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    yield from check_class(ontology, subject, subject, "sub")
    yield from check_class(ontology, subject, value, "super")


def _equivalent_class(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    if subject in ontology.datatypes:
        yield from check_range(ontology, subject, value)
        return
    yield from check_class(ontology, subject, subject, "equivalent")
    yield from check_class(ontology, subject, value, "equivalent")


def _disjoint(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    yield from check_class(ontology, subject, subject, "sub")
    yield from check_class(ontology, subject, value, "sub")


def _domain(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    if subject not in ontology.annotation_properties:
        yield from check_class(ontology, subject, value, "super")


def _range(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    if subject in ontology.annotation_properties:
        return
    if subject in ontology.data_properties or ontology.is_datatype(value):
        yield from check_range(ontology, subject, value)
    else:
        yield from check_class(ontology, subject, value, "super")


def _disjoint_union(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    yield Breach("disjoint-union", subject)


def _has_key(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    yield from check_class(ontology, subject, subject, "sub")
    yield from _properties(ontology, subject, value, least=1)


def _chain(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    yield from _properties(ontology, subject, value, least=2)


def _properties(ontology: Ontology, subject: Node, head: Term, least: int) -> Iterator[Breach]:
    try:
        items = read_list(ontology, head, least)
    except MalformedError as error:
        yield Breach("malformed", subject, str(error))
        return
    declared = ontology.object_properties | ontology.data_properties
    yield from (
        Breach("undeclared-property", item)
        for item in items
        if isinstance(item, NamedNode) and item not in declared
    )


def _same(ontology: Ontology, subject: Node, value: Term) -> Iterator[Breach]:
    if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
        yield Breach("anonymous", subject)


def _named_definition(ontology: Ontology, subject: NamedNode, predicate: NamedNode) -> Iterator[Breach]:
    """A named class with a constructor of its own is an equivalence (table 18), read as if it were blank."""
    kind = BUILDERS[predicate]
    if kind not in GRAMMAR["equivalent"]:
        yield Breach(f"equivalent-{kind}", subject)
    if kind != "intersection":
        return
    for head in ontology.triples.objects(subject, predicate):
        try:
            items = read_list(ontology, head)
        except MalformedError as error:
            yield Breach("malformed", subject, str(error))
            continue
        for item in items:
            yield from check_class(ontology, subject, item, "equivalent")


def _members(ontology: Ontology, node: Node, check: Check) -> Iterator[Breach]:
    heads = ontology.triples.objects(node, OWL.members) + ontology.triples.objects(node, OWL.distinctMembers)
    try:
        items = read_list(ontology, heads[0], least=2) if heads else None
    except MalformedError as error:
        yield Breach("malformed", node, str(error))
        return
    if items is None:
        yield Breach("malformed", node, "owl:members is missing")
    for item in items or ():
        yield from check(ontology, node, item)


def _member_class(ontology: Ontology, node: Node, item: Term) -> Iterator[Breach]:
    yield from check_class(ontology, node, item, "sub")


def _member_individual(ontology: Ontology, node: Node, item: Term) -> Iterator[Breach]:
    if isinstance(item, BlankNode):
        yield Breach("anonymous", node)


_CHECKS: Final[dict[NamedNode, Check]] = {
    RDFS.subClassOf: _sub_class_of,
    OWL.equivalentClass: _equivalent_class,
    OWL.disjointWith: _disjoint,
    OWL.disjointUnionOf: _disjoint_union,
    OWL.hasKey: _has_key,
    OWL.propertyChainAxiom: _chain,
    OWL.sameAs: _same,
    OWL.differentFrom: _same,
    RDFS.domain: _domain,
    RDFS.range: _range,
}
_LISTS: Final = {OWL.AllDisjointClasses: _member_class, OWL.AllDifferent: _member_individual}
