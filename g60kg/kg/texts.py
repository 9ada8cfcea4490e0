"""Where the texts of articles come from: files, standard input, or the store that holds them.

Of an article that is held only the very text that the graph was made from is given.
"""

import csv
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal

from g60kg.article import Article
from g60kg.errors import ArticleError, G60Error, StoreError
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.kg.shelf import kept_article
from g60kg.kg.tar import Member, is_tar, read_tar
from g60kg.store import DiskStore, Store
from g60kg.terms import ARTICLE, G60, slug
from g60kg.webpage import is_page

if TYPE_CHECKING:
    from g60kg.extract import MarkedSentence


STDIN: Final = "-"
_TEXTS: Final = (".txt", ".html", ".htm")
_LISTS: Final = ("list.jsonl", "list.csv")
"""The names of a list within an archive."""
_COLUMNS: Final = ("file", "title", "date", "url", "note")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file, or a member of a tar archive, with what a list says of it."""

    file: str
    known: Mapping[str, str]
    member: Member | None = None


Source = str | Listed | Article
"""The path of a file, one with what is known of it, or an article that was read."""


def read_source(source: Source, known: Mapping[str, str | None]) -> Article:
    """Return the article of a file, of standard input, or the article itself.

    Raises `ArticleError` for a file that is missing, empty, not UTF-8, binary or too large.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, Listed):
        known = {**known, **source.known}
        packed = source.member
        return read_source(source.file, known) if packed is None else _read_packed(source.file, packed, known)
    if source == STDIN:
        return _read_stdin(known)
    if Path(source).is_dir():
        raise ArticleError("is a folder", path=source, mend="name a text file")
    return Article.from_file(Path(source), **known)


def to_article(given: object, known: Mapping[str, Any]) -> Article:
    """Return an article, that of a path, or that of a text, with what is known of it.

    A string is a path where it names a file or ends as one, or has no white space. Raises `ArticleError` for
    what cannot be read, and what is none of these.
    """
    if isinstance(given, Article):
        return replace(given, **{name: value for name, value in known.items() if value is not None})
    if isinstance(given, Path) or (isinstance(given, str) and _is_path(given)):
        return read_source(str(given), known)
    if not isinstance(given, str):
        mend = "give an Article, a path, or a text"
        raise ArticleError(f"{type(given).__name__} is no article", mend=mend)
    data = given.encode(errors="surrogatepass")
    id = slug(known.get("title") or "") or f"text-{hashlib.sha256(data).hexdigest()[:12]}"
    return Article.from_bytes(data, id, "the text", **known)


def _is_path(text: str) -> bool:
    if "\n" in text:
        return False
    return text.lower().endswith(_TEXTS) or not any(map(str.isspace, text.strip())) or Path(text).is_file()


def sources_of(
    files: Iterable[str], lists: Iterable[str | Path], known: Mapping[str, str | None]
) -> list[Source]:
    """Return what files, the texts of folders and archives, and lists name, in that order.

    Of standard input, which can be read but once, the article is kept; of a file only the path. Raises
    `ArticleError` for a folder without texts, for a list that cannot be used, and where none can be read.
    """
    sources: list[Source] = []
    for file in files:
        sources += _sources_in(Path(file)) if Path(file).is_dir() or is_tar(Path(file)) else [file]
    sources += [each for path in lists for each in read_list(Path(path))]
    sources = [read_source(each, known) if each == STDIN else each for each in sources]
    first: ArticleError | None = None
    for source in sources:
        try:
            read_source(source, known)
        except ArticleError as error:
            first = first or error
        else:
            return sources
    raise first or ArticleError("no files are given", path="-", mend="name files, a folder, or --list FILE")


def _sources_in(place: Path) -> Sequence[Source]:
    """Return the texts and web pages of a folder or an archive."""
    if is_tar(place):
        kind, found = "n archive", _packed(place)
    else:
        kind = " folder"
        found = [str(path) for path in sorted(place.iterdir()) if path.suffix.lower() in _TEXTS]
    if not found:
        message = f"is a{kind} without texts"
        raise ArticleError(message, path=place, mend=f"put {', '.join(_TEXTS)} into it")
    return found


def _packed(path: Path) -> list[Source]:
    """Return the texts of an archive; a list in it says what is known of those beside it or below."""
    members = read_tar(path, (*_TEXTS, *_LISTS))
    known: dict[str, Mapping[str, str]] = {}
    for member in members:
        if member.name.endswith(_LISTS) and not member.wrong:
            rows = _rows(member.data, path / member.name)
            known |= {os.path.normpath(each.file): each.known for each in rows}
    texts = (member for member in members if not member.name.endswith(_LISTS))
    return [
        Listed(f"{path}:{each.name}", known.get(os.path.normpath(path / each.name), {}), each)
        for each in texts
    ]


def _read_packed(name: str, member: Member, known: Mapping[str, str | None]) -> Article:
    if member.wrong:
        raise ArticleError(member.wrong, path=name, mend="pack the text itself")
    given = {key: value for key, value in known.items() if value is not None}
    place = Path(member.name)
    make = Article.from_bytes if place.suffix.lower() == _TEXTS[0] else Article.from_page
    return make(member.data, slug(place.stem) or "article", name, **given)


def read_list(path: Path) -> tuple[Listed, ...]:
    """Return the files that a list names: CSV with a head, or lines of JSON (`.jsonl`), of the same names.

    The names are `file`, which is needed and is relative to the list, `title`, `date`, `url` and `note`.
    Raises `ArticleError` with the line.
    """
    try:
        return _rows(path.read_bytes(), path)
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}", path=path) from error


def _rows(data: bytes, path: Path) -> tuple[Listed, ...]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError("not UTF-8", path=path, mend="save the list as UTF-8") from error
    rows = _json_rows(text, path) if path.suffix == ".jsonl" else _csv_rows(text, path)
    return tuple(_listed(row, path, line) for line, row in rows)


def _json_rows(text: str, path: Path) -> Iterator[tuple[int, object]]:
    for line, each in enumerate(text.splitlines(), 1):
        try:
            if each.strip():
                yield line, json.loads(each)
        except (ValueError, RecursionError) as error:
            raise ArticleError("no JSON", path=path, line=line, mend="write one object a line") from error


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, object]]:
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            yield reader.line_num, {name: value for name, value in row.items() if value}
    except csv.Error as error:
        raise ArticleError(f"no CSV: {error}", path=path, line=reader.line_num) from error


def _listed(row: object, path: Path, line: int) -> Listed:
    """Return a row of a list as a file with what is known of it."""
    known = row if isinstance(row, dict) else {}
    names = ", ".join(_COLUMNS)
    odd = [name for name in known if name not in _COLUMNS]  # None is what csv calls values beyond the names
    strange = [f"{name!r} is none of the names" if name else "more values than names" for name in odd]
    strange += [f"{name!r} is no text" for name, value in known.items() if not isinstance(value, str)]
    if strange or not known.get("file"):
        wrong = strange[0] if strange else "no 'file' is named"
        raise ArticleError(wrong, path=path, line=line, mend=f"the names are {names}")
    return Listed(str(path.parent / known["file"]), {name: known[name] for name in known if name != "file"})


def name_of(source: Source) -> str:
    """Return what a source is called in a message."""
    if isinstance(source, Listed):
        return source.file
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
    held = [article for article in stages.packaged_articles() if article.id == name]
    if isinstance(store, DiskStore):
        with suppress(StoreError):
            held.append(kept_article(store.folder, name))
    return next((article for article in held if Literal(article.sha256) in wanted), None)


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
