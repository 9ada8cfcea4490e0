"""Rows of a fixed question about one entity, by column.

Goes in: a SELECT text over `?entity`, and the entity. Comes out: rows, each column bound.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from g60kg.store import Store, Term

Row = Mapping[str, Term]


def rows_of(store: Store, text: str, entity: NamedNode | None = None) -> Iterator[Row]:
    """Yield the rows of a question whose every column is bound."""
    answer = store.select(text, {"entity": entity} if entity else None)
    for row in answer.rows:
        yield {name: term for name, term in zip(answer.columns, row, strict=True) if term is not None}
