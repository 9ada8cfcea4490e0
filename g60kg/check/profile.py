"""The profile check: is an ontology within OWL 2 RL?

Here are the axioms and assertions: where each puts its classes, and what its names are declared to be;
beside it are the grammar of class expressions, the properties, and the rules. Source: OWL 2 Profiles,
section 4.2; OWL 2 Mapping to RDF Graphs, tables 16 and 18; OWL 2 Structural Specification, sections 2.4,
5.8 and 11.2.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.check.grammar import (
    BUILDERS,
    BUILT_IN,
    BUILT_IN_CLASSES,
    DATA_BUILDERS,
    GRAMMAR,
    INEXPRESSIBLE,
    META,
    RESERVED,
    RULES,
    STRUCTURE,
    WITH_RULES,
    Breach,
    Ontology,
    check_class,
    check_literal,
    check_range,
    read_list,
)
from g60kg.check.properties import check_properties
from g60kg.check.report import Finding, Place, Report, shapes_file
from g60kg.terms import OWL, RDF, RDFS, curie
from g60kg.triples import Node, Term, Triples, read_triples

# axiom -> the positions of its subject and of its object; None where no class stands
_POSITIONS: Final[dict[NamedNode, tuple[str | None, str | None]]] = {
    RDFS.subClassOf: ("sub", "super"),
    OWL.equivalentClass: ("equivalent", "equivalent"),
    OWL.disjointWith: ("sub", "sub"),
    OWL.hasKey: ("sub", None),
    RDFS.domain: (None, "super"),
    RDFS.range: (None, "super"),
}
_SHORTEST: Final = {OWL.hasKey: 1, OWL.propertyChainAxiom: 2}


def check_profile(path: str | Path) -> Report:
    """Check that a file lies in the OWL 2 RL profile.

    The file is checked as it stands: what it imports is not fetched, and said to be unchecked. Raises
    `OntologyError` for a file that cannot be read as RDF. Source: OWL 2 Profiles, section 4.2, with the
    global restrictions of OWL 2 DL (Structural Specification, section 11) that it rests on.
    """
    triples = read_triples(path)
    if triples.is_shapes:
        return Report.of("profile", [shapes_file("profile", str(path))])
    findings = [
        Finding(
            "profile",
            "error",
            Place(str(path), triples.owner(breach.node)),
            breach.rule,
            _message(breach),
            RULES[breach.rule].mend,
        )
        for breach in _breaches(triples)
    ]
    return Report.of("profile", [*findings, *_imports(str(path), triples)])


def inexpressible(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield each breach that leaves an axiom without a rule of OWL 2 RL that says it, by term and construct.

    A name that is itself defined as a union, say, has a rule (cls-uni), though the profile leaves it out.
    """
    known = Triples(triples)
    for breach in _breaches(known):
        node, builder = breach.node, breach.builder
        named = isinstance(node, NamedNode) and builder in WITH_RULES and known.objects(node, builder)
        if breach.rule in INEXPRESSIBLE and not named:
            message, name = _message(breach), curie(builder) if builder else ""
            yield f"{known.owner(node)}: {message}{'' if name in message else f' ({name})'}"


def _breaches(triples: Triples) -> Iterator[Breach]:
    ontology = Ontology(triples)
    yield from _axioms(ontology)
    yield from _entities(ontology)
    yield from check_properties(ontology)


def _message(breach: Breach) -> str:
    text = RULES[breach.rule].text
    return f"{text}: {breach.detail}" if breach.detail else text


def _imports(file: str, triples: Triples) -> Iterator[Finding]:
    message = "an import, which is not fetched and stays unchecked"
    mend = "declare the borrowed terms here instead"
    for _, predicate, value in triples:
        if predicate == OWL.imports and isinstance(value, NamedNode):
            yield Finding("profile", "warning", Place(file, value.value), "imports", message, mend)


def _axioms(ontology: Ontology) -> Iterator[Breach]:
    """Yield what the axioms about classes, ranges and individuals break."""
    for subject, predicate, value in ontology.triples:
        if predicate in STRUCTURE:
            yield from _axiom(ontology, subject, predicate, value)
    for kind in (OWL.AllDisjointClasses, OWL.AllDifferent):
        for node in ontology.triples.typed(kind):
            yield from _about_several(ontology, node, kind)


def _about_several(ontology: Ontology, node: Node, kind: NamedNode) -> Iterator[Breach]:
    heads = ontology.triples.objects(node, OWL.members) + ontology.triples.objects(node, OWL.distinctMembers)
    if not heads:
        yield Breach("malformed", node, "owl:members is missing")
        return
    items, broken = read_list(ontology, node, heads[0], least=2)
    yield from broken
    for item in items:
        if kind == OWL.AllDisjointClasses:
            yield from check_class(ontology, node, item, "sub")
        elif isinstance(item, BlankNode):
            yield Breach("anonymous", node)


def _axiom(ontology: Ontology, subject: Node, predicate: NamedNode, value: Term) -> Iterator[Breach]:
    if predicate in (RDFS.domain, RDFS.range) and subject in ontology.annotation_properties:
        return
    if _is_about_data(ontology, subject, predicate, value):
        yield from check_range(ontology, subject, value)
        return
    for node, position in zip((subject, value), _POSITIONS.get(predicate, ()), strict=False):
        if position:
            yield from check_class(ontology, subject, node, position)
    if predicate in _SHORTEST:
        items, broken = read_list(ontology, subject, value, _SHORTEST[predicate])
        yield from broken
        for item in items:
            if isinstance(item, NamedNode) and item not in ontology.logical_properties:
                yield Breach("undeclared-property", item)
    elif predicate == OWL.disjointUnionOf:
        yield Breach("disjoint-union", subject, builder=predicate)
    elif predicate in (OWL.sameAs, OWL.differentFrom):
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            yield Breach("anonymous", subject)
    elif predicate in DATA_BUILDERS and isinstance(subject, NamedNode):
        yield Breach(DATA_BUILDERS[predicate], subject, builder=predicate)
    elif predicate in BUILDERS and isinstance(subject, NamedNode):
        yield from _named_definition(ontology, subject, predicate)


def _is_about_data(ontology: Ontology, subject: Node, predicate: NamedNode, value: Term) -> bool:
    if predicate == RDFS.range:
        return subject in ontology.data_properties or ontology.is_datatype(value)
    return predicate == OWL.equivalentClass and subject in ontology.datatypes


def _named_definition(ontology: Ontology, subject: NamedNode, predicate: NamedNode) -> Iterator[Breach]:
    """A named class with a constructor of its own is an equivalence (table 18), read as if it were blank."""
    kind = BUILDERS[predicate]
    if kind not in GRAMMAR["equivalent"]:
        yield Breach(f"equivalent-{kind}", subject, builder=predicate)
    for head in ontology.triples.objects(subject, predicate) if kind == "intersection" else ():
        items, broken = read_list(ontology, subject, head)
        yield from broken
        for item in items:
            yield from check_class(ontology, subject, item, "equivalent")


def _entities(ontology: Ontology) -> Iterator[Breach]:
    """Yield what declarations and assertions break: each IRI is of one kind, and used as what it is."""
    yield from _declarations(ontology)
    for subject, predicate, value in ontology.triples:
        if predicate == RDF.type:
            yield from _type(ontology, subject, value)
        elif predicate not in STRUCTURE:
            yield from _assertion(ontology, subject, predicate, value)
    triples = ontology.triples
    for node in triples.typed(OWL.NegativePropertyAssertion):
        ends = triples.objects(node, OWL.sourceIndividual) + triples.objects(node, OWL.targetIndividual)
        if any(isinstance(end, BlankNode) for end in ends):
            yield Breach("anonymous", node)
        for value in triples.objects(node, OWL.targetValue):
            yield from check_literal(node, value)


def _declarations(ontology: Ontology) -> Iterator[Breach]:
    objects, data = ontology.object_properties, ontology.data_properties
    notes = ontology.annotation_properties
    for name in (objects & data) | (objects & notes) | (data & notes):
        yield Breach("property-kinds", name)
    for name in ontology.classes & ontology.datatypes:
        yield Breach("class-kinds", name)
    for name in (ontology.classes | ontology.datatypes | ontology.properties) - BUILT_IN:
        if name.value.startswith(RESERVED):
            yield Breach("reserved", name, f"{curie(name)} is declared")


def _type(ontology: Ontology, subject: Node, kind: Term) -> Iterator[Breach]:
    if kind in META:
        return
    if isinstance(kind, NamedNode) and kind.value.startswith(RESERVED) and kind not in BUILT_IN_CLASSES:
        yield Breach("reserved", subject, f"{curie(kind)} is used as a class")
    else:
        yield from check_class(ontology, subject, kind, "super")


def _assertion(ontology: Ontology, subject: Node, predicate: NamedNode, value: Term) -> Iterator[Breach]:
    if predicate in ontology.annotation_properties:
        return
    if predicate.value.startswith(RESERVED):
        yield Breach("reserved", subject, f"{curie(predicate)} is used as a property")
    elif predicate in ontology.object_properties:
        if isinstance(value, Literal):
            yield Breach("object-value", subject, f"{curie(predicate)} has a literal")
    elif predicate not in ontology.data_properties:
        yield Breach("undeclared-property", predicate)
    elif isinstance(value, Literal):
        yield from check_literal(subject, value)
    else:
        yield Breach("data-value", subject, f"{curie(predicate)} has an individual")
