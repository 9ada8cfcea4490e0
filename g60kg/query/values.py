"""From the values that a user gives to the terms that a query's variables are bound to.

What a user writes never enters the text of a query.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from re import ASCII, DOTALL, fullmatch
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.errors import ParameterError, QueryError, UnknownName
from g60kg.query.model import Parameter, StoredQuery
from g60kg.query.names import resolve, with_below
from g60kg.store.base import Store
from g60kg.terms import CURRENCY, G60, RDF, RDFS, UNIT, XSD, curie, iri

Bound = NamedNode | Literal
_KNOWN: Final = (
    *(UNIT[name] for name in ("NUM", "KiloM", "KiloM2", "M2", "HA", "PERCENT", "FRACTION")),
    iri(f"{CURRENCY}CNY"),
    iri(f"{CURRENCY}USD"),
    G60.Mu,
)
_UNITS: Final = "SELECT DISTINCT ?unit { ?statistic g60:unit ?unit } ORDER BY ?unit"


def bind(store: Store, query: StoredQuery, values: Mapping[str, object]) -> dict[str, tuple[Bound, ...]]:
    """Return the terms of each variable whose parameter has a value or several; None is not given.

    A parameter with a role has its own name. Raises `ParameterError` for a parameter that is unknown,
    missing, given twice or of the wrong type, `UnknownName` and `AmbiguousName` for an entity.
    """
    given = _by_name(query, values)
    bound = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            several = value if isinstance(value, list | tuple | set | frozenset) else [value]
            terms = [to_term(store, parameter, each) for each in several]
            bound[parameter.variable] = with_those_below(store, parameter, terms)
        elif parameter.required:
            mend = f"give one, such as {parameter.example!r}"
            raise ParameterError(f"{query.name} needs a value for {parameter.name!r}", mend=mend)
    return bound


def with_those_below(store: Store, parameter: Parameter, terms: Iterable[Bound]) -> tuple[Bound, ...]:
    """Return the terms of a parameter, each once, with what stands below them where that counts, too.

    Raises `ParameterError` where there is none.
    """
    found: list[Bound] = []
    for term in terms:
        if parameter.below and isinstance(term, NamedNode):
            found += with_below(store, term, [iri(parameter.below)])
        else:
            found.append(term)
    if not found:
        raise ParameterError(f"{parameter.name}: no value is given", mend="give one, or leave it out")
    return tuple(dict.fromkeys(found))


def to_term(store: Store, parameter: Parameter, value: object) -> Bound:
    """Return the term that a value of a parameter is.

    Raises as `bind` does.
    """
    text = value.value if isinstance(value, NamedNode | Literal) else str(value).strip()
    if not text:
        raise ParameterError(f"{parameter.name}: the value is empty", mend="give one, or leave it out")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):  # which no literal can hold
        raise ParameterError(f"{parameter.name}: the value is no Unicode text", mend="write it in UTF-8")
    if parameter.type == "entity":
        return _entity(store, parameter, text)
    if parameter.type == "unit":
        return resolve_unit(store, text)
    return _literal(parameter, text)


def _entity(store: Store, parameter: Parameter, text: str) -> NamedNode:
    """Return the entity that a text means; one of another class is refused as such."""
    class_ = iri(parameter.class_) if parameter.class_ else None
    try:
        return resolve(store, text, class_)
    except UnknownName as error:
        try:
            other = resolve(store, text)
        except QueryError:
            raise error from None
        wanted, found = _label(store, class_) if class_ else "", " and ".join(_kinds(store, other))
        if not wanted or not found:
            raise
        message = f"{text!r} is of the kind {found}; {parameter.name} wants {wanted}"
        mend = f"such as {parameter.example!r}" if parameter.example else None
        raise ParameterError(message, mend=mend) from error


def _kinds(store: Store, entity: NamedNode) -> list[str]:
    """Return the labels of the narrowest classes of an entity."""
    found = (quad.object for quad in store.match(entity, RDF.type))
    types = {each for each in found if isinstance(each, NamedNode)}
    above = {up for each in types for up in types - {each} if any(store.match(each, RDFS.subClassOf, up))}
    return sorted(filter(None, (_label(store, each) for each in types - above)))


def _label(store: Store, class_: NamedNode) -> str:
    """Return what a class is called in English."""
    labels = (quad.object for quad in store.match(class_, RDFS.label))
    return next((each.value for each in labels if isinstance(each, Literal) and each.language == "en"), "")


def resolve_unit(store: Store, text: str) -> NamedNode:
    """Return the unit that a text means: one that the project knows or that a figure bears, in any case.

    Raises `UnknownName` with the nearest.
    """
    forms = {form: unit for unit in _KNOWN for form in _forms(unit)}
    if text.casefold() not in forms:  # what figures bear takes to read all of them
        used = (row[0] for row in store.select(_UNITS).rows)
        forms |= {form: unit for unit in used if isinstance(unit, NamedNode) for form in _forms(unit)}
    found = forms.get(text.casefold())
    if found is None:
        near = get_close_matches(text.casefold(), forms, 5, 0.3)
        raise UnknownName(text, sorted({curie(forms[each]) for each in near}))
    return found


def _forms(unit: NamedNode) -> tuple[str, ...]:
    """Return the ways to write a unit."""
    short = curie(unit)
    local = short.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]
    code = short.removeprefix(CURRENCY)  # "CNY", and "cur:CNY" as QUDT had it before 3.1
    return (unit.value.casefold(), *{each.casefold() for each in (short, local, code, f"cur:{code}")})


def _by_name(query: StoredQuery, values: Mapping[str, object]) -> dict[str, object]:
    """Return values by the parameters' own names, whatever old name or Python's spelling was given."""
    names = {
        alias: each.name for each in query.parameters for alias in (each.name, f"{each.name}_", *each.aliases)
    }
    given: dict[str, object] = {}
    for name, value in values.items():
        if name not in names:
            known = [each.name for each in query.parameters]
            mend = f"it takes: {', '.join(known)}" if known else "it takes none"
            near = get_close_matches(name, known, 1)
            mend += f"; nearest: {near[0]}" if near and len(known) > 1 else ""
            raise ParameterError(f"{query.name} has no parameter {name!r}", mend=mend)
        if value is not None:
            if names[name] in given:
                raise ParameterError(f"{names[name]}: given under two names", mend="give it once")
            given[names[name]] = value
    return given


def _literal(parameter: Parameter, text: str) -> Literal:
    """Return the literal that a text is in the type of a parameter."""
    form, datatype, written, wanted = _LITERALS[parameter.type]
    try:
        if not fullmatch(form, text, DOTALL | ASCII):
            raise ValueError
        if parameter.type == "date":
            date.fromisoformat(text)
        return Literal(written(text), datatype=datatype)
    except ValueError as error:
        raise ParameterError(f"{parameter.name}: {text!r} is no {parameter.type}", mend=wanted) from error


def _whole(text: str) -> str:
    return str(int(text))


_LITERALS: Final[dict[str, tuple[str, NamedNode, Callable[[str], str], str]]] = {
    "string": (".+", XSD.string, str, "write a text"),
    "integer": (r"[-+]?\d{1,1000}", XSD.integer, _whole, "write a whole number, such as 12"),
    "decimal": (
        r"[-+]?\d*\.?\d+(E[-+]?\d{1,3})?",
        XSD.decimal,
        lambda text: f"{Decimal(text):f}",
        "write a number, such as 12.5",
    ),
    "year": (r"\d{4}", XSD.integer, _whole, "write four digits, such as 2018"),
    "date": (r"\d{4}-\d\d-\d\d", XSD.date, str, "write it as YYYY-MM-DD"),
    "language": (
        "[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*",
        XSD.string,
        str.lower,
        "write a language tag, such as en or zh",
    ),
}
"""The types of parameters that are literals: form, datatype, how a text that fits is written, the mend."""
