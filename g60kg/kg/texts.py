"""Where the texts of articles come from: files, standard input, or the store that holds them.

Goes in: a path, `-` for standard input, or a store and the id of an article. Comes out: an `Article`, also of
a web page; of one that is held only the very text that the graph was made from, and what is marked in it.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from g60kg.article import Article
from g60kg.errors import ArticleError, G60Error, StoreError
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.kg.shelf import kept_articles
from g60kg.store import DiskStore, Store
from g60kg.terms import ARTICLE, G60
from g60kg.webpage import is_page

if TYPE_CHECKING:
    from g60kg.extract import MarkedSentence


STDIN: Final = "-"
Source = str | Article
"""The path of a file, or an article that was read already."""


def read_articles(files: Iterable[str | Path], **known: str | None) -> tuple[Article, ...]:
    """Read articles from files; `known` are `title`, `date`, `url` of them all, where given.

    Raises `ArticleError` for a file that is missing, empty, not UTF-8, binary or too large.
    """
    return tuple(read_source(str(file), known) for file in files)


def read_source(source: Source, known: Mapping[str, str | None]) -> Article:
    """Return the article of a file, of standard input, or the article itself."""
    if isinstance(source, Article):
        return source
    if source == STDIN:
        return _read_stdin(known)
    if Path(source).is_dir():
        raise ArticleError("is a folder", path=source, mend="name a text file")
    return Article.from_file(Path(source), **known)


def checked_sources(files: Iterable[str], known: Mapping[str, str | None]) -> list[Source]:
    """Return files as sources, each readable now; raises `ArticleError` for the first that is not.

    Of standard input, which can be read but once, the article is kept; of a file only the path.
    """
    return [article if file == STDIN else file for file in files if (article := read_source(file, known))]


def name_of(source: Source) -> str:
    """Return what a source is called in a message."""
    return source.id if isinstance(source, Article) else source


def _read_stdin(known: Mapping[str, str | None]) -> Article:
    given = {name: value for name, value in known.items() if value is not None}
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}", path="standard input") from error
    make = Article.from_page if is_page(data) else Article.from_bytes
    return make(data, "standard-input", "standard input", **given)


def article_text(store: Store, name: str) -> Article | None:
    """Return an article that is held, by its id; None where nobody has its text any more."""
    wanted = {quad.object for quad in store.match(ARTICLE[name], G60.sha256)}
    found = (article for article in _kept(store, name) if Literal(article.sha256) in wanted)
    return next(found, None)


def marked_sentences(article: Article, overlays: Overlays) -> "tuple[MarkedSentence, ...]":
    """Return a text's sentences with what is marked in them; by packaged names where a user's are gone."""
    try:
        return _marked(article, overlays)
    except G60Error:
        return _marked(article, stages.PACKAGED)


@lru_cache(maxsize=32)
def _marked(article: Article, overlays: Overlays) -> "tuple[MarkedSentence, ...]":
    from g60kg.extract import mark

    return mark(article, stages.lexicon(overlays))


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
