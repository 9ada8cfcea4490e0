"""Datatypes of OWL 2 RL: which literals belong to which (dt-type2, dt-not-type, dt-eq, dt-diff).

Goes in: a literal and a datatype. Comes out: whether the value lies in the value space, the types it has,
and a key that two literals of one value share. A datatype outside the OWL 2 RL map answers nothing.
Source: OWL 2 Profiles, section 4.3, table 8; XML Schema 1.1 part 2.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.reason import lexical
from g60kg.reason.lexical import Key
from g60kg.terms import RDF, RDFS, XSD

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
_READERS: Final[dict[NamedNode, Callable[[str], Key | None]]] = {
    XSD.decimal: lexical.read_number,
    XSD.boolean: lexical.read_boolean,
    XSD.hexBinary: lexical.read_hex,
    XSD.base64Binary: lexical.read_base64,
    XSD.dateTime: lexical.read_date_time,
    XSD.dateTimeStamp: lexical.read_date_time,
    XSD.anyURI: lexical.read_uri,
    XSD.float: partial(lexical.read_float, single=True),
    XSD.double: partial(lexical.read_float, single=False),
    RDF.PlainLiteral: lexical.read_plain,
    RDF.XMLLiteral: lexical.read_xml,
    **{XSD[name]: lexical.read_integer for name in _INTEGERS},
    **{XSD[name]: lexical.read_text for name in _TEXTS},
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
    name = datatype.value.removeprefix(XSD.base)
    if name in _INTEGERS:
        _, low, high = _INTEGERS[name]
        number = lexical.as_integer(value)
        return number is not None and (low is None or number >= low) and (high is None or number <= high)
    if name in _TEXTS:
        words, tag = lexical.as_text(value)
        return tag == "" and re.fullmatch(_TEXTS[name][1], words) is not None
    return datatype != XSD.dateTimeStamp or lexical.has_zone(value)
