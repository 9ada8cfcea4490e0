"""Stored queries: listed at `/queries`, and answered at `/queries/NAME?parameter=value`, whole or in pages.

A form is chosen by the Accept header or by the ending of the address; the forms bear the names that the
command line gives them, and `rows` is plain rows with the total and the page. The total stands in
`X-Total-Count`, the other pages in `Link` (RFC 8288). Every query is ordered without ties, so that pages
never overlap and leave nothing out; a worker keeps whole answers while the graph stays the same.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlencode

from g60kg.describe.evidence import columns_of, with_evidence
from g60kg.errors import LimitError
from g60kg.kg.stages import rules
from g60kg.query import Rows, StoredQuery, Text, select
from g60kg.query.values import Bound
from g60kg.serve.pages.links import root
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import HTML, JSON_OR_PAGE, Format, Formats
from g60kg.serve.stored.params import PAGING, kept, only_of, read_params, worst, wrong_values
from g60kg.serve.values import Kept, Pairs, Request, Response, in_json

_EMBEDDED: Final = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors *"
"""The policy of what is embedded; a browser that knows it takes no heed of X-Frame-Options."""
_KEPT: Final = 20_000
"""Rows that are kept in all."""
SHOWN: Final = 50
"""Rows of a page for people, where no limit is given."""


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


def _rows(stored: StoredQuery, page: Page) -> str:
    """Return the server's own JSON: plain rows, with the total and the page."""
    head = {"query": stored.name, "total": page.total, "limit": page.limit, "offset": page.offset}
    rows = page.to_jsonl().rstrip("\n").replace("\n", ",\n")
    return f'{json.dumps(head)[:-1]}, "rows": [\n{rows}\n]}}\n'


Writer = Callable[[StoredQuery, Page], str] | None
FORMS: Final[Formats[Writer]] = Formats(
    Format(
        ("json",), ("application/sparql-results+json", "application/json"), lambda _, page: page.to_json()
    ),
    Format(("rows",), ("application/vnd.g60kg.rows+json",), _rows),
    Format(("jsonl",), ("application/jsonl", "application/x-ndjson"), lambda _, page: page.to_jsonl()),
    Format(("csv",), ("text/csv",), lambda _, page: page.to_csv()),
    Format(("tsv",), ("text/tab-separated-values",), lambda _, page: page.to_tsv()),
    Format(("html",), (HTML,), None),
    Format(("rq",), ("application/sparql-query",), lambda stored, _: stored.text),
)


def listing(site: Site, request: Request) -> Response:
    """List the stored queries; raises `Refused` with 406."""
    form, kind = JSON_OR_PAGE.chosen(request.header("accept"), request.path.get("format"))
    if form.name == "html":
        from g60kg.serve.pages.page import Page as HtmlPage

        return HtmlPage(site, request).render("questions.html", groups=site.kg.catalogue.groups())
    told = {"queries": [_query(site, stored) for stored in site.kg.catalogue]}
    return in_json(told, kind)


def _query(site: Site, stored: StoredQuery) -> dict[str, Any]:
    """Return what is told of a stored query."""
    told = {part: getattr(stored, part) for part in ("title", "description", "question")}
    columns = [{"name": each.name, "description": _both(each.description)} for each in columns_of(stored)]
    parameters = [
        {
            "name": each.name,
            "description": _both(each.description),
            "type": each.type,
            "class": each.class_,
            **{part: getattr(each, part) for part in ("required", "default", "example", "hint")},
        }
        for each in stored.parameters
    ]
    return {
        "name": stored.name,
        "address": f"{site.base}/queries/{stored.name}",
        **{part: _both(text) for part, text in told.items()},
        "group": stored.group,
        "parameters": parameters,
        "columns": columns,
    }


def _both(text: Text) -> dict[str, str]:
    """Return a text by its languages, those that it is in."""
    return {"en": text.en} | ({"zh": text.zh} if text.zh else {})


def answer(site: Site, request: Request) -> Response:
    """Answer a stored query; raises `UnknownQuery`, `Refused` with 406, `LimitError`."""
    stored = site.kg.catalogue[request.path["name"]]
    form, kind = FORMS.chosen(request.header("accept"), request.path.get("format"))
    if form.engine is None:
        return _shown(site, request, stored)
    if form.name == "rq":
        return Response(stored.text.encode(), kind)
    params = read_params(site, request, stored)
    if params.wrong:
        return wrong_values(params.wrong)
    page = page_of(site, stored, params.bound, params.limit, params.offset, only_of(request))
    body = form.engine(stored, page).encode()
    if len(body) > site.limits.answer_bytes:
        most = int(site.limits.answer_bytes)
        raise LimitError(f"the answer is longer than {most} bytes", mend="ask for it in pages, by limit")
    saved = ("Content-Disposition", f'inline; filename="{stored.name}.{form.name}"')
    return Response(body, kind, headers=(*_headers(site, request, page), saved))


def embed(site: Site, request: Request) -> Response:
    """Return the answer of a stored query alone, for pages of other hosts to show within theirs."""
    told = _shown(site, request, site.kg.catalogue[request.path["name"]])
    return replace(told, headers=(*told.headers, ("Content-Security-Policy", _EMBEDDED)))


def _shown(site: Site, request: Request, stored: StoredQuery) -> Response:
    """Return the page for people: the form, with what is wrong beside its fields, or with the rows."""
    from g60kg.serve.pages.question import question_page

    params = read_params(site, request, stored, form=True)
    if params.wrong:
        told = question_page(site, request, stored, params, None, None)
        is_bare = not params.texts and all(each.kind == "missing" for each in params.wrong.values())
        return replace(told, status=HTTPStatus.OK if is_bare else worst(params.wrong))
    limit = SHOWN if params.limit is None else params.limit
    page = page_of(site, stored, params.bound, limit, params.offset, only_of(request))
    whole: Rows = page
    if request.value("only") or len(page) < page.total:
        whole = rows_of(site, stored, params.bound)
        if len(whole) <= SHOWN:
            whole = _with_evidence(site, stored, params.bound, whole)
    told = question_page(site, request, stored, params, page, whole)
    return replace(told, headers=(*told.headers, *_headers(site, request, page)))


Values = Mapping[str, tuple[Bound, ...]]


def page_of(
    site: Site, query: StoredQuery, bound: Values, limit: int | None = None, offset: int = 0, only: Pairs = ()
) -> Page:
    """Return a page of the rows of a stored query that `only` keeps, each with what says it.

    Raises `LimitError` where the page has more rows than one answer may.
    """
    whole, end = rows_of(site, query, bound), None if limit is None else offset + limit
    if only:
        said = _with_evidence(site, query, bound, whole)
        whole = Rows(said.columns, tuple(row for row in said.terms if kept(said.columns, row, only)))
    shown, most = whole[offset:end], int(site.limits.rows)
    if len(shown) > most:
        mend = "ask for it in pages, by limit"
        raise LimitError(f"the answer has {len(whole)} rows, more than {most}", mend=mend)
    if not only:
        shown = _with_evidence(site, query, bound, shown)
    return Page(shown.columns, shown.terms, len(whole), limit, offset)


def rows_of(site: Site, query: StoredQuery, bound: Values) -> Rows:
    """Return all rows of a stored query; they are kept while the graph stays the same."""
    return _known(site, query, bound, None, lambda: Rows.of(select(site.kg.store, query, bound)))


def _with_evidence(site: Site, query: StoredQuery, bound: Values, rows: Rows) -> Rows:
    """Return rows with what says them."""
    return _known(site, query, bound, hash(rows.terms), lambda: with_evidence(site.memo, query, rows, rules))


def _known(site: Site, query: StoredQuery, bound: Values, said: int | None, make: Callable[[], Rows]) -> Rows:
    """Return rows that are kept of a site, or else make and keep them; `said` is the hash of those with
    evidence.
    """
    if not site.version:
        return make()
    key = (query.name, said, tuple(sorted((name, *map(str, terms)) for name, terms in bound.items())))
    rows = _kept(site).get(key)
    if rows is None:
        rows = make()
        _kept(site).put(key, rows)
    return rows


@lru_cache(maxsize=1)
def _kept(site: Site) -> Kept[Rows]:
    """Return the answers kept of a site."""
    return Kept(_KEPT, lambda rows: max(len(rows), 1))


def _headers(site: Site, request: Request, page: Page) -> Pairs:
    """Return the total and the addresses of the other pages."""
    total = ("X-Total-Count", str(page.total))
    ending = f".{request.path['format']}" if "format" in request.path else ""
    kept = [(name, value) for name, value in request.query if name not in PAGING]
    address = f"{root(site)}/queries/{request.path['name']}{ending}"
    links = []
    for name, start in page.places().items():
        query = urlencode([*kept, ("limit", page.limit), ("offset", start)], quote_via=quote)
        links.append(f'<{address}?{query}>; rel="{name}"')
    return (total, ("Link", ", ".join(links))) if links else (total,)
