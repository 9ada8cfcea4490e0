"""Data ranges and literals of OWL 2 RL.

Goes in: a node that stands as a data range, or a literal of an axiom. Comes out: breaches. Annotations may
bear any literal, since they mean nothing to a reasoner. Source: OWL 2 Profiles, sections 4.2.1 and 4.2.4.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.check.profile.expressions import MalformedError, read_list
from g60kg.check.profile.ontology import Breach, Ontology
from g60kg.check.profile.vocabulary import RESERVED, RL_DATATYPES
from g60kg.check.triples import Node, Term
from g60kg.terms import OWL, curie

_FORBIDDEN: Final = {
    OWL.oneOf: "data-one-of",
    OWL.unionOf: "data-union",
    OWL.datatypeComplementOf: "data-complement",
    OWL.onDatatype: "data-facets",
}


def check_range(ontology: Ontology, at: Node, node: Term) -> Iterator[Breach]:
    """Yield what the data range breaks; `at` is the subject of its axiom."""
    if isinstance(node, NamedNode):
        yield from _named_range(ontology, at, node)
    elif isinstance(node, BlankNode):
        yield from _built_range(ontology, at, node)
    else:
        yield Breach("malformed", at, "a literal stands where a datatype is needed")


def _named_range(ontology: Ontology, at: Node, node: NamedNode) -> Iterator[Breach]:
    if node in RL_DATATYPES:
        return
    if node.value.startswith(RESERVED):
        yield Breach("datatype", at, curie(node))
    elif node not in ontology.datatypes:
        yield Breach("undeclared-datatype", node)
    elif not ontology.triples.objects(node, OWL.equivalentClass):
        yield Breach("datatype", at, f"{curie(node)} has no definition (owl:equivalentClass)")


def _built_range(ontology: Ontology, at: Node, node: BlankNode) -> Iterator[Breach]:
    for predicate, rule in _FORBIDDEN.items():
        if ontology.triples.objects(node, predicate):
            yield Breach(rule, at)
            return
    heads = ontology.triples.objects(node, OWL.intersectionOf)
    try:
        parts = read_list(ontology, heads[0]) if heads else ()
    except MalformedError as error:
        yield Breach("malformed", at, str(error))
        return
    if not heads:
        yield Breach("malformed", at, "a data range has no constructor")
    for part in parts:
        yield from check_range(ontology, at, part)


def check_literal(at: Node, value: Literal) -> Iterator[Breach]:
    """Yield a breach for a literal whose datatype the profile does not have."""
    if value.datatype not in RL_DATATYPES:
        yield Breach("literal", at, f'"{value.value}" is {curie(value.datatype)}')
