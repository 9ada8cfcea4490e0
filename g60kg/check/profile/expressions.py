"""Class expressions: a blank node of the file read as what OWL means by it.

Goes in: an ontology and a node. Comes out: its `Expression`, of one kind, with its parts.
Source: OWL 2 Mapping to RDF Graphs, table 13.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.check.profile.ontology import Ontology
from g60kg.check.triples import BrokenListError, Node, Term
from g60kg.terms import OWL

LISTS: Final = {OWL.intersectionOf: "intersection", OWL.unionOf: "union", OWL.oneOf: "one-of"}
RESTRICTIONS: Final = {
    OWL.someValuesFrom: "some",
    OWL.allValuesFrom: "all",
    OWL.hasValue: "has-value",
    OWL.hasSelf: "has-self",
    OWL.minCardinality: "min",
    OWL.maxCardinality: "max",
    OWL.cardinality: "exact",
    OWL.minQualifiedCardinality: "min",
    OWL.maxQualifiedCardinality: "max",
    OWL.qualifiedCardinality: "exact",
}
BUILDERS: Final = {**LISTS, OWL.complementOf: "complement", **RESTRICTIONS}
CARDINALITIES: Final = ("min", "max", "exact")


class MalformedError(ValueError):
    """A blank node that is no class expression; the text says why."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A class expression: its kind, its operands, and the property and number of a restriction."""

    kind: str
    parts: tuple[Term, ...] = ()
    property: Node | None = None
    number: int | None = None


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
    return _read_built(ontology, node, *built[0])


def _read_built(ontology: Ontology, node: Node, builder: NamedNode, value: Term) -> Expression:
    kind = BUILDERS[builder]
    if builder in LISTS:
        return Expression(kind, read_list(ontology, value))
    if kind == "complement":
        return Expression(kind, (value,))
    properties = ontology.triples.nodes(node, OWL.onProperty)
    if ontology.triples.objects(node, OWL.onProperties):
        return Expression("n-ary", (value,))
    if len(properties) != 1:
        raise MalformedError("a restriction needs exactly one owl:onProperty")
    if kind not in CARDINALITIES:
        return Expression(kind, (value,), properties[0])
    fillers = ontology.triples.objects(node, OWL.onClass) + ontology.triples.objects(node, OWL.onDataRange)
    return Expression(kind, tuple(fillers), properties[0], _number(value))


def read_list(ontology: Ontology, head: Term, least: int = 1) -> tuple[Term, ...]:
    """Read an RDF list of at least so many members; raises `MalformedError`."""
    try:
        items = tuple(ontology.triples.items(head))
    except BrokenListError:
        raise MalformedError("a list is broken") from None
    if len(items) < least:
        raise MalformedError(f"a list has fewer than {least} members")
    return items


def _number(value: Term) -> int:
    if isinstance(value, Literal) and value.value.isdecimal():
        return int(value.value)
    raise MalformedError("a cardinality is no non-negative integer")
