"""Articles, and how they are read from files; what cannot be read is an `ArticleError`."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as calendar
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from .errors import ArticleError
from .notebook import Shown
from .terms import slug
from .webpage import ENDINGS, read_page

LARGEST: Final = 10_000_000
"""The most bytes that are read as one article; a larger file is an archive, no article."""
_KEYS: Final = frozenset(["title", "date", "url", "language", "note"])
"""What may be known of an article."""
_DATED: Final = re.compile(
    r"(?:(?P<place>[A-Z][\w.' -]{1,40}(?:, [A-Z][\w. -]{1,40})?, )"
    r"|(?:(?:Published|Date|Issued|Released|发布时间|日期)(?: on)?[:：]? ?)?(?:[A-Z][a-z]+day,? )?)"
    r"(?:(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"
    r"|(?P<day2>\d{1,2}) (?P<month2>[A-Z][a-z]{2,8})\.?,? (?P<year2>\d{4})"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<zh>\d{4}年\d{1,2}月\d{1,2}日))"
    r"(?(place)(?: ?\([^)]{1,30}\))? ?[-–—:]+ .*|\.?)"
)
"""A line that is a date alone, or begins with a dateline: HEFEI, Aug. 14, 2024 — …"""
_HEAD_LINES: Final = 6
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True, repr=False)
class Article(Shown):
    """A text as found, and what is known of it.

    `date` is an ISO 8601 date (`2023-07-11`) or None; relative times resolve against it. Raises
    `ArticleError` for a `url` that is no address of http or https and a `language` that is no tag of BCP 47.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    language: str = "en"
    note: str | None = None

    def __post_init__(self) -> None:
        try:
            if self.url is not None:
                NamedNode(self.url)
                if not self.url.lower().startswith(("http://", "https://")):
                    raise ValueError("a browser would not only go there")
        except ValueError as error:
            mend = "write it as https://…"
            raise ArticleError(f"{self.url!r} is no address", path=self.id, mend=mend) from error
        try:
            Literal("", language=self.language)
        except ValueError as error:
            mend = "write it as en or zh-CN"
            raise ArticleError(f"{self.language!r} is no language", path=self.id, mend=mend) from error

    def __repr__(self) -> str:
        return f"<Article {self.id}: {len(self.text):,} characters{(self.date and f', {self.date}') or ''}>"

    def __str__(self) -> str:
        head = ", ".join(part for part in (self.title, self.date, self.url) if part)
        return f"{head}\n\n{self.text}" if head else self.text

    @property
    def sha256(self) -> str:
        """The hash of the text's UTF-8 bytes, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        date: str | None = None,
        url: str | None = None,
        title: str | None = None,
        note: str | None = None,
    ) -> "Article":
        """Make the article of a text file or web page; a `.yaml` file beside it may say what is known of it.

        Of a web page (`.html`, `.htm`) it is the article's text, with title and date where the page says them
        plainly; the date may stand in the dateline; what is given or stands beside it wins. Raises
        `ArticleError` for a file that is missing, empty, too large, not UTF-8, or binary, and for a date that
        is none.
        """
        path = Path(path)
        known = _metadata(path.with_suffix(".yaml"))
        known |= _checked({"date": date, "url": url, "title": title, "note": note}, path)
        return cls.from_content(_read(path), path, path, **known)

    @classmethod
    def from_content(
        cls, data: bytes, name: str | Path, source: str | Path, **known: str | None
    ) -> "Article":
        """Make the article of a file's bytes, a page's where its name says so. Raises `ArticleError`."""
        make = cls.from_page if Path(name).suffix.lower() in ENDINGS else cls.from_bytes
        return make(data, slug(Path(name).stem) or "article", source, **known)

    @classmethod
    def from_bytes(cls, data: bytes, id: str, source: str | Path, **known: str | None) -> "Article":
        """Make the article of bytes; `source` is what an error names. Raises `ArticleError`."""
        text = _decode(data, source)
        return cls(id, text, **{"date": printed_date(text)} | _checked(known, source))

    @classmethod
    def from_page(cls, data: bytes, id: str, source: str | Path, **known: str | None) -> "Article":
        """Make the article of a web page's bytes, as `from_bytes` does of a text's. Raises `ArticleError`."""
        _check_size(data, source)
        page = read_page(data, source)
        found = {"title": page.title, "date": page.date or printed_date(page.text)} | _checked(known, source)
        return cls(id, _checked_text(page.text, source), **found)


def printed_date(text: str) -> str | None:
    """Return the date that a text bears at its head: in a dateline, or alone on a line.

    >>> printed_date("A new plant\\n\\nHEFEI, Aug. 14, 2024 — Lanmu Glass broke ground.")
    '2024-08-14'
    """
    lines = [line.strip() for line in text[:2000].splitlines() if line.strip()]
    for found in filter(None, map(_DATED.fullmatch, lines[:_HEAD_LINES])):
        said = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
        written, form = said.get("iso") or said.get("zh"), "%Y-%m-%d" if "iso" in said else "%Y年%m月%d日"
        if written is None:
            written, form = f"{said['day']} {said['month'][:3]} {said['year']}", "%d %b %Y"
        with suppress(ValueError):
            return datetime.strptime(written, form).date().isoformat()
    return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}", path=path, mend="name a text file") from error


def _decode(data: bytes, source: str | Path) -> str:
    _check_size(data, source)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError("not UTF-8", path=source, line=line, mend="save the text as UTF-8") from error
    return _checked_text(text, source)


def _check_size(data: bytes, source: str | Path) -> None:
    if len(data) > LARGEST:
        mend = f"split it into articles below {LARGEST:,} bytes"
        raise ArticleError(f"larger than {LARGEST:,} bytes", path=source, mend=mend)


def _checked_text(text: str, source: str | Path) -> str:
    """Return a text that has words; raises `ArticleError` for one that is empty or binary."""
    if not text.strip():
        raise ArticleError("the text is empty", path=source, mend="give a file with text")
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) // 100:
        raise ArticleError("binary data, not text", path=source, mend="give a plain text file")
    return text


def _checked(known: dict[str, str | None], source: str | Path) -> dict[str, Any]:
    """Return what is known, without what is not; raises `ArticleError` for a date that is none."""
    said: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    try:
        return said | ({"date": calendar.fromisoformat(said["date"]).isoformat()} if "date" in said else {})
    except ValueError as error:
        message = f"{said['date']!r} is no date"
        raise ArticleError(message, path=source, mend="write it as 2023-07-11") from error


def _metadata(path: Path) -> dict[str, Any]:
    """Return what a `.yaml` file beside a text says of it: a few keys with short values."""
    if not path.is_file():
        return {}
    from g60kg.forms import read_fields, written
    from g60kg.nodes import Source, read_node

    root = read_node(Source(path, ArticleError, "metadata"))
    known = read_fields(root, "metadata", {}, dict.fromkeys(_KEYS, written)) if root else {}
    return {key: value for key, value in known.items() if value}
