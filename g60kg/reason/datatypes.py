"""The datatypes of OWL 2 RL: which literals belong to which (dt-type2, dt-not-type, dt-eq, dt-diff).

A literal has a key, a value space and a value in it, that two literals of one value share. A datatype
outside the OWL 2 RL map answers nothing. Source: OWL 2 Profiles, section 4.3, table 8; XML Schema 1.1 part
2, section 3.3; rdf:PlainLiteral, section 4.
"""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from pyoxigraph import Literal, NamedNode

from g60kg.terms import RDF, RDFS, XSD

Key = tuple[str, object]
"""A value space and a value in it."""

_DATE_TIME: Final = re.compile(
    r"-?(?:[1-9]\d{3,}|0\d{3})-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_FLOAT: Final = re.compile(r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)")
_LANGUAGE_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*|")
_SMALLEST_FLOAT: Final = 2.0**-150
_LARGEST_FLOAT: Final = 3.4028235677973366e38
_URI: Final = r"(?![\s\S]*[\s<>\"{}|\\^`])(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|[^:/?#]*(?:[/?#]|$)|[/?#])[\s\S]*"


def _read_float(text: str, *, single: bool) -> Key | None:
    if not _FLOAT.fullmatch(text):
        return None
    if text.endswith(("INF", "NaN")):
        return ("float" if single else "double", text.lstrip("+"))
    value, zero = float(text), not text.lower().split("e")[0].strip("+-0.")
    too_small = not zero and (abs(value) <= _SMALLEST_FLOAT if single else value == 0)
    too_large = abs(value) >= _LARGEST_FLOAT if single else value in (float("inf"), float("-inf"))
    return None if too_small or too_large else ("float" if single else "double", value)


def _read_date_time(text: str) -> Key | None:
    """Read a moment, with or without a time zone."""
    match = _DATE_TIME.fullmatch(text)
    if not match:
        return None
    if len(text.split("T")[0]) != len("2023-07-11"):
        return ("dateTime", text)
    try:
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text).replace("T24:00", "T00:00"))
    except ValueError:
        return None
    known = moment.astimezone(UTC).replace(tzinfo=None) if match["zone"] else moment
    return ("dateTime", (bool(match["zone"]), known))


def _read_plain(text: str) -> Key | None:
    """Read a text with its language tag after the last @."""
    words, at, tag = text.rpartition("@")
    return ("text", (words, tag.lower())) if at and _LANGUAGE_TAG.fullmatch(tag) else None


def _read_xml(text: str) -> Key | None:
    try:
        ElementTree.fromstring(f"<x>{text}</x>")
    except ElementTree.ParseError:
        return None
    return ("xml", text)


class _Datatype(NamedTuple):
    """A datatype: its value space, that above it, what reads a text, and what holds of its values."""

    space: str
    above: NamedNode | None
    read: Callable[[str], Key | None]
    holds: Callable[[Any], bool] = lambda value: True


def _reader(space: str, pattern: str, value: Callable[[str], object]) -> Callable[[str], Key | None]:
    """Return what reads the texts that a pattern fits and that have a value."""
    fits = re.compile(pattern).fullmatch

    def read(text: str) -> Key | None:
        try:
            return (space, value(text)) if fits(text) else None
        except ValueError:
            return None

    return read


def _integer(above: str, low: int | None = None, high: int | None = None) -> _Datatype:
    def holds(value: Decimal) -> bool:
        whole = value == value.to_integral_value()
        return whole and (low is None or value >= low) and (high is None or value <= high)

    return _Datatype("number", XSD[above], _reader("number", r"[+-]?\d+", Decimal), holds)


def _text(above: NamedNode, pattern: str) -> _Datatype:
    fits = re.compile(pattern).fullmatch
    holds: Callable[[Any], bool] = lambda value: value[1] == "" and fits(value[0]) is not None  # noqa: E731
    return _Datatype("text", above, lambda text: ("text", (text, "")), holds)


def _simple(space: str, pattern: str, value: Callable[[str], object]) -> _Datatype:
    return _Datatype(space, None, _reader(space, pattern, value))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.replace(" ", ""), validate=True)


_DATATYPES: Final[dict[NamedNode, _Datatype]] = {
    XSD.decimal: _simple("number", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", Decimal),
    XSD.integer: _integer("decimal"),
    XSD.nonNegativeInteger: _integer("integer", 0),
    XSD.nonPositiveInteger: _integer("integer", None, 0),
    XSD.positiveInteger: _integer("nonNegativeInteger", 1),
    XSD.negativeInteger: _integer("nonPositiveInteger", None, -1),
    XSD.long: _integer("integer", -(2**63), 2**63 - 1),
    XSD.int: _integer("long", -(2**31), 2**31 - 1),
    XSD.short: _integer("int", -(2**15), 2**15 - 1),
    XSD.byte: _integer("short", -(2**7), 2**7 - 1),
    XSD.unsignedLong: _integer("nonNegativeInteger", 0, 2**64 - 1),
    XSD.unsignedInt: _integer("unsignedLong", 0, 2**32 - 1),
    XSD.unsignedShort: _integer("unsignedInt", 0, 2**16 - 1),
    XSD.unsignedByte: _integer("unsignedShort", 0, 2**8 - 1),
    RDF.PlainLiteral: _Datatype("text", None, _read_plain),
    RDF.langString: _Datatype("text", RDF.PlainLiteral, lambda text: None),
    XSD.string: _text(RDF.PlainLiteral, r"[\s\S]*"),
    XSD.normalizedString: _text(XSD.string, r"[^\r\n\t]*"),
    XSD.token: _text(XSD.normalizedString, r"(?:\S+(?: \S+)*)?"),
    XSD.language: _text(XSD.token, r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    XSD.NMTOKEN: _text(XSD.token, r"[\w.\-:·]+"),
    XSD.Name: _text(XSD.token, r"(?:[^\W\d]|:)[\w.\-:·]*"),
    XSD.NCName: _text(XSD.Name, r"[^\W\d][\w.\-·]*"),
    XSD.boolean: _simple("boolean", "true|false|0|1", lambda text: text in ("true", "1")),
    XSD.hexBinary: _simple("hexBinary", "[0-9a-fA-F]*", bytes.fromhex),
    XSD.base64Binary: _simple("base64Binary", r"[\s\S]*", _bytes),
    XSD.anyURI: _simple("anyURI", _URI, str),
    XSD.dateTime: _Datatype("dateTime", None, _read_date_time),
    XSD.dateTimeStamp: _Datatype("dateTime", XSD.dateTime, _read_date_time, lambda value: value[0] is True),
    XSD.float: _Datatype("float", None, partial(_read_float, single=True)),
    XSD.double: _Datatype("double", None, partial(_read_float, single=False)),
    RDF.XMLLiteral: _Datatype("xml", None, _read_xml),
}


def is_datatype(term: object) -> bool:
    """Whether a term is a datatype of OWL 2 RL."""
    return term in _DATATYPES


@lru_cache(maxsize=65536)
def value_key(literal: Literal) -> Key | None:
    """Return a key that two literals share just when they have one value; None for a literal without value.

    >>> value_key(Literal("+042", datatype=XSD.byte)) == value_key(Literal("42.0", datatype=XSD.decimal))
    True
    """
    if literal.language is not None:
        return ("text", (literal.value, literal.language.lower()))
    known = _DATATYPES.get(literal.datatype)
    return known.read(literal.value) if known else None


def types_of(literal: Literal) -> tuple[NamedNode, ...]:
    """Return the datatype of a literal and those above it.

    >>> [str(kind) for kind in types_of(Literal("a"))][0]
    '<http://www.w3.org/2001/XMLSchema#string>'
    """
    kinds, known = [literal.datatype], _DATATYPES.get(literal.datatype)
    while known and known.above:
        kinds.append(known.above)
        known = _DATATYPES[known.above]
    return (*kinds, RDFS.Literal)


def is_ill_typed(literal: Literal) -> bool:
    """Whether the text of a literal has no value in its own datatype (dt-not-type).

    >>> is_ill_typed(Literal("128", datatype=XSD.byte)), is_ill_typed(Literal("127", datatype=XSD.byte))
    (True, False)
    """
    return is_outside(literal, literal.datatype)


def is_outside(literal: Literal, datatype: NamedNode) -> bool:
    """Whether the value of a literal does not lie in a datatype (dt-not-type); False where not known.

    >>> is_outside(Literal("many"), XSD.integer), is_outside(Literal("5", datatype=XSD.integer), XSD.byte)
    (True, False)
    """
    wanted = _DATATYPES.get(datatype)
    if wanted is None or literal.datatype not in _DATATYPES:
        return False
    key = value_key(literal)
    return key is None or key[0] != wanted.space or not wanted.holds(key[1])
