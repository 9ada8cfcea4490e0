"""Terms as other libraries and Python itself have them.

Goes in: a term of pyoxigraph, or None where a variable is unbound. Comes out: a term of rdflib, or a
plain Python value.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.store.base import Term
from g60kg.terms import XSD, curie

if TYPE_CHECKING:
    from rdflib.term import Identifier


def to_rdflib(term: Term | None) -> "Identifier | None":
    """Return the same term as rdflib has it.

    >>> to_rdflib(Literal("Wuhu", language="en"))
    rdflib.term.Literal('Wuhu', lang='en')
    """
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term is None:
        return None
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype == XSD.string
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))


def to_python(term: Term | None) -> Any:
    """Return a plain value: text, int, Decimal, float, bool or date; IRIs and what is malformed as text.

    >>> to_python(Literal("840", datatype=XSD.decimal)), to_python(Literal("2018", datatype=XSD.gYear))
    (Decimal('840'), 2018)
    """
    if not isinstance(term, Literal):
        return term.value if term is not None else None
    read = _READERS.get(term.datatype.value)
    try:
        return read(term.value) if read else term.value
    except (ValueError, KeyError, InvalidOperation):
        return term.value


def to_text(term: Term | None) -> str:
    """Return the short text that a table shows: a CURIE, or what the literal says.

    >>> to_text(NamedNode("https://w3id.org/g60kg/id/wuhu"))
    'id:wuhu'
    """
    if term is None:
        return ""
    return curie(term) if isinstance(term, NamedNode) else term.value


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


_INTEGERS: Final = ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear")
_READERS: Final[dict[str, Callable[[str], Any]]] = {
    **{XSD[name].value: int for name in _INTEGERS},
    XSD.decimal.value: Decimal,
    XSD.double.value: float,
    XSD.float.value: float,
    XSD.boolean.value: _boolean,
    XSD.date.value: date.fromisoformat,
}
