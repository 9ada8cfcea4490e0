"""The page of a search by name.

Goes in: `/search?q=TEXT&kind=CLASS&page=N`. Comes out: what bears a name with this text, best first, with the
kinds of all that was found, to narrow it.
"""

from typing import Final

from pyoxigraph import NamedNode

from g60kg.serve.pages.paging import page_number
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.serve.views.finding import LONGEST, SIZE, find
from g60kg.store import Store
from g60kg.terms import G60, ID, RDF

_EXAMPLES: Final = ("songjiang", "g60-corridor", "artificial-intelligence", "tencent", "haier-zhigu", "wuhu")
"""What is offered to who has not asked yet, of what the graph holds."""


def search(site: Site, request: Request) -> Response:
    """Return what was found by a name."""
    text = (request.value("q") or "")[:LONGEST]
    kind, page = request.value("kind") or "", page_number(request)
    known = kind if _is_class(site.kg.store, kind) else ""
    found = find(site.kg.store, text, known, skip=(page - 1) * SIZE)
    examples = _examples(site.kg.store)
    shown = {"page_number": page, "size": SIZE}
    return render(site, request, "search.html", it=found, kind=known, examples=examples, pages=shown)


def _is_class(store: Store, name: str) -> bool:
    return name.isalnum() and any(store.match(None, RDF.type, G60[name]))


def _examples(store: Store) -> tuple[NamedNode, ...]:
    return tuple(ID[name] for name in _EXAMPLES if any(store.match(ID[name])))
