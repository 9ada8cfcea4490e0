"""The page of an article: its text as found, with all that it states.

Goes in: `/articles/ID`; `at=CHARACTER` chooses the part of a long text, `format=text` the text alone. Comes
out: a page, or the text byte for byte.
"""

from http import HTTPStatus
from typing import Final

from pyoxigraph import NamedNode

from g60kg.errors import UnknownArticle
from g60kg.kg.texts import article_text
from g60kg.serve.pages.render import render
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.serve.views.article import Reading, article_of
from g60kg.store import Store
from g60kg.terms import ARTICLE, G60, RDF

QUOTES: Final = 40
"""So many quotes of a paragraph have a mark of their own in the styles."""


def article(site: Site, request: Request) -> Response:
    """Return the page of an article; raises `UnknownArticle`, `Refused` with 404 where the text is gone."""
    name = request.path["id"]
    if not _is_held(site.kg.store, name):
        raise UnknownArticle(name)
    if request.value("format") == "text":
        return _text(site, name)
    at = request.value("at") or "0"
    place = int(at) if at.isascii() and at.isdigit() and len(at) <= len(str(10**9)) else 0
    found = article_of(site.kg.store, name, site.kg.summary.overlays, place)
    held = _held(site.kg.store, found)
    return render(site, request, "article.html", it=found, held=held, most=QUOTES)


def _text(site: Site, name: str) -> Response:
    found = article_text(site.kg.store, name)
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, "the text of this article is not kept here")
    return Response(found.text.encode(), "text/plain; charset=utf-8")


def _is_held(store: Store, name: str) -> bool:
    try:
        return any(store.match(ARTICLE[name], RDF.type, G60.Article))
    except ValueError:
        return False


def _held(store: Store, found: Reading) -> frozenset[NamedNode]:
    """Return the named things that the graph holds: a name may be known by now, and no fact speak of it."""
    named = {
        segment.named.entity
        for paragraph in found.paragraphs
        for piece in paragraph.pieces
        for segment in piece.segments
        if segment.named
    }
    return frozenset(each for each in named if any(store.match(each)))
