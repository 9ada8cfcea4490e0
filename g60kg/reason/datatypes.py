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
from typing import Final
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


_Reader = Callable[[str], Key | None]


def _reader(space: str, pattern: str, value: Callable[[str], object]) -> _Reader:
    """Return what reads the texts that a pattern fits and that have a value."""
    fits = re.compile(pattern).fullmatch

    def read(text: str) -> Key | None:
        try:
            return (space, value(text)) if fits(text) else None
        except ValueError:
            return None

    return read


_INTEGERS: Final[dict[str, tuple[str, int | None, int | None]]] = {
    "integer": ("decimal", None, None),
    "nonNegativeInteger": ("integer", 0, None),
    "nonPositiveInteger": ("integer", None, 0),
    "positiveInteger": ("nonNegativeInteger", 1, None),
    "negativeInteger": ("nonPositiveInteger", None, -1),
    "long": ("integer", -(2**63), 2**63 - 1),
    "int": ("long", -(2**31), 2**31 - 1),
    "short": ("int", -(2**15), 2**15 - 1),
    "byte": ("short", -(2**7), 2**7 - 1),
    "unsignedLong": ("nonNegativeInteger", 0, 2**64 - 1),
    "unsignedInt": ("unsignedLong", 0, 2**32 - 1),
    "unsignedShort": ("unsignedInt", 0, 2**16 - 1),
    "unsignedByte": ("unsignedShort", 0, 2**8 - 1),
}
_NAME: Final = r"[^\W\d][\w.\-·]*"
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "string": ("", r"[\s\S]*"),
    "normalizedString": ("string", r"[^\r\n\t]*"),
    "token": ("normalizedString", r"(?:\S+(?: \S+)*)?"),
    "language": ("token", r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "NMTOKEN": ("token", r"[\w.\-:·]+"),
    "Name": ("token", r"(?:[^\W\d]|:)[\w.\-:·]*"),
    "NCName": ("Name", _NAME),
}
_READERS: Final[dict[NamedNode, _Reader]] = {
    XSD.decimal: _reader("number", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", Decimal),
    XSD.boolean: _reader("boolean", "true|false|0|1", lambda text: text in ("true", "1")),
    XSD.hexBinary: _reader("hexBinary", "[0-9a-fA-F]*", bytes.fromhex),
    XSD.base64Binary: _reader(
        "base64Binary", r"[\s\S]*", lambda text: base64.b64decode(text.replace(" ", ""), validate=True)
    ),
    XSD.dateTime: _read_date_time,
    XSD.dateTimeStamp: _read_date_time,
    XSD.anyURI: _reader("anyURI", _URI, str),
    XSD.float: partial(_read_float, single=True),
    XSD.double: partial(_read_float, single=False),
    RDF.PlainLiteral: _read_plain,
    RDF.XMLLiteral: _read_xml,
    **{XSD[name]: _reader("number", r"[+-]?\d+", Decimal) for name in _INTEGERS},
    **{XSD[name]: lambda text: ("text", (text, "")) for name in _TEXTS},
}
_ABOVE: Final[dict[NamedNode, NamedNode]] = {
    **{XSD[name]: XSD[above] for name, (above, _, _) in _INTEGERS.items()},
    **{XSD[name]: XSD[above] if above else RDF.PlainLiteral for name, (above, _) in _TEXTS.items()},
    RDF.langString: RDF.PlainLiteral,
    XSD.dateTimeStamp: XSD.dateTime,
}
_SPACES: Final[dict[NamedNode, str]] = {
    **{XSD[name]: "number" for name in ("decimal", *_INTEGERS)},
    **{XSD[name]: "text" for name in _TEXTS},
    RDF.PlainLiteral: "text",
    RDF.langString: "text",
    **{XSD[name]: name for name in ("boolean", "hexBinary", "base64Binary", "anyURI", "float", "double")},
    XSD.dateTime: "dateTime",
    XSD.dateTimeStamp: "dateTime",
    RDF.XMLLiteral: "xml",
}


def is_datatype(term: object) -> bool:
    """Whether a term is a datatype of OWL 2 RL."""
    return term in _SPACES


@lru_cache(maxsize=65536)
def value_key(literal: Literal) -> Key | None:
    """Return a key that two literals share just when they have one value; None for a literal without value.

    >>> value_key(Literal("+042", datatype=XSD.byte)) == value_key(Literal("42.0", datatype=XSD.decimal))
    True
    """
    if literal.language is not None:
        return ("text", (literal.value, literal.language.lower()))
    reader = _READERS.get(literal.datatype)
    return reader(literal.value) if reader else None


def types_of(literal: Literal) -> tuple[NamedNode, ...]:
    """Return the datatype of a literal and those above it.

    >>> [str(kind) for kind in types_of(Literal("a"))][0]
    '<http://www.w3.org/2001/XMLSchema#string>'
    """
    kinds = [literal.datatype]
    while kinds[-1] in _ABOVE:
        kinds.append(_ABOVE[kinds[-1]])
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
    space = _SPACES.get(datatype)
    if space is None or literal.datatype not in _SPACES:
        return False
    key = value_key(literal)
    return key is None or key[0] != space or not _within(key[1], datatype)


def _within(value: object, datatype: NamedNode) -> bool:
    match datatype.value.removeprefix(XSD.base), value:
        case name, Decimal() if name in _INTEGERS:
            _, low, high = _INTEGERS[name]
            whole = value == value.to_integral_value()
            return whole and (low is None or value >= low) and (high is None or value <= high)
        case name, (str(words), tag) if name in _TEXTS:
            return tag == "" and re.fullmatch(_TEXTS[name][1], words) is not None
        case "dateTimeStamp", _:
            return isinstance(value, tuple) and value[0] is True
    return True
