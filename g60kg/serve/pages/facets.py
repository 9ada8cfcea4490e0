"""What narrows an answer, and how it can be shown: facets with counts, and the views that its columns allow.

A facet is a column of years, places, industries, articles or bases; `only=COLUMN:VALUE` in the address, as
often as wanted, keeps the rows that have the value there.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import point
from g60kg.query import Rows
from g60kg.serve.pages.map import Map, draw_map
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.saying import short
from g60kg.serve.values import Request
from g60kg.store import Term
from g60kg.terms import ID

TIMES: Final = ("year", "startYear", "time", "date")
"""Columns that hold a time."""
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "year": TIMES,
    "place": ("place", "region", "city", "province", "seat", "partner"),
    "industry": ("industry",),
    "article": ("article",),
    "basis": ("basis",),
}
_MOST: Final = 12
_LEAST: Final = 2
Only = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A column by which an answer can be narrowed, with its commonest values, how often each is there, and
    the one that is `chosen`.
    """

    kind: str
    column: str
    values: tuple[tuple[Term, str, int], ...]
    chosen: str = ""


def only_of(request: Request) -> Only:
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


def kept(columns: Sequence[str], row: Sequence[Term | None], only: Only) -> bool:
    """Whether a row has the values that are wanted; a column that is not there has none."""
    has = {column: key_of(column, term) for column, term in zip(columns, row, strict=True)}
    return all(has.get(column) == wanted for column, wanted in only)


def facets_of(rows: Rows, only: Only) -> list[Facet]:
    """Return the facets of an answer, counted over the rows that the others leave."""
    chosen = dict(only)
    found = []
    for kind, names in _KINDS.items():
        column = next((name for name in names if name in rows.columns), None)
        if column is None:
            continue
        place, others = rows.columns.index(column), tuple(pair for pair in only if pair[0] != column)
        said = (term for row in rows.terms if (term := row[place]) not in (None, Literal("")))
        terms = {key_of(column, term): term for term in said}
        counts = Counter(key_of(column, row[place]) for row in rows.terms if kept(rows.columns, row, others))
        values = tuple((terms[key], key, n) for key, n in counts.most_common(_MOST) if key in terms)
        if len(terms) >= _LEAST or column in chosen:
            found.append(Facet(kind, column, values, chosen.get(column, "")))
    return found


def time_of(rows: Rows, own: Container[str]) -> str | None:
    """Return the column of a query's own by which its rows stand in time, if any has a time."""
    named = (name for name in TIMES if name in rows.columns and name in own)
    return next((n for n in named if any(row[rows.columns.index(n)] for row in rows.terms)), None)


def map_of(page: Page, rows: Rows) -> Map | None:
    """Return the map of the places in an answer; None where not two of them are known to lie somewhere."""
    terms = dict.fromkeys(term for row in rows.terms for term in row if isinstance(term, NamedNode))
    return city_map(page, [[term for term in terms if term.value.startswith(ID.base)]], {})


def city_map(
    page: Page, phases: Iterable[Iterable[NamedNode]], through: Mapping[str, Sequence[str]]
) -> Map | None:
    """Return the map of the places that joined in each phase, with routes through them; None of too few."""
    slugs = [[each.value.removeprefix(ID.base) for each in phase] for phase in phases]
    found = {slug: point(page.site.kg.store, ID[slug]) for phase in slugs for slug in phase}
    known = {slug: place for slug, place in found.items() if place}
    return draw_map(slugs, known, through, lambda slug: page.label(ID[slug]))
