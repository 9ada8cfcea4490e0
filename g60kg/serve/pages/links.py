"""Addresses of pages within the server, which keep a language that was chosen by a link."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from pyoxigraph import NamedNode

from g60kg.serve.pages.text import chosen
from g60kg.serve.routes import ROUTES
from g60kg.serve.site import Site
from g60kg.serve.values import Request
from g60kg.terms import ARTICLE, G60, ID, ROOT

_PLACE: Final = re.compile(r"\{(\w+)(?::path)?\}")
_PATHS: Final = {
    route.name: (_PLACE.sub(r"{\1}", route.path), _PLACE.findall(route.path)) for route in ROUTES
}
"""The path of each route, as `str.format` takes it, and its places."""


def link(site: Site, request: Request, route: str, /, **params: object) -> str:
    """Return the address of a route; what has no place in its path goes into its query string.

    A parameter that is None is left out; one that is a list is repeated. A name that is a word of Python
    may end in `_`. Raises `KeyError` for an unknown route or a place without a value.

    >>> from g60kg.kg import KnowledgeGraph
    >>> from g60kg.store import MemoryStore
    >>> site = Site(KnowledgeGraph(MemoryStore()))
    >>> link(site, Request("home", query=(("lang", "zh"),)), "entity", slug="g60-corridor")
    '/page/g60-corridor?lang=zh'
    """
    values = {name.removesuffix("_"): value for name, value in params.items()}
    form, places = _PATHS[route]
    path = form.format_map({place: quote(str(values.pop(place)), safe="/") for place in places})
    language = chosen(request)
    query = _query(values if "lang" in values else values | {"lang": language})
    return root(site) + path + (f"?{query}" if query else "")


def root(site: Site) -> str:
    """Return the path that all addresses of a site begin with: empty, unless it is served below one."""
    return urlsplit(site.base).path.rstrip("/") if site.base else ""


def here(request: Request, **changed: object) -> str:
    """Return the address of this very page with parameters changed; those that are None are left out.

    >>> here(Request("search", query=(("q", "a b"), ("page", "2"))), page=3)
    '?q=a+b&page=3'
    """
    kept = urlencode([(name, value) for name, value in request.query if name not in changed])
    return "?" + "&".join(part for part in (kept, _query(changed)) if part)


def address(site: Site, request: Request, term: object) -> str | None:
    """Return where the page of a term is: within the server, else the term's own address on the web."""
    if not isinstance(term, NamedNode):
        return None
    value = term.value
    if own := page_of(site, request, term):
        return own
    if value.startswith(G60.base):
        return f"{link(site, request, 'ontology')}#{quote(value.removeprefix(G60.base))}"
    is_web = value.startswith(("http://", "https://")) and not value.startswith(ROOT)
    return value if is_web else None


def page_of(site: Site, request: Request, node: NamedNode) -> str | None:
    """Return the address of the page of an entity or an article; None for any other node."""
    for base, route, place in ((ID.base, "entity", "slug"), (ARTICLE.base, "article", "id")):
        if node.value.startswith(base):
            return link(site, request, route, **{place: node.value.removeprefix(base)})
    return None


def _query(values: Mapping[str, object]) -> str:
    return urlencode({name: value for name, value in values.items() if value is not None}, doseq=True)
