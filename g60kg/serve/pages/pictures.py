"""The answer of a question as a picture, where it suits.

Goes in: a page and the rows of a stored query. Comes out: bars, a line, or nothing where the rows are no
figures that can be compared: one unit, one column of values, each of a thing.
"""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.query import Rows
from g60kg.serve.drawings.plot import Bars, Datum, Line, bars, line
from g60kg.serve.pages.numbers import amount
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.saying import COMPARATORS, unit
from g60kg.store import Term

_VALUES: Final = ("value", "claims", "facts", "members", "triples", "articles")
"""Columns that hold what can be compared."""
_LEAST: Final = 3
_MOST: Final = 25


def picture(page: Page, rows: Rows) -> Bars | Line | None:
    """Return rows as bars, or as a line where one thing differs in time; None where they make no picture."""
    column = next((name for name in _VALUES if name in rows.columns), None)
    if column is None or not _LEAST <= len(rows) <= _MOST or not _is_of_one_kind(rows):
        return None
    data = [_datum(page, rows, row, rows.columns.index(column)) for row in rows.terms]
    known = [each for each in data if each is not None]
    if len(known) < len(data):
        return None
    years = _years(rows)
    if years:
        dated = sorted(zip(years, known, strict=True), key=lambda pair: pair[0])
        return line(page.t("question.picture"), [replace(datum, name=year) for year, datum in dated])
    return bars(page.t("question.picture"), known)


def _years(rows: Rows) -> list[str]:
    """Return the year of each row where all are of one thing, alike but for their year; else none."""
    if "year" not in rows.columns:
        return []
    things = {tuple(term for term in row if isinstance(term, NamedNode)) for row in rows.terms}
    years = [term.value for row in rows.terms if isinstance(term := row[rows.columns.index("year")], Literal)]
    return years if len(things) == 1 and len(set(years)) == len(rows) else []


def _is_of_one_kind(rows: Rows) -> bool:
    """Whether all rows have one unit and one measure."""
    kinds = [name for name in ("unit", "measure") if name in rows.columns]
    return all(len({row[rows.columns.index(name)] for row in rows.terms}) == 1 for name in kinds)


def _datum(page: Page, rows: Rows, row: tuple[Term | None, ...], place: int) -> Datum | None:
    value, first = row[place], row[0]
    if not isinstance(value, Literal) or first is None:
        return None
    try:
        number = Decimal(value.value)
    except InvalidOperation:
        return None
    words = " ".join(
        word for word in (_comparator(page, rows, row), amount(value.value, page.language)) if word
    )
    of = row[rows.columns.index("unit")] if "unit" in rows.columns else None
    words = f"{words} {unit(of, page.language)}".strip()
    limits = [page.label(each) for each in row[1:] if isinstance(each, NamedNode) and _is_limit(page, each)]
    return Datum(" · ".join([page.label(first), *limits[:1]]), number, words, page.address(first))


def _comparator(page: Page, rows: Rows, row: tuple[Term | None, ...]) -> str:
    term = row[rows.columns.index("comparator")] if "comparator" in rows.columns else None
    known = isinstance(term, Literal) and term.value in COMPARATORS
    return page.t(f"comparator.{term.value}") if known and isinstance(term, Literal) else ""


def _is_limit(page: Page, term: NamedNode) -> bool:
    return page.kind(term) is not None and page.group(term) == "concept"
