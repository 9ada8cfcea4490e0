"""A page of an answer, and where the other pages are.

Goes in: a stored query with its terms, and the page that is wanted. Comes out: `Page`: rows with the true
total of the answer. Every query is ordered without ties, so that pages never overlap and leave nothing out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from g60kg.errors import LimitError
from g60kg.query import Rows, StoredQuery
from g60kg.query.values import Bound
from g60kg.store import Store


@dataclass(frozen=True, slots=True)
class Page(Rows):
    """Rows of an answer: at most `limit` of its `total`, from `offset` on; without a limit, all."""

    total: int = 0
    limit: int | None = None
    offset: int = 0

    def places(self) -> dict[str, int]:
        """Return the offsets of the first, previous, next and last page, of those that there are.

        >>> Page((), (), total=25, limit=10, offset=10).places()
        {'first': 0, 'prev': 0, 'next': 20, 'last': 20}
        """
        if not self.limit:
            return {}
        last = max(self.total - 1, 0) // self.limit * self.limit
        found = {"first": 0}
        if self.offset > 0:
            found["prev"] = min(max(self.offset - self.limit, 0), last)
        if self.offset + self.limit < self.total:
            found["next"] = self.offset + self.limit
        return found | {"last": last}


def page_of(
    store: Store,
    query: StoredQuery,
    bound: Mapping[str, Bound],
    *,
    most: int,
    limit: int | None = None,
    offset: int = 0,
) -> Page:
    """Return a page of the answer of a stored query, which is read to its end to know the total.

    Raises `LimitError` where the page has more than `most` rows.
    """
    selection = store.select(query.text, bound)
    end = offset + (limit if limit is not None else most + 1)
    kept, total = [], 0
    for row in selection.rows:
        if offset <= total < end:
            kept.append(row)
        total += 1
    if len(kept) > most:
        raise LimitError(
            f"the answer has {total} rows, more than {most}", mend="ask for it in pages, by limit"
        )
    return Page(selection.columns, tuple(kept), total, limit, offset)
