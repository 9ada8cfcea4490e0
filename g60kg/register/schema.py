"""What the register may say: the classes and properties of the ontology, and the values of properties."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.errors import OntologyError
from g60kg.terms import G60, OWL, RDF, RDFS, SKOS, XSD
from g60kg.triples import parse_ontology

_BORROWED: Final = {"broader": SKOS.broader, "thesaurus": SKOS.inScheme, "topOf": SKOS.topConceptOf}
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


@dataclass(frozen=True, slots=True)
class Schema:
    """The names that entries may use: classes, properties with an entity, properties with a literal.

    `ranges` gives what a property's values are, where the ontology says so.
    """

    classes: frozenset[str]
    relations: dict[str, NamedNode]
    attributes: dict[str, NamedNode]
    ranges: dict[str, NamedNode]

    @property
    def properties(self) -> list[str]:
        """Every property's name, sorted."""
        return sorted(self.relations | self.attributes)


def load_schema(path: Path) -> Schema:
    """Read the terms of an ontology's file.

    Raises `OntologyError` for a file that cannot be read or is no Turtle.
    """
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror}", path=path) from error
    except SyntaxError as error:
        raise OntologyError(f"not Turtle: {error.msg}", path=path, line=error.lineno) from error


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> Schema:
    found: dict[NamedNode, set[str]] = {}
    ranges: dict[str, NamedNode] = {}
    for triple in parse_ontology(path):
        term, value = triple.subject, triple.object
        if not (
            isinstance(term, NamedNode) and isinstance(value, NamedNode) and term.value.startswith(G60.base)
        ):
            continue
        name = term.value.removeprefix(G60.base)
        if triple.predicate == RDF.type:
            found.setdefault(value, set()).add(name)
        elif triple.predicate == RDFS.range:
            ranges[name] = value
    relations = {name: G60[name] for name in found.get(OWL.ObjectProperty, ())}
    attributes = {name: G60[name] for name in found.get(OWL.DatatypeProperty, ())}
    return Schema(frozenset(found.get(OWL.Class, ())), relations | _BORROWED, attributes, ranges)


def literal(name: str, value: object, range: NamedNode | None = None) -> Literal | None:
    """Return the literal of a property's value, or None when its form is wrong.

    A property with a datatype as `range` gets that one. Else the value's form decides: a year for a
    property named so, a date, a number, an English text.

    >>> literal("startYear", 2016).datatype.value.rpartition("#")[2], literal("motto", "one road").language
    ('gYear', 'en')
    """
    if not isinstance(value, str | bool | int | Decimal):
        return None
    text = str(value).lower() if isinstance(value, bool) else str(value)
    datatype = range if range in _FORMS else _datatype(name, value, text)
    if datatype is None:
        return Literal(text, language="en") if text.strip() else None
    fits = datatype not in _FORMS or _FORMS[datatype].fullmatch(text)
    return Literal(text, datatype=datatype) if fits else None


def _datatype(name: str, value: object, text: str) -> NamedNode | None:
    """Return the datatype that a value is meant to have; None for a text in English."""
    for datatype, form in _DATES:
        if form.fullmatch(text):
            return datatype
    if name == "year" or name.endswith("Year"):
        return XSD.gYear
    kinds = ((bool, XSD.boolean), (int, XSD.integer), (Decimal, XSD.decimal))
    return next((datatype for kind, datatype in kinds if isinstance(value, kind)), None)
