"""Answering a stored query: `/queries/NAME?parameter=value`, in any of the forms.

Goes in: a `Site` and a `Request`. Comes out: rows, a page for people, or what is wrong with the values. The
total stands in `X-Total-Count`, the other pages in `Link` (RFC 8288).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode

from g60kg.errors import LimitError
from g60kg.query import StoredQuery
from g60kg.serve.pages.links import root
from g60kg.serve.site import Site
from g60kg.serve.stored.forms import Form, form_accepted, form_of_ending
from g60kg.serve.stored.given import PAGING, Given, given
from g60kg.serve.stored.page import Page, page_of
from g60kg.serve.stored.wrong import worst, wrong_values
from g60kg.serve.values import Pairs, Request, Response

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
