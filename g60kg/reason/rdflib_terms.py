"""Between the terms of the stages and those of rdflib, which owlrl works on.

Goes in: terms of either. Comes out: terms of the other, lexical forms and blank labels unchanged.
rdflib is imported when the first term is converted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.reason.rules import Term
from g60kg.reason.vocabulary import Fact

if TYPE_CHECKING:
    from rdflib.term import Node


def to_rdflib(term: Term) -> "Node":
    """Return the rdflib term; the lexical form of a literal is kept, even where it has no value."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def from_rdflib(node: "Node") -> Term:
    """Return the term of the stages."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if not isinstance(node, rdflib.Literal):
        raise TypeError(f"no term: {node!r}")
    if node.language is not None:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))


def fact_from_rdflib(triple: "tuple[Node, Node, Node]") -> Fact:
    """Return the fact of an rdflib triple, legal RDF or not."""
    subject, predicate, value = triple
    return (from_rdflib(subject), from_rdflib(predicate), from_rdflib(value))


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib from printing a warning for each literal without value: they are reported otherwise."""
    import logging
    import warnings

    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.setLevel(before)
