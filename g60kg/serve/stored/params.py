"""What a request gives a stored query: values of its parameters, the page, and what is wrong with them; and
the names that complete what a user has begun to write: `/complete?text=…&class=…&limit=…`.

`only=COLUMN:VALUE` in the address, as often as wanted, keeps the rows that have the value there. A completion
is JSON: the entities with a name that is the text, then those in which it stands, in the order of a search.
Each has a `value` that a parameter takes for it; labels are in the language of the request.
Source: RFC 9457, section 3.2 (extension members).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.evidence import columns_of
from g60kg.describe.lookup import Names, grouped, held_types
from g60kg.describe.search import Hit
from g60kg.errors import AmbiguousName, G60Error, QueryError, UnknownName
from g60kg.query import Parameter, StoredQuery, to_term
from g60kg.query.names import Members
from g60kg.query.values import Bound, with_those_below
from g60kg.serve.pages.links import LANGUAGES, language, page_of
from g60kg.serve.pages.saying import short
from g60kg.serve.problem import Refused, problem
from g60kg.serve.site import Site, names_of, while_unchanged
from g60kg.serve.values import Pairs, Request, Response, in_json, whole_number
from g60kg.store import Term
from g60kg.terms import G60, OWL, PREFIXES, RDF, RDFS, curie, iri

PAGING: Final = ("limit", "offset")
_BESIDE: Final = (*PAGING, "lang", "only", "view")
"""What any query takes beside its own parameters."""
_FARTHEST: Final = 10**12
_SHORT: Final = 200
"""Characters of a value whose term is kept."""
TIMES: Final = ("year", "startYear", "time", "date")
"""Columns that hold a time."""
_SHOWN: Final = 10
_MOST: Final = 100
_LONGEST: Final = 200  # characters; no name is as long
_BELOW: Final = (RDFS.subClassOf, RDFS.subPropertyOf)


def only_of(request: Request) -> Pairs:
    """Return what the rows of an answer are kept by: columns and values.

    >>> only_of(Request("query", query=(("only", "year:2021"), ("only", "none"))))
    (('year', '2021'),)
    """
    pairs = (value.partition(":") for value in request.values("only"))
    return tuple((column, wanted) for column, colon, wanted in pairs if colon)


def key_of(column: str, term: Term | None) -> str:
    """Return what a value is called in an address: a year of a time, else its CURIE or text."""
    text = short(term) if term is not None else ""
    return text[:4] if column in TIMES and text[:4].isdigit() else text


def kept(columns: Sequence[str], row: Sequence[Term | None], only: Pairs) -> bool:
    """Whether a row has the values that are wanted; a column that is not there has none."""
    has = {column: key_of(column, term) for column, term in zip(columns, row, strict=True)}
    return all(has.get(column) == wanted for column, wanted in only)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a value cannot be taken, and what could be instead.

    `kind` sorts it for the pages, which say it in their language: `missing`, `unknown`, `ambiguous`, `count`,
    `strange` (no such parameter), `column` (no such column), `twice` (a page, or a language), `tongue` (no
    such language), `sides` (not of one kind), or `value` (not of its type).
    """

    parameter: str
    detail: str
    nearest: tuple[str, ...] = ()
    status: HTTPStatus = HTTPStatus.BAD_REQUEST
    kind: str = "value"

    @classmethod
    def of(cls, parameter: str, error: G60Error) -> "Wrong":
        """Return what an error says of a parameter: 404 for a name that nothing bears, else 400."""
        if isinstance(error, UnknownName):
            return cls(parameter, error.message, error.nearest, HTTPStatus.NOT_FOUND, "unknown")
        detail = str(error).removeprefix(f"{parameter}: ")
        if isinstance(error, AmbiguousName):
            return cls(parameter, detail, error.choices, kind="ambiguous")
        return cls(parameter, detail)

    def __str__(self) -> str:
        return self.detail


def worst(wrong: Mapping[str, Wrong]) -> HTTPStatus:
    """Return the status of an answer: 404 where every fault is a name that nothing bears, else 400."""
    found = {each.status for each in wrong.values()}
    return found.pop() if len(found) == 1 else HTTPStatus.BAD_REQUEST


def wrong_values(wrong: Mapping[str, Wrong]) -> Response:
    """Return the faults of a request's values as application/problem+json; the first gives the detail."""
    first, parts = next(iter(wrong.values())), ("parameter", "detail", "nearest")
    refused = Refused(worst(wrong), f"{first.parameter}: {first.detail}")
    problems = [{part: getattr(each, part) for part in parts} for each in wrong.values()]
    return problem(refused, parameter=first.parameter, problems=problems)


@dataclass(frozen=True, slots=True)
class Params:
    """The values of a request: `texts` as they were sent, `bound` as terms, `wrong` those that cannot be.

    A parameter that was given several times has several of them.
    """

    texts: Mapping[str, tuple[str, ...]]
    bound: Mapping[str, tuple[Bound, ...]]
    wrong: Mapping[str, Wrong]
    limit: int | None = None
    offset: int = 0


def read_params(site: Site, request: Request, stored: StoredQuery, *, form: bool = False) -> Params:
    """Return what a request gives a stored query; to a `form` an empty value is one that is not given."""
    pairs = tuple(pair for pair in request.query if pair[1].strip() or not form)
    own = {alias: each.name for each in stored.parameters for alias in each.aliases}
    pairs = tuple((own.get(name, name), value) for name, value in pairs)
    values, wrong = dict(pairs), dict(_strange(pairs, stored))
    if values.get("lang", LANGUAGES[0]) not in LANGUAGES:
        wrong.setdefault("lang", Wrong("lang", "no such language", LANGUAGES, kind="tongue"))
    sent = grouped(pair for pair in pairs if pair[0] not in _BESIDE and pair[0] not in wrong)
    texts = {name: tuple(each) for name, each in sent.items()}
    bound: dict[str, tuple[Bound, ...]] = {}
    for parameter in stored.parameters:
        name = parameter.name
        given = texts.get(name) or ((parameter.default,) if parameter.default is not None else ())
        if name in wrong or not (given or parameter.required):
            continue
        if not given:
            detail = f"needs a value, such as {parameter.example!r}"
            wrong[name] = Wrong(name, detail, tuple(filter(None, [parameter.example])), kind="missing")
            continue
        try:
            store = site.kg.store
            terms = [
                _kept_term(site, parameter, value)
                if len(value) <= _SHORT
                else to_term(store, parameter, value)
                for value in given
            ]
            bound[parameter.variable] = with_those_below(store, parameter, terms)
        except QueryError as error:
            wrong[name] = Wrong.of(name, error)
    numbers: dict[str, int | None] = dict.fromkeys(PAGING)
    for name, most in zip(PAGING, (int(site.limits.rows), _FARTHEST), strict=True):
        if name in values and name not in wrong:
            numbers[name] = whole_number(values[name], most)
            if numbers[name] is None:
                wrong[name] = Wrong(name, f"write a whole number from 0 to {most}", kind="count")
    return Params(texts, bound, wrong, numbers["limit"], numbers["offset"] or 0)


def _strange(pairs: Pairs, stored: StoredQuery) -> Iterator[tuple[str, Wrong]]:
    """Yield what is wrong with names: parameters that are none, those given twice, columns that are none."""
    columns = [each.name for each in columns_of(stored)]
    kept = [value.partition(":") for name, value in pairs if name == "only"]
    if any(column not in columns or not colon for column, colon, _ in kept):
        mend = f"write COLUMN:VALUE; the columns are {', '.join(columns)}"
        yield "only", Wrong("only", mend, kind="column")
    known = [*(parameter.name for parameter in stored.parameters), *_BESIDE]
    names = [name for name, _ in pairs]
    for name in dict.fromkeys(names):
        if name not in known:
            nearest = tuple(get_close_matches(name, known, 3)) or tuple(known)
            yield name, Wrong(name, f"{stored.name} has no such parameter", nearest, kind="strange")
        elif name in _BESIDE and names.count(name) > 1 and name != "only":
            yield name, Wrong(name, "given more than once; give it once", kind="twice")


@while_unchanged(4096, elsewhere=True)
def _kept_term(site: Site, parameter: Parameter, value: str) -> Bound:
    """Return the term of a value, which is the same while the graph is."""
    return to_term(site.kg.store, parameter, value)


def complete(site: Site, request: Request) -> Response:
    """Return the entities whose names fit what a user has begun to write."""
    class_, wrong = _class(site, request.value("class"))
    most = whole_number(request.value("limit") or str(_SHOWN), _MOST)
    if most is None or request.value("limit") == "":
        wrong["limit"] = Wrong("limit", f"write a whole number from 0 to {_MOST}")
    text = request.value("text") or ""
    if len(text) > _LONGEST:
        wrong["text"] = Wrong("text", f"write at most {_LONGEST} characters")
    if request.value("lang") not in (None, *LANGUAGES):
        wrong["lang"] = Wrong("lang", "no such language", LANGUAGES)
    if wrong:
        return wrong_values(wrong)
    index, names = names_of(site), Names(site.kg.store, language(request))
    among = members(site, class_) if class_ else None

    def match(hit: Hit) -> dict[str, Any]:
        """Return what to write for a hit, how to show it in a language, and what it is.

        What names the entity alone is the name that fits, a preferred one, else its CURIE or IRI.
        """
        entity, name = hit.entity, hit.name.value
        types = held_types(site.kg.store, entity)
        label, *others = dict.fromkeys((names.of(entity), *names.all_of(entity).values()))
        alone = ([] if hit.naming == "hiddenLabel" else [name]) + [label, *others]
        return {
            "value": next((each for each in alone if index.is_alone(each, entity, among)), curie(entity)),
            "label": label,
            "also": name if name != label else next(iter(others), None),
            "kind": names.of(types[0]) if types else None,
            "iri": entity.value,
            "page": page_of(site, request, entity),
            "types": [curie(each) for each in types],
            "matched": name,
        }

    matches = [match(hit) for hit in index.find(text, among)[:most]]
    return in_json({"text": text, "matches": matches}, indent=None)


def _class(site: Site, text: str | None) -> tuple[str | None, dict[str, Wrong]]:
    """Return the IRI of a class by its IRI, its CURIE or, of our own, its name, or what is wrong."""
    if not text:
        return None, {}
    prefix, colon, _ = text.partition(":")
    class_ = f"{PREFIXES.get(prefix, prefix + ':')}{text[len(prefix) + 1 :]}" if colon else G60.base + text
    declared = (quad.subject for quad in site.kg.store.match(None, RDF.type, OWL.Class))
    above = (quad.object for below in _BELOW for quad in site.kg.store.match(None, below))
    known = {each.value for each in (*declared, *above, OWL.Class) if isinstance(each, NamedNode)}
    with suppress(ValueError):
        if class_ in known or members(site, class_):
            return class_, {}
    near = get_close_matches(text, [curie(each) for each in known], 3, 0.5)
    return None, {"class": Wrong("class", f"no class {text[:80]!r}", tuple(near), HTTPStatus.NOT_FOUND)}


def names_taken(site: Site, parameter: Parameter, names: Names, most: int) -> list[str]:
    """Return the names that a parameter takes, sorted, where these are of so many things at most."""
    found = members(site, iri(parameter.class_).value) if parameter.class_ else ()
    return sorted({names.of(each) for each in found}) if len(found) <= most else []


@while_unchanged(64, elsewhere=True)
def members(site: Site, class_: str) -> frozenset[NamedNode]:
    """Return the members of a class, or what is below a property."""
    return Members(site.kg.store, NamedNode(class_)).all()
