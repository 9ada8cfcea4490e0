"""Terms as others have them: rdflib, Python, the formats of SPARQL 1.1; and rows as a table for a terminal.

In a table Chinese letters take two places, and control characters, which could move a terminal's cursor or
turn a text round, are shown as a mark.
Sources: SPARQL 1.1 Query Results CSV and TSV Formats; SPARQL 1.1 Query Results JSON Format.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category, east_asian_width

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.store.base import Term
from g60kg.terms import XSD, curie

if TYPE_CHECKING:
    from rdflib.term import Identifier

Terms = Sequence[Sequence[Term | None]]


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


_INTEGERS: Final = ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear")
_READERS: Final[dict[str, Callable[[str], Any]]] = {
    **{XSD[name].value: int for name in _INTEGERS},
    XSD.decimal.value: Decimal,
    XSD.double.value: float,
    XSD.float.value: float,
    XSD.boolean.value: {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    XSD.date.value: date.fromisoformat,
}


def finite(value: Any) -> Any:
    """Return a value, or the text of a float that is none of JSON's numbers."""
    if not isinstance(value, float) or isfinite(value):
        return value
    return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"


def bare(term: Term | None) -> str:
    """Return a term as CSV has it: IRIs and literals as their bare text, unbound as nothing."""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if term is not None else ""


def turtle(term: Term | None) -> str:
    """Return a term as Turtle writes it; tabs and line ends are escaped."""
    return str(term).replace("\t", "\\t") if term is not None else ""


def to_json(term: Term) -> dict[str, str]:
    """Return a term as the JSON of SPARQL results has it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    kind = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value} | (kind if term.datatype != XSD.string else {})


def plain(value: object) -> int | float | str:
    """Return what JSON can hold: a number where no digit is lost, else text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return float(str(value)) if Decimal(repr(float(str(value)))) == value else str(value)


def table(columns: Sequence[str], rows: Terms) -> str:
    """Return a table in plain text, columns aligned, without a line's end.

    >>> from pyoxigraph import Literal
    >>> print(table(["city", "zh"], [[Literal("Wuhu"), Literal("芜湖市")]]))
    city  zh
    ----  ------
    Wuhu  芜湖市
    """
    cells = [list(columns), *([one_line(to_text(term)) for term in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    padded = (zip(row, map(_width, row), widths, strict=True) for row in cells)
    lines = ("  ".join(cell + " " * (most - width) for cell, width, most in row) for row in padded)
    return "\n".join(map(str.rstrip, lines))


def one_line(text: str) -> str:
    """Return a text on one line, without characters that a terminal would act on.

    >>> one_line("a\\x1b[31m\\n b")
    'a�[31m b'
    """
    return "".join("�" if category(letter) in ("Cc", "Cf") else letter for letter in " ".join(text.split()))


def _width(text: str) -> int:
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    marks = sum(category(letter) in ("Mn", "Me") for letter in text)
    return len(text) + wide - marks
