"""Which class expression may stand where: the grammar of OWL 2 RL, as a table and one walk over it.

Goes in: a node and the position it stands in (`sub`, `super`, `equivalent`, or `filler`: a subclass or
owl:Thing). Comes out: breaches. Source: OWL 2 Profiles, section 4.2.3.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.check.profile.data import check_literal, check_range
from g60kg.check.profile.expressions import Expression, MalformedError, read_expression
from g60kg.check.profile.ontology import Breach, Ontology
from g60kg.check.triples import Node, Term

# position -> kind of expression that may stand there -> position of its operands
GRAMMAR: Final[dict[str, dict[str, str]]] = {
    "sub": {
        "class": "",
        "intersection": "sub",
        "union": "sub",
        "one-of": "individual",
        "some": "filler",
        "has-value": "value",
    },
    "super": {
        "class": "",
        "intersection": "super",
        "complement": "sub",
        "all": "super",
        "max": "filler",
        "has-value": "value",
    },
    "equivalent": {"class": "", "intersection": "equivalent", "has-value": "value"},
}


def check_class(
    ontology: Ontology, at: Node, node: Term, position: str, above: tuple[Term, ...] = ()
) -> Iterator[Breach]:
    """Yield what the class expression breaks where it stands; `at` is the subject of its axiom."""
    if node in above:
        yield Breach("malformed", at, "a class expression holds itself")
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
        yield Breach("n-ary", at)
        return
    name = expression.property
    if isinstance(name, NamedNode) and name not in ontology.object_properties | ontology.data_properties:
        yield Breach("undeclared-property", name)
    inner = GRAMMAR[position].get(expression.kind)
    if inner is None:
        yield Breach(f"{position}-{expression.kind}", at)
        return
    if expression.kind == "max" and (expression.number or 0) > 1:
        yield Breach("max-above-one", at)
    for part in expression.parts if inner else ():
        if inner in ("individual", "value"):
            yield from _value(at, part)
        elif name in ontology.data_properties or ontology.is_datatype(part):
            yield from check_range(ontology, at, part)
        else:
            yield from check_class(ontology, at, part, inner, above)


def _value(at: Node, value: Term) -> Iterator[Breach]:
    if isinstance(value, BlankNode):
        yield Breach("anonymous", at)
    if isinstance(value, Literal):
        yield from check_literal(at, value)
