"""Where articles are read from: files, standard input, or articles at hand.

Goes in: a path, `-` for standard input, or an article. Comes out: an `Article`, also
of a web page; what cannot be read is an `ArticleError`.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.webpage import is_page

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
