"""The objects of background facts that are no entities: years, dates, numbers, texts.

Goes in: a YAML scalar, and what the ontology says of the property. Comes out: an RDF literal.
"""

import re
from typing import Final

from pyoxigraph import Literal, NamedNode

from ..terms import XSD

_PREFIX: Final = "tag:yaml.org,2002:"
_TAGS: Final = {
    _PREFIX + "int": XSD.integer,
    _PREFIX + "float": XSD.decimal,
    _PREFIX + "bool": XSD.boolean,
}
_DATES: Final[tuple[tuple[NamedNode, re.Pattern[str]], ...]] = (
    (XSD.date, re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")),
    (XSD.gYearMonth, re.compile(r"\d{4}-(0[1-9]|1[0-2])")),
)
_FORMS: Final = {
    XSD.string: re.compile(r".+"),
    XSD.gYear: re.compile(r"\d{4}"),
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD.boolean: re.compile(r"true|false"),
}


def literal(name: str, value: str, tag: str, range: NamedNode | None = None) -> Literal | None:
    """Return the literal of a property's value, or None when its form is wrong.

    A property with a datatype as `range` gets that one. Else the value's form decides: a year for a
    property named so, a date, a number where YAML reads one (`tag`), an English text.

    >>> literal("startYear", "2016", "tag:yaml.org,2002:int").datatype.value.rpartition("#")[2]
    'gYear'
    >>> literal("motto", "one corridor", "tag:yaml.org,2002:str").language
    'en'
    """
    datatype = _datatype(name, value, tag, range)
    if datatype is not None:
        return Literal(value, datatype=datatype) if _fits(value, datatype) else None
    return Literal(value, language="en") if value.strip() else None


def _datatype(name: str, value: str, tag: str, range: NamedNode | None) -> NamedNode | None:
    """Return the datatype that a value is meant to have; None for a text in English."""
    if range in _FORMS:
        return range
    for datatype, form in _DATES:
        if form.fullmatch(value):
            return datatype
    return XSD.gYear if name == "year" or name.endswith("Year") else _TAGS.get(tag)


def _fits(value: str, datatype: NamedNode) -> bool:
    return datatype not in _FORMS or _FORMS[datatype].fullmatch(value) is not None
