"""Where the texts of articles come from: files, folders, tar archives, lists of files, standard input.

Of an archive nothing is unpacked to the disk, and no member is read that is a link, a device, too large, or
has a name that leads out of it.
"""

import csv
import hashlib
import json
import lzma
import os
import sys
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any, Final

from g60kg.article import LARGEST, Article
from g60kg.errors import ArticleError
from g60kg.terms import slug
from g60kg.webpage import is_page

STDIN: Final = "-"
TEXTS: Final = (".txt", ".html", ".htm")
_LISTS: Final = ("list.jsonl", "list.csv")
"""The names of a list within an archive."""
_COLUMNS: Final = ("file", "title", "date", "url", "note")
_ARCHIVES: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_MOST: Final = 2**30
"""So many bytes of an archive are read at most, since they are held in memory until they are read."""
_UNREADABLE: Final = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file with what a list says of it; of a member of an archive, its name there, and its bytes or what is
    wrong with it.
    """

    file: str
    known: Mapping[str, str]
    member: tuple[str, bytes | str] | None = None


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
        if source.member is None:
            return read_source(source.file, known)
        name, data = source.member
        if isinstance(data, str):
            raise ArticleError(data, path=source.file, mend="pack the text itself")
        return Article.from_content(data, name, source.file, **known)
    if source == STDIN:
        try:
            data = sys.stdin.buffer.read()
        except OSError as error:
            raise ArticleError(f"cannot be read: {error.strerror}", path="standard input") from error
        name = "standard-input.html" if is_page(data) else "standard-input"
        return Article.from_content(data, name, "standard input", **known)
    if Path(source).is_dir():
        raise ArticleError("is a folder", path=source, mend="name a text file")
    return Article.from_file(Path(source), **known)


def name_of(source: Source) -> str:
    """Return what a source is called in a message."""
    if isinstance(source, Listed):
        return source.file
    return source.id if isinstance(source, Article) else source


def to_article(given: object, known: Mapping[str, Any]) -> Article:
    """Return an article, that of a path, or that of a text, with what is known of it.

    A string is a path where it names a file or ends as one, or has no white space. Raises `ArticleError` for
    what cannot be read, and what is none of these.
    """
    if isinstance(given, Article):
        return replace(given, **{name: value for name, value in known.items() if value is not None})
    if not isinstance(given, str | Path):
        mend = "give an Article, a path, or a text"
        raise ArticleError(f"{type(given).__name__} is no article", mend=mend)
    text = "" if isinstance(given, Path) else given
    is_word = text.lower().endswith(TEXTS) or not any(map(str.isspace, text.strip()))
    if "\n" not in text and (is_word or Path(text).is_file()):
        return read_source(str(given), known)
    data = text.encode(errors="surrogatepass")
    return Article.from_bytes(data, text_id(data, known.get("title")), "the text", **known)


def text_id(data: bytes, title: str | None) -> str:
    """Return the id of a text that is in no file: its title's, else its hash."""
    return slug(title or "") or f"text-{hashlib.sha256(data).hexdigest()[:12]}"


def sources_of(
    files: Iterable[str], lists: Iterable[str | Path], known: Mapping[str, str | None]
) -> list[Source]:
    """Return what files, the texts of folders and archives, and lists name, in that order.

    Of standard input, which can be read but once, the article is kept; of a file only the path. Raises
    `ArticleError` for a folder without texts, for a list that cannot be used, and where none can be read.
    """
    sources: list[Source] = [each for file in files for each in _sources_in(file)]
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


def _sources_in(file: str) -> Sequence[Source]:
    """Return the texts and web pages of a folder or an archive; a file is one."""
    found: Sequence[Source]
    kind, place = "a folder", Path(file)
    if place.is_dir():
        found = [str(path) for path in sorted(place.iterdir()) if path.suffix.lower() in TEXTS]
    elif place.name.lower().endswith(_ARCHIVES):
        kind, found = "an archive", _packed(place)
    else:
        return [file]
    if not found:
        raise ArticleError(f"is {kind} without texts", path=place, mend=f"put {', '.join(TEXTS)} into it")
    return found


def _packed(path: Path) -> list[Listed]:
    """Return the texts of an archive; a list in it says what is known of those beside it or below.

    Raises `ArticleError` for what is no archive, is cut off, or holds more than can be held.
    """
    try:
        with tarfile.open(path) as archive:
            members = dict(sorted(_members(archive, path), key=lambda member: member[0]))
    except _UNREADABLE as error:
        mend = "pack it again, or give a folder"
        raise ArticleError(f"no tar archive that can be read: {error}", path=path, mend=mend) from error
    known: dict[str, Mapping[str, str]] = {}
    for name in [each for each in members if each.endswith(_LISTS)]:
        data = members.pop(name)
        rows = _rows(data, path / name) if isinstance(data, bytes) else ()
        known |= {os.path.normpath(each.file): each.known for each in rows}
    return [
        Listed(f"{path}:{name}", known.get(os.path.normpath(path / name), {}), (name, data))
        for name, data in members.items()
    ]


def _members(archive: tarfile.TarFile, path: Path) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name of each text and list in an archive, with its bytes, or why it is not read."""
    left = _MOST
    for each in archive:
        if each.isdir() or not each.name.lower().endswith((*TEXTS, *_LISTS)):
            continue
        place = PurePosixPath(each.name)
        if place.is_absolute() or ".." in place.parts:
            yield each.name, "its name leads out of the archive"
        elif not each.isreg():
            yield each.name, "a link or a device, no text"
        elif each.size > LARGEST:
            yield each.name, f"larger than {LARGEST:,} bytes"
        else:
            left -= each.size
            if left < 0:
                message = f"holds more than {_MOST:,} bytes of text"
                raise ArticleError(message, path=path, mend="unpack it, and give the folder")
            file = archive.extractfile(each)
            yield each.name, file.read() if file else b""


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
    found = list[Listed]()
    if path.suffix == ".jsonl":
        for line, each in enumerate(text.splitlines(), 1):
            try:
                row = json.loads(each) if each.strip() else None
            except (ValueError, RecursionError) as error:
                mend = "write one object a line"
                raise ArticleError("no JSON", path=path, line=line, mend=mend) from error
            found += [_listed(row, path, line)] if each.strip() else []
        return tuple(found)
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            given = {name: value for name, value in row.items() if value}
            found.append(_listed(given, path, reader.line_num))
    except csv.Error as error:
        raise ArticleError(f"no CSV: {error}", path=path, line=reader.line_num) from error
    return tuple(found)


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
