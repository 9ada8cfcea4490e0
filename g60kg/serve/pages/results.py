"""The first rows of the answer to a free query, for a page.

Goes in: a store and a query. Comes out: `Results`: rows, triples, or yes or no. No more is read than shown.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Triple

from g60kg.store import Store, query_form

SHOWN: Final = 200
_TRIPLE: Final = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Results:
    """Rows below their columns, of which there may be more; or `truth`, the answer of an ASK query."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    is_more: bool = False
    truth: bool | None = None


def results(store: Store, text: str) -> Results:
    """Return the first rows of an answer.

    Raises `SparqlError` with the place, `UpdateRefused` for an update or a SERVICE.
    """
    form = query_form(text)
    if form == "ask":
        return Results(truth=store.ask(text))
    if form == "select":
        selection = store.select(text)
        rows = tuple(islice(selection.rows, SHOWN + 1))
        return Results(selection.columns, rows[:SHOWN], len(rows) > SHOWN)
    triples = tuple(islice(store.construct(text), SHOWN + 1))
    return Results(_TRIPLE, tuple(map(_parts, triples[:SHOWN])), len(triples) > SHOWN)


def _parts(triple: Triple) -> tuple[object, ...]:
    return triple.subject, triple.predicate, triple.object
