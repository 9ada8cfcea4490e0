"""A page of an answer, and where the other pages are.

Goes in: a stored query with its terms, and the page that is wanted. Comes out: `Page`: rows with the true
total of the answer. Every query is ordered without ties, so that pages never overlap and leave nothing out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from g60kg.errors import LimitError
from g60kg.query import Rows, StoredQuery
from g60kg.query.values import Bound
from g60kg.serve.site import Site
from g60kg.serve.stored.kept import MOST, kept


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
    site: Site,
    query: StoredQuery,
    bound: Mapping[str, Bound],
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Page:
    """Return a page of the answer of a stored query, which is read to its end to know the total.

    Raises `LimitError` where the page has more rows than one answer may.
    """
    most = int(site.limits.rows)
    end = offset + (limit if limit is not None else most + 1)
    key = (site.version, query.name, *sorted((name, str(term)) for name, term in bound.items()))
    whole = kept(site.kg).get(key) if site.version else None
    if whole is not None:
        return _checked(Page(whole.columns, whole.terms[offset:end], len(whole), limit, offset), most)
    selection = site.kg.store.select(query.text, bound)
    first, rows, total = [], [], 0
    for row in selection.rows:
        if total < MOST:
            first.append(row)
        if offset <= total < end:
            rows.append(row)
        total += 1
    if site.version and total <= MOST:
        kept(site.kg).put(key, Rows(selection.columns, tuple(first)))
    return _checked(Page(selection.columns, tuple(rows), total, limit, offset), most)


def _checked(page: Page, most: int) -> Page:
    if len(page) > most:
        mend = "ask for it in pages, by limit"
        raise LimitError(f"the answer has {page.total} rows, more than {most}", mend=mend)
    return page
