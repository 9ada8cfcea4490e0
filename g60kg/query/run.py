"""Asking a stored query.

Goes in: a store, a stored query, values of its parameters. Comes out: `Rows`.
"""

from collections.abc import Mapping

from g60kg.errors import ParameterError
from g60kg.query.model import StoredQuery
from g60kg.query.rows import Rows
from g60kg.query.values import bind
from g60kg.store.base import Store


def run(
    store: Store,
    query: StoredQuery,
    values: Mapping[str, object] | None = None,
    *,
    limit: int | None = None,
) -> Rows:
    """Return the answer of a stored query, of at most `limit` rows.

    Raises what `bind` raises, `SparqlError`, and `StoreError`.
    """
    if limit is not None and limit < 0:
        raise ParameterError(f"limit: {limit} is less than 0", mend="write 0 or more")
    return Rows.of(store.select(query.text, bind(store, query, values or {})), limit)
