"""Answering a stored query: `/queries/NAME?parameter=value`, in any of the forms, whole or in pages.

The total stands in `X-Total-Count`, the other pages in `Link` (RFC 8288). Every query is ordered without
ties, so that pages never overlap and leave nothing out; a worker keeps whole answers while the graph stays
the same.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

from g60kg.errors import LimitError
from g60kg.kg import KnowledgeGraph
from g60kg.query import Rows, StoredQuery
from g60kg.query.values import Bound
from g60kg.serve.pages.links import root
from g60kg.serve.site import Site
from g60kg.serve.stored.forms import Form, form_accepted, form_of_ending
from g60kg.serve.stored.params import PAGING, Given, given, worst, wrong_values
from g60kg.serve.values import Pairs, Request, Response

MOST = 20_000
"""Rows that are kept in all."""

Key = tuple[object, ...]


class Kept:
    """Answers by what was asked; the one not used for the longest time goes first.

    >>> kept = Kept(2)
    >>> kept.put(("a",), Rows((), ((), ())))
    >>> kept.put(("b",), Rows((), ((),)))
    >>> kept.get(("a",)) is None, len(kept.get(("b",)))
    (True, 1)
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._rows: OrderedDict[Key, Rows] = OrderedDict()
        self._size = 0

    def get(self, key: Key) -> Rows | None:
        """Return an answer, if it is kept."""
        if key in self._rows:
            self._rows.move_to_end(key)
        return self._rows.get(key)

    def put(self, key: Key, rows: Rows) -> None:
        """Keep an answer, unless it alone is too large."""
        if len(rows) > self._most:
            return
        if key in self._rows:
            self._size -= _size(self._rows.pop(key))
        self._rows[key] = rows
        self._size += _size(rows)
        while self._size > self._most:
            self._size -= _size(self._rows.popitem(last=False)[1])


def _size(rows: Rows) -> int:
    return max(len(rows), 1)


_OF: WeakKeyDictionary[KnowledgeGraph, Kept] = WeakKeyDictionary()


def kept(kg: KnowledgeGraph) -> Kept:
    """Return what is kept of a graph."""
    return _OF.setdefault(kg, Kept())


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


SHOWN: Final = 100
"""Rows of a page for people, where no limit is given."""


def asked(site: Site, request: Request) -> Response:
    """Answer a stored query in the form that the client accepts.

    Raises `UnknownQuery`, `Refused` with 406, `LimitError`.
    """
    stored = site.kg.catalogue[request.path["name"]]
    return _answered(site, request, stored, form_accepted(request.header("accept")))


def asked_as(site: Site, request: Request) -> Response:
    """Answer a stored query in the form of the address's ending.

    Raises as `asked` does.
    """
    stored = site.kg.catalogue[request.path["name"]]
    return _answered(site, request, stored, form_of_ending(request.path["format"]))


def _answered(site: Site, request: Request, stored: StoredQuery, form: Form) -> Response:
    if form.name == "rq":
        return Response(stored.text.encode(), form.media_type)
    if form.name == "html":
        return _shown(site, request, stored)
    values = given(site, request, stored)
    if values.wrong:
        return wrong_values(values.wrong)
    page = _page(site, stored, values)
    body = _WRITERS[form.name](stored, page).encode()
    if len(body) > site.limits.answer_bytes:
        most = int(site.limits.answer_bytes)
        raise LimitError(f"the answer is longer than {most} bytes", mend="ask for it in pages, by limit")
    return Response(body, form.media_type, headers=_headers(site, request, page))


def _shown(site: Site, request: Request, stored: StoredQuery) -> Response:
    """Return the page for people: the form, with what is wrong beside its fields, or with the rows."""
    from g60kg.serve.pages.question import question_page

    values = given(site, request, stored, form=True)
    if values.wrong:
        told = question_page(site, request, stored, values.texts, None, values.wrong)
        missing = all(wrong.missing for wrong in values.wrong.values())
        bare = missing and values.bare
        return replace(told, status=HTTPStatus.OK if bare else worst(values.wrong))
    page = _page(site, stored, replace(values, limit=SHOWN if values.limit is None else values.limit))
    told = question_page(site, request, stored, values.texts, page, {})
    return replace(told, headers=(*told.headers, *_headers(site, request, page)))


def _page(site: Site, stored: StoredQuery, values: Given) -> Page:
    return page_of(site, stored, values.bound, limit=values.limit, offset=values.offset)


def _headers(site: Site, request: Request, page: Page) -> Pairs:
    """Return the total and the addresses of the other pages."""
    total = ("X-Total-Count", str(page.total))
    places = {name: _address(site, request, page, start) for name, start in page.places().items()}
    links = ", ".join(f'<{address}>; rel="{name}"' for name, address in places.items())
    return (total, ("Link", links)) if links else (total,)


def _address(site: Site, request: Request, page: Page, offset: int) -> str:
    """Return the address of the same answer from another row on."""
    ending = f".{request.path['format']}" if "format" in request.path else ""
    kept = [(name, value) for name, value in request.query if name not in PAGING]
    query = urlencode([*kept, ("limit", page.limit), ("offset", offset)], quote_via=quote)
    return f"{root(site)}/queries/{request.path['name']}{ending}?{query}"


def _rows(stored: StoredQuery, page: Page) -> str:
    """Return the server's own JSON: plain rows, with the total and the page."""
    head = {"query": stored.name, "total": page.total, "limit": page.limit, "offset": page.offset}
    rows = page.to_jsonl().rstrip("\n").replace("\n", ",\n")
    return f'{json.dumps(head)[:-1]}, "rows": [\n{rows}\n]}}\n'


_WRITERS: Final[Mapping[str, Callable[[StoredQuery, Page], str]]] = {
    "json": lambda _, page: page.to_json(),
    "rows": _rows,
    "jsonl": lambda _, page: page.to_jsonl(),
    "csv": lambda _, page: page.to_csv(),
    "tsv": lambda _, page: page.to_tsv(),
}
