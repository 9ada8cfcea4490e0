"""What a request gives a stored query: values of its parameters, the page, and what is wrong with them.

`only=COLUMN:VALUE` in the address, as often as wanted, keeps the rows that have the value there.
Source: RFC 9457, section 3.2 (extension members).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from http import HTTPStatus
from typing import Final

from g60kg.describe.evidence import columns_of
from g60kg.errors import AmbiguousName, G60Error, QueryError, UnknownName
from g60kg.query import Parameter, StoredQuery, to_term
from g60kg.query.values import Bound, with_those_below
from g60kg.serve.pages.links import LANGUAGES
from g60kg.serve.pages.saying import short
from g60kg.serve.problem import Refused, problem
from g60kg.serve.site import Site
from g60kg.serve.values import Pairs, Request, Response
from g60kg.store import Term

PAGING: Final = ("limit", "offset")
_BESIDE: Final = (*PAGING, "lang", "only", "view")
"""What any query takes beside its own parameters."""
_FARTHEST: Final = 10**12
_SHORT: Final = 200
"""Characters of a value whose term is kept."""
TIMES: Final = ("year", "startYear", "time", "date")
"""Columns that hold a time."""


def whole_number(text: str | None, most: int) -> int | None:
    """Return the number that a text is, from 0 to `most`; None for anything else.

    >>> whole_number("12", 100), whole_number("٣", 100), whole_number("-1", 100), whole_number("101", 100)
    (12, None, None, None)
    """
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    return int(text) if int(text) <= most else None


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
    texts: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if name not in _BESIDE and name not in wrong:
            texts[name] = (*texts.get(name, ()), value)
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
            reads = (_kept_term if len(each) <= _SHORT else _kept_term.__wrapped__ for each in given)
            terms = [read(site, parameter, value) for read, value in zip(reads, given, strict=True)]
            bound[parameter.variable] = with_those_below(site.kg.store, parameter, terms)
        except QueryError as error:
            wrong[name] = Wrong.of(name, error)
    limit, offset = (_count(site, values, name, wrong) for name in PAGING)
    return Params(texts, bound, wrong, limit, offset or 0)


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


@lru_cache(maxsize=4096)
def _kept_term(site: Site, parameter: Parameter, value: str) -> Bound:
    """Return the term of a value; a site holds one state of the graph, in which a name means one thing."""
    return to_term(site.kg.store, parameter, value)


def _count(site: Site, values: Mapping[str, str], name: str, wrong: dict[str, Wrong]) -> int | None:
    """Return the whole number that bounds a page, or None where it is not given or wrong."""
    text = values.get(name)
    if text is None or name in wrong:
        return None
    most = int(site.limits.rows) if name == "limit" else _FARTHEST
    number = whole_number(text, most)
    if number is None:
        wrong[name] = Wrong(name, f"write a whole number from 0 to {most}", kind="count")
    return number
