"""The text of an article that is held, as it was found, and what is marked in it.

Goes in: a store and the id of an article. Comes out: the `Article`, from the shelf of the store or from the
packaged data, and only where it is the very text that the graph was made from.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from g60kg.article import Article
from g60kg.errors import G60Error, StoreError
from g60kg.kg import stages
from g60kg.kg.own import Own
from g60kg.kg.shelf import kept_articles
from g60kg.store import DiskStore, Store
from g60kg.terms import ARTICLE, G60

if TYPE_CHECKING:
    from g60kg.extract import MarkedSentence


def article_text(store: Store, name: str) -> Article | None:
    """Return an article that is held, by its id; None where nobody has its text any more."""
    wanted = {quad.object for quad in store.match(ARTICLE[name], G60.sha256)}
    found = (article for article in _kept(store, name) if Literal(article.sha256) in wanted)
    return next(found, None)


def marked_sentences(article: Article, own: Own) -> "tuple[MarkedSentence, ...]":
    """Return a text's sentences with what is marked in them; by packaged names where a user's are gone."""
    try:
        return _marked(article, own)
    except G60Error:
        return _marked(article, stages.PACKAGED)


@lru_cache(maxsize=32)
def _marked(article: Article, own: Own) -> "tuple[MarkedSentence, ...]":
    from g60kg.extract import mark

    return mark(article, stages.lexicon(own))


def _kept(store: Store, name: str) -> Iterator[Article]:
    yield from (article for article in _packaged() if article.id == name)
    if isinstance(store, DiskStore):
        try:
            yield from kept_articles(store.folder, [name])
        except StoreError:
            return


@lru_cache(maxsize=1)
def _packaged() -> tuple[Article, ...]:
    return stages.packaged_articles()
