"""Articles from files.

Goes in: a file or bytes, and what is known of them. Comes out: an `Article`; what cannot be read is an
`ArticleError`.
"""

import re
from datetime import date as calendar
from pathlib import Path
from typing import Any, Final

import yaml

from ..errors import ArticleError
from ..model import Article
from ..terms import slug

LARGEST: Final = 10_000_000
"""The most bytes that are read as one article; a larger file is an archive, no article."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_article(
    path: Path,
    *,
    date: str | None = None,
    url: str | None = None,
    title: str | None = None,
    note: str | None = None,
) -> Article:
    """Return the article of a text file; what stands in a `.yaml` file beside it is known of it, too.

    Raises `ArticleError` for a file that is missing, empty, too large, not UTF-8, or binary.
    """
    known = _metadata(path.with_suffix(".yaml"))
    given = {"date": date, "url": url, "title": title, "note": note}
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ArticleError(
                f"{size:,} bytes is too large",
                path=path,
                mend=f"split it into articles below {LARGEST:,} bytes",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}", path=path, mend="name a text file") from error
    return make_article(
        data, slug(path.stem) or "article", path, **(known | {k: v for k, v in given.items() if v})
    )


def make_article(data: bytes, name: str, path: Path | str, **known: Any) -> Article:
    """Return the article of bytes; `path` is what an error names."""
    if len(data) > LARGEST:
        raise ArticleError(
            "the text is too large", path=path, mend=f"split it into articles below {LARGEST:,} bytes"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError("not UTF-8", path=path, line=line, mend="save the text as UTF-8") from error
    if not text.strip():
        raise ArticleError("the text is empty", path=path, mend="give a file with text")
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) // 100:
        raise ArticleError("binary data, not text", path=path, mend="give a plain text file")
    return Article(name, text, **(known | {"date": _date(known.get("date"), path)}))


def _date(value: Any, path: Path | str) -> str | None:
    if value is None:
        return None
    try:
        return calendar.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise ArticleError(f"{value!r} is no date", path=path, mend="write it as 2023-07-11") from error


def _metadata(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ArticleError("not YAML", path=path, line=mark.line + 1 if mark else None) from error
    allowed = {"title", "date", "url", "language", "note"}
    if not isinstance(raw, dict) or not raw.keys() <= allowed:
        raise ArticleError(
            "metadata is a mapping", path=path, mend=f"use the keys {', '.join(sorted(allowed))}"
        )
    return {key: str(value) for key, value in raw.items()}
