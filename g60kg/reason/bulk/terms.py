"""Terms and their N-Triples text.

Goes in: the text of a term, as the dictionary holds it. Comes out: the term.
"""

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from g60kg.reason.rules import Term
from g60kg.terms import ID


def read_term(text: str) -> Term:
    """Read a term in its N-Triples form.

    >>> str(read_term('"42"^^<http://www.w3.org/2001/XMLSchema#integer>').value)
    '42'
    """
    if text.startswith("<http"):
        return NamedNode(text[1:-1])
    value: Term | Triple = next(parse(f"{ID.x} {ID.x} {text} .".encode(), RdfFormat.N_TRIPLES)).object
    if isinstance(value, Triple):
        raise TypeError("a triple term is no term of a fact")
    return value


def read_resource(text: str) -> NamedNode:
    """Read an IRI in its N-Triples form."""
    return NamedNode(text[1:-1])
