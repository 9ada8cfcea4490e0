"""A web page to the text of its article, its title and its date.

Offsets into the article count its text. Title and date are taken only where the page says them plainly; a
page that gives two dates gives none.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as calendar
from pathlib import Path
from typing import Any, Final

from g60kg.errors import ArticleError

ENDINGS: Final = frozenset([".html", ".htm", ".xhtml"])
"""What the names of web pages end in."""
_MOST: Final = 50_000
"""The most elements of a page; a page with more is no article, and would take minutes."""
_NOTHING: Final = "no article is found in the page"
_MEND: Final = "save its text in a .txt file"
_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--[^>]{0,2000}-->\s*+){0,5}"
    rb"<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE,
)
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]{0,400}?\b(?:charset|encoding)\s*=\s*["']?([\w:.-]{1,40})""", re.I
)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CODECS: Final = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"), "utf-8"),
    **{f"windows-125{page}": f"cp125{page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 7, 9, 10, 13, 15, 16)},
    **{name: name for name in ("euc-jp", "iso-2022-jp", "koi8-r", "koi8-u")},
}
"""The names by which a page may say how it is encoded, as browsers take them, and Python's codec of each."""
_NAMES: Final = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "dc.date.issued",
)
_IN_DATA: Final = re.compile(r'"datePublished"\s{0,8}:\s{0,8}"([^"]{10,40})"')


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page: its text, and what the page says of it plainly."""

    text: str
    title: str | None = None
    date: str | None = None


def is_page(data: bytes) -> bool:
    """Tell whether bytes begin as a web page does.

    >>> is_page(b"<!DOCTYPE html><html>"), is_page(b"Hefei <html>")
    (True, False)
    """
    head = data[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _START.match(head.decode("utf-16", "replace").encode() if wide else head) is not None


def read_page(data: bytes, source: str | Path) -> Page:
    """Return the article of a web page. Raises `ArticleError`, which names `source`."""
    try:
        import trafilatura
    except ImportError as error:
        message = "web pages need trafilatura, which is not installed"
        mend = "run pip install 'g60kg[html]', or give the article's text"
        raise ArticleError(message, path=source, mend=mend) from error
    tree = _parsed(_decoded(data, source), source)
    title, date = _title(tree), _date(tree)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds amiss is said by our error
    text = trafilatura.extract(tree, include_comments=False)
    if not text or not text.strip():
        raise ArticleError(_NOTHING, path=source, mend=_MEND)
    return Page(text, title, date)


def _decoded(data: bytes, source: str | Path) -> str:
    """Return a page's text by its byte order mark, or as UTF-8, or by the charset that it declares."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, codec, source)
    found = _DECLARED.search(data[:8192])
    name = found[1].decode().lower() if found else "utf-8"
    if name not in _CODECS:
        raise ArticleError(f"unknown charset {name!r}", path=source, mend="save the page as UTF-8")
    try:
        # Other encodings give valid UTF-8 only by accident, and many pages declare what they no longer are.
        return data.decode("utf-8" if not data.isascii() else _CODECS[name])
    except UnicodeDecodeError:
        return _decode_as(data, _CODECS[name], source)


def _decode_as(data: bytes, codec: str, source: str | Path) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line, name = data.count(b"\n", 0, error.start) + 1, codec.upper().removesuffix("-SIG")
        mend = "save the page as UTF-8, or say its charset in <meta charset=…>"
        raise ArticleError(f"not {name}", path=source, line=line, mend=mend) from error


def _parsed(text: str, source: str | Path) -> Any:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(_NOTHING, path=source, mend=_MEND) from error
    if sum(1 for _ in tree.iter()) > _MOST:
        message = f"a page of more than {_MOST:,} elements"
        raise ArticleError(message, path=source, mend=_MEND)
    return tree


def _title(tree: Any) -> str | None:
    """Return the title for sharing, or the one main heading, or the page's title."""
    shared = [meta.get("content", "") for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    headings = [heading.text_content() for heading in tree.iter("h1")]
    titles = [title.text_content() for title in tree.iter("title")]
    for found in (shared[:1], headings if len(headings) == 1 else [], titles[:1]):
        if found and (title := " ".join(found[0].split())):
            return title[:500]
    return None


def _date(tree: Any) -> str | None:
    """Return the date of publication, where the head, the data or the one marked time of a page gives one."""
    metas = (
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "", meta)
        for meta in tree.iter("meta")
    )
    head = (meta.get("content", "") for name, meta in metas if name.lower() in _NAMES)
    scripts = (each.text or "" for each in tree.iter("script") if each.get("type") == "application/ld+json")
    data = (found for script in scripts for found in _IN_DATA.findall(script))
    times = (time.get("datetime", "") for time in tree.iter("time"))
    for stated in (head, data, times):
        if dates := set(_iso(stated)):
            return dates.pop() if len(dates) == 1 else None
    return None


def _iso(stated: Iterable[str]) -> Iterator[str]:
    for text in stated:
        try:
            yield calendar.fromisoformat(text.strip()[:10]).isoformat()
        except ValueError:
            continue
