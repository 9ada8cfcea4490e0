"""What cannot be compiled is refused by name.

Goes in: the ontology as given. Comes out: nothing, or an `OntologyError` that names axiom and term.
Source: OWL 2 Profiles, section 4.2. This guards the compiler; a full report of a file is the checker's work.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from g60kg.errors import OntologyError
from g60kg.reason.compile.classes import cardinality
from g60kg.reason.compile.schema import Schema
from g60kg.reason.rules import Term, name_of
from g60kg.terms import OWL, RDFS

_NEVER: Final = (
    OWL.minCardinality,
    OWL.cardinality,
    OWL.minQualifiedCardinality,
    OWL.qualifiedCardinality,
    OWL.hasSelf,
    OWL.disjointUnionOf,
    OWL.onProperties,
    OWL.withRestrictions,
    OWL.onDatatype,
    OWL.datatypeComplementOf,
)
_NOT_ABOVE: Final = (OWL.unionOf, OWL.oneOf, OWL.someValuesFrom)
_NOT_BELOW: Final = (OWL.complementOf, OWL.allValuesFrom, OWL.maxCardinality, OWL.maxQualifiedCardinality)
_LISTS: Final = (
    OWL.intersectionOf,
    OWL.unionOf,
    OWL.oneOf,
    OWL.members,
    OWL.distinctMembers,
    OWL.propertyChainAxiom,
    OWL.hasKey,
)
_MEND: Final = "keep to the OWL 2 RL profile"


def check_profile(triples: Iterable[Triple]) -> None:
    """Raise `OntologyError` for the first axiom, in order of its text, that the rules cannot express."""
    schema = Schema((), triples)
    for problem in _problems(schema):
        raise OntologyError(problem, mend=_MEND)


def check_lists(triples: Iterable[Triple]) -> None:
    """Raise `OntologyError` for a list of the schema that is broken or has no end."""
    schema = Schema((), triples)
    for predicate in _LISTS:
        for _, head in schema.pairs(predicate):
            schema.items(head)


def _problems(schema: Schema) -> Iterator[str]:
    for predicate in _NEVER:
        for subject, _ in schema.pairs(predicate):
            yield f"{name_of(predicate)}{_place(schema, subject)} is outside OWL 2 RL"
    for subject in schema.of_type(OWL.ReflexiveProperty):
        yield f"owl:ReflexiveProperty{_place(schema, subject)} is outside OWL 2 RL"
    for predicate in (OWL.maxCardinality, OWL.maxQualifiedCardinality):
        for subject, number in schema.pairs(predicate):
            if cardinality(number) is None:
                yield f"{name_of(predicate)} {name_of(number)}{_place(schema, subject)} is not 0 or 1"
    yield from _unfinished(schema)
    yield from _reserved(schema)
    for above in _places(schema, above=True):
        yield from _unfit(schema, above, above=True)
    for below in _places(schema, above=False):
        yield from _unfit(schema, below, above=False)


def _unfinished(schema: Schema) -> Iterator[str]:
    fillers = (OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue)
    for predicate in (*fillers, OWL.maxCardinality, OWL.maxQualifiedCardinality):
        for subject, _ in schema.pairs(predicate):
            if not schema.objects(subject, OWL.onProperty):
                yield f"{name_of(predicate)}{_place(schema, subject)} has no owl:onProperty"
    for subject, _ in schema.pairs(OWL.maxQualifiedCardinality):
        if not schema.objects(subject, OWL.onClass) + schema.objects(subject, OWL.onDataRange):
            yield f"owl:maxQualifiedCardinality{_place(schema, subject)} has no owl:onClass"


def _reserved(schema: Schema) -> Iterator[str]:
    for predicate in (RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyChainAxiom):
        for one, other in schema.pairs(predicate):
            if OWL.sameAs in (one, other):
                yield f"{name_of(predicate)} of owl:sameAs is an axiom about equality itself"


def _places(schema: Schema, *, above: bool) -> Iterator[Term]:
    """Yield the class expressions that stand above (or below) others."""
    for below, over in schema.pairs(RDFS.subClassOf):
        yield over if above else below
    for one, other in schema.pairs(OWL.equivalentClass):
        yield from (one, other)
    if above:
        for predicate in (RDFS.domain, RDFS.range):
            yield from (kind for _, kind in schema.pairs(predicate))
    else:
        for one, other in schema.pairs(OWL.disjointWith):
            yield from (one, other)


def _unfit(schema: Schema, kind: Term, *, above: bool, outer: frozenset[Term] = frozenset()) -> Iterator[str]:
    if not isinstance(kind, BlankNode):
        return
    if kind in outer:
        yield f"a class expression{_place(schema, kind)} contains itself"
        return
    for predicate in _NOT_ABOVE if above else _NOT_BELOW:
        if schema.objects(kind, predicate):
            side = "above" if above else "below"
            yield f"{name_of(predicate)}{_place(schema, kind)} cannot stand {side} another class"
    inner = (OWL.intersectionOf,) if above else (OWL.intersectionOf, OWL.unionOf)
    for predicate in inner:
        for head in schema.objects(kind, predicate):
            for part in schema.items(head):
                yield from _unfit(schema, part, above=above, outer=outer | {kind})
    for filler in schema.objects(kind, OWL.allValuesFrom if above else OWL.someValuesFrom):
        yield from _unfit(schema, filler, above=above, outer=outer | {kind})


def _place(schema: Schema, subject: Term) -> str:
    """Say which named term an anonymous expression belongs to."""
    seen: set[Term] = set()
    while isinstance(subject, BlankNode) and subject not in seen:
        seen.add(subject)
        subject = next(_users(schema, subject), subject)
    return f" of {name_of(subject)}" if isinstance(subject, NamedNode) else ""


def _users(schema: Schema, node: Term) -> Iterator[Term]:
    for triple in sorted(schema.asserted, key=str):
        if triple.object == node and not isinstance(triple.subject, Triple):
            yield triple.subject
    for predicate in (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith):
        yield from schema.objects(node, predicate)
