"""The list of the articles held, and the page of one: its text as found, with all that it states."""

from http import HTTPStatus
from typing import Final

from g60kg.describe.segments import read_article
from g60kg.errors import UnknownArticle
from g60kg.kg.texts import article_text, marked_sentences
from g60kg.serve.pages.page import page_number, render
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.store import Store
from g60kg.terms import ARTICLE, G60, RDF

SIZE: Final = 50
"""Articles of a page."""
QUOTES: Final = 40
"""So many quotes of a paragraph have a mark of their own in the styles."""
_LONGEST: Final = len(str(10**9))
"""So many digits a place in a text has at most."""


def articles(site: Site, request: Request) -> Response:
    """Return a page of the articles, by date and id, the newest first."""
    page = page_number(request)
    rows = sorted(site.kg.articles().to_dicts(), key=lambda row: (str(row["date"] or ""), row["article"]))
    shown = rows[::-1][(page - 1) * SIZE : page * SIZE]
    total = len(rows)
    return render(site, request, "articles.html", articles=shown, total=total, page_number=page, size=SIZE)


def article(site: Site, request: Request) -> Response:
    """Return the page of an article, or with `format=text` the text alone, byte for byte.

    `at=CHARACTER` chooses the part of a long text. Raises `UnknownArticle`, `Refused` with 404 where the text
    is gone.
    """
    name, store, own = request.path["id"], site.kg.store, site.kg.summary.own
    if not _is_held(store, name):
        raise UnknownArticle(name)
    text = article_text(store, name)
    if request.value("format") == "text":
        if text is None:
            raise Refused(HTTPStatus.NOT_FOUND, "the text of this article is not kept here")
        return Response(text.text.encode(), "text/plain; charset=utf-8")
    at = request.value("at") or "0"
    place = int(at) if at.isascii() and at.isdigit() and len(at) <= _LONGEST else 0
    found = read_article(store, name, text, lambda part: marked_sentences(part, own), place)
    held = frozenset(each for each in found.named if any(store.match(each)))
    return render(site, request, "article.html", it=found, held=held, most=QUOTES)


def _is_held(store: Store, name: str) -> bool:
    try:
        return any(store.match(ARTICLE[name], RDF.type, G60.Article))
    except ValueError:
        return False
