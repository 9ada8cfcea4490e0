"""Values to RDF literals.

Goes in: a `Value` or a qualifier's text. Comes out: a literal of the datatype that its form has.
"""

import re
from typing import Final

from pyoxigraph import Literal

from ..model import Value
from ..terms import RDF, XSD, iri

_TIMES: Final = (
    (re.compile(r"\d{4}"), XSD.gYear),
    (re.compile(r"\d{4}-\d{2}"), XSD.gYearMonth),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), XSD.date),
)
_NUMBERS: Final = frozenset(["rank"])
_TIME_NAMES: Final = frozenset(["year", "date"])


def value_literal(value: Value) -> Literal:
    """Return the literal of a value.

    >>> value_literal(Value("2016", "xsd:gYear")).datatype.value
    'http://www.w3.org/2001/XMLSchema#gYear'
    """
    datatype = iri(value.datatype)
    if datatype == RDF.langString:
        return Literal(value.value, language=value.language or "en")
    return Literal(value.value, datatype=datatype)


def qualifier_literal(name: str, text: str, language: str) -> Literal:
    """Return the literal of a qualifier: a time, a whole number, a code, or words of the article."""
    if name in _TIME_NAMES:
        datatype = next((datatype for form, datatype in _TIMES if form.fullmatch(text)), XSD.string)
        return Literal(text, datatype=datatype)
    if name in _NUMBERS:
        return Literal(text, datatype=XSD.integer)
    if name == "countedKind":
        return Literal(text, language=language)
    return Literal(text)
