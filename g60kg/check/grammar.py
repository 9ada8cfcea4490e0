"""Class expressions and data ranges of a file, and whether each may stand where it does.

A blank node is read as the class expression that OWL means by it (OWL 2 Mapping to RDF Graphs, table 13),
and held against the grammar of OWL 2 RL for its position: `sub`, `super`, `equivalent`, or `filler` (a
subclass or owl:Thing), which `ontology/profile.yaml` holds with the names and the rules. Source: OWL 2
Profiles, sections 4.2.1, 4.2.3 and 4.2.4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml
from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.resources import resource
from g60kg.terms import OWL, RDF, RDFS, XSD, curie, iri
from g60kg.triples import BrokenListError, Node, Term, Triples

_DATA: Final[dict[str, Any]] = yaml.safe_load(resource("ontology", "profile.yaml").read_text("utf-8"))


def _named(key: str) -> frozenset[NamedNode]:
    names = _DATA["names"][key].items()
    return frozenset(iri(f"{prefix}:{name}") for prefix, listed in names for name in listed.split())


def _builders(key: str) -> dict[NamedNode, str]:
    return {OWL[name]: kind for name, kind in _DATA["builders"][key].items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of the profile forbids, in words, and how to mend a breach of it."""

    text: str
    mend: str


RESERVED: Final = (OWL.base, RDF.base, RDFS.base, XSD.base)
_DATATYPES: Final = _named("datatypes")
BUILT_IN_CLASSES: Final = _named("classes")
_KEYS: Final = ("datatypes", "classes", "object properties", "data properties", "annotations")
BUILT_IN: Final = frozenset(name for key in _KEYS for name in _named(key))
OBJECT_CHARACTERISTICS: Final = _named("characteristics")
META: Final = _named("meta") | OBJECT_CHARACTERISTICS
"""What rdf:type may lead to without being a class of the ontology."""
STRUCTURE: Final = _named("structure")
"""The predicates that build axioms and expressions."""
GRAMMAR: Final[dict[str, dict[str, str]]] = _DATA["grammar"]
_LISTS: Final = _builders("lists")
RESTRICTIONS: Final = _builders("restrictions")
BUILDERS: Final = _LISTS | _builders("complement") | RESTRICTIONS
CARDINALITIES: Final = ("min", "max", "exact")
WITH_RULES: Final = frozenset(
    builder for builder, kind in BUILDERS.items() if kind not in ("min", "exact", "has-self")
)
DATA_BUILDERS: Final = {
    OWL.datatypeComplementOf: "data-complement",
    OWL.onDatatype: "data-facets",
    OWL.withRestrictions: "data-facets",
}
_FORBIDDEN_RANGES: Final = {OWL.oneOf: "data-one-of", OWL.unionOf: "data-union", **DATA_BUILDERS}
_EXPRESSIONS: Final = {
    f"{position}-{kind}": Rule(f"{words} {where}", mend)
    for position, (where, mend) in _DATA["positions"].items()
    for kind, words in _DATA["kinds"].items()
    if kind not in GRAMMAR[position]
}
RULES: Final = _EXPRESSIONS | {name: Rule(*said) for name, said in _DATA["rules"].items()}
INEXPRESSIBLE: Final = frozenset(
    name for name in (*_EXPRESSIONS, *_DATA["inexpressible"]) if not name.endswith("-thing")
)
"""The rules whose breach takes from an axiom what no rule of the reasoner would say."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, the node where, what stands there, and the term of OWL that builds it."""

    rule: str
    node: Term
    detail: str = ""
    builder: NamedNode | None = None


class MalformedError(ValueError):
    """A node that is no class expression or list; the text says why."""


class Ontology:
    """The triples of an ontology, with its declarations (Structural Specification, section 5.8)."""

    def __init__(self, triples: Triples) -> None:
        self.triples = triples
        self.classes = self._declared(OWL.Class, OWL.Restriction) | BUILT_IN_CLASSES
        self.datatypes = self._declared(RDFS.Datatype)
        data_only = self._declared(OWL.DatatypeProperty) - self._declared(OWL.ObjectProperty)
        objects = self._declared(OWL.ObjectProperty, *OBJECT_CHARACTERISTICS) - data_only
        self.object_properties = objects | _named("object properties")
        self.data_properties = self._declared(OWL.DatatypeProperty) | _named("data properties")
        self.annotation_properties = self._declared(OWL.AnnotationProperty) | _named("annotations")
        self.logical_properties = self.object_properties | self.data_properties
        self.properties = self.logical_properties | self.annotation_properties

    def _declared(self, *kinds: NamedNode) -> set[NamedNode]:
        return {node for kind in kinds for node in self.triples.typed(kind) if isinstance(node, NamedNode)}

    def is_datatype(self, node: Term) -> bool:
        """Whether the node is a data range: a datatype, or a blank node declared as one."""
        if isinstance(node, Literal):
            return False
        return node in _DATATYPES or RDFS.Datatype in self.triples.objects(node, RDF.type)

    def items(self, head: Term, least: int = 1) -> tuple[Term, ...]:
        """Return the members of an RDF list of at least so many; raises `MalformedError`."""
        try:
            items = tuple(self.triples.items(head))
        except BrokenListError:
            raise MalformedError("a list is broken") from None
        if len(items) < least:
            raise MalformedError(f"a list has fewer than {least} members")
        return items


@dataclass(frozen=True, slots=True)
class Expression:
    """A class expression: its kind and operands; of a restriction its property and number; its builder."""

    kind: str
    parts: tuple[Term, ...] = ()
    property: Node | None = None
    number: int = 0
    builder: NamedNode | None = None


def read_expression(ontology: Ontology, node: Term) -> Expression:
    """Read a node as a class expression; raises `MalformedError`."""
    if isinstance(node, NamedNode):
        return Expression("thing" if node == OWL.Thing else "class", (node,))
    if isinstance(node, Literal):
        raise MalformedError("a literal stands where a class is needed")
    built = [(builder, value) for builder in BUILDERS for value in ontology.triples.objects(node, builder)]
    if len(built) != 1:
        raise MalformedError(
            "a class expression has no constructor" if not built else "several constructors in one"
        )
    builder, value = built[0]
    if builder in _LISTS:
        return Expression(BUILDERS[builder], ontology.items(value), builder=builder)
    if builder == OWL.complementOf:
        return Expression("complement", (value,), builder=builder)
    return _read_restriction(ontology, node, builder, value)


def _read_restriction(ontology: Ontology, node: Node, builder: NamedNode, value: Term) -> Expression:
    triples = ontology.triples
    if triples.objects(node, OWL.onProperties):
        return Expression("n-ary", (value,), builder=OWL.onProperties)
    properties = triples.nodes(node, OWL.onProperty)
    if len(properties) != 1:
        wrong = "needs exactly one" if properties else "has no"
        raise MalformedError(f"a restriction {wrong} owl:onProperty")
    if RESTRICTIONS[builder] not in CARDINALITIES:
        return Expression(RESTRICTIONS[builder], (value,), properties[0], builder=builder)
    fillers = triples.objects(node, OWL.onClass) + triples.objects(node, OWL.onDataRange)
    if builder == OWL.maxQualifiedCardinality and not fillers:
        raise MalformedError("owl:maxQualifiedCardinality has no owl:onClass")
    if not (isinstance(value, Literal) and value.value.isdecimal()):
        raise MalformedError("a cardinality is no non-negative integer")
    return Expression(RESTRICTIONS[builder], tuple(fillers), properties[0], int(value.value), builder)


def check_class(
    ontology: Ontology, at: Node, node: Term, position: str, above: tuple[Term, ...] = ()
) -> Iterator[Breach]:
    """Yield what the class expression breaks where it stands; `at` is the subject of its axiom."""
    if node in above:
        yield Breach("malformed", at, "a class expression contains itself")
        return
    try:
        expression = read_expression(ontology, node)
    except MalformedError as error:
        yield Breach("malformed", at, str(error))
        return
    if isinstance(node, NamedNode) and node not in ontology.classes:
        yield Breach("undeclared-class", node)
    if position == "filler" and expression.kind == "thing":
        return
    yield from _check(ontology, at, expression, "sub" if position == "filler" else position, (*above, node))


def _check(
    ontology: Ontology, at: Node, expression: Expression, position: str, above: tuple[Term, ...]
) -> Iterator[Breach]:
    if expression.kind == "n-ary":
        yield Breach("n-ary", at, builder=expression.builder)
        return
    name = expression.property
    if isinstance(name, NamedNode) and name not in ontology.logical_properties:
        yield Breach("undeclared-property", name)
    inner = GRAMMAR[position].get(expression.kind)
    if inner is None:
        yield Breach(f"{position}-{expression.kind}", at, builder=expression.builder)
        return
    if expression.kind == "max" and expression.number > 1:
        yield Breach("max-above-one", at, builder=expression.builder)
    for part in expression.parts if inner else ():
        if inner in ("individual", "value"):
            if isinstance(part, BlankNode):
                yield Breach("anonymous", at)
            yield from check_literal(at, part)
        elif name in ontology.data_properties or ontology.is_datatype(part):
            yield from check_range(ontology, at, part)
        else:
            yield from check_class(ontology, at, part, inner, above)


def read_list(
    ontology: Ontology, at: Node, head: Term, least: int = 1
) -> tuple[tuple[Term, ...], tuple[Breach, ...]]:
    """Return the members of a list, or none and the breach that it is malformed."""
    try:
        return ontology.items(head, least), ()
    except MalformedError as error:
        return (), (Breach("malformed", at, str(error)),)


def check_range(ontology: Ontology, at: Node, node: Term) -> Iterator[Breach]:
    """Yield what the data range breaks; `at` is the subject of its axiom."""
    if isinstance(node, Literal):
        yield Breach("malformed", at, "a literal stands where a datatype is needed")
    elif isinstance(node, BlankNode):
        yield from _built_range(ontology, at, node)
    elif node in _DATATYPES:
        return
    elif node.value.startswith(RESERVED):
        yield Breach("datatype", at, curie(node))
    elif node not in ontology.datatypes:
        yield Breach("undeclared-datatype", node)
    elif not ontology.triples.objects(node, OWL.equivalentClass):
        yield Breach("datatype", at, f"{curie(node)} has no definition (owl:equivalentClass)")


def _built_range(ontology: Ontology, at: Node, node: BlankNode) -> Iterator[Breach]:
    for predicate, rule in _FORBIDDEN_RANGES.items():
        if ontology.triples.objects(node, predicate):
            yield Breach(rule, at, builder=predicate)
            return
    heads = ontology.triples.objects(node, OWL.intersectionOf)
    if not heads:
        yield Breach("malformed", at, "a data range has no constructor")
        return
    parts, broken = read_list(ontology, at, heads[0])
    yield from broken
    for part in parts:
        yield from check_range(ontology, at, part)


def check_literal(at: Node, value: Term) -> Iterator[Breach]:
    """Yield a breach for a literal whose datatype the profile does not have."""
    if isinstance(value, Literal) and value.datatype not in _DATATYPES:
        yield Breach("literal", at, f'"{value.value}" is {curie(value.datatype)}')
