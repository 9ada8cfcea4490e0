"""The texts of the articles that a user added, kept beside the store, so that a build reads them again.

Goes in: the folder of a store and articles. Comes out: the same articles. One JSON file each; which
of them count is said by the store's manifest, so a file more does no harm.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from g60kg.article import Article
from g60kg.errors import StoreError
from g60kg.model import content_id

FOLDER: Final = "articles"


def keep_article(store: Path, article: Article) -> None:
    """Write an article to the shelf of a store's folder, whole or not at all.

    Raises `StoreError` where it cannot be written.
    """
    path = _path(store, article.id)
    temporary = path.with_suffix(".new")
    try:
        path.parent.mkdir(exist_ok=True)
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(article), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror}", mend="free space") from error


def drop_article(store: Path, article_id: str) -> None:
    """Take an article from the shelf; one that is not there does no harm."""
    _path(store, article_id).unlink(missing_ok=True)


def kept_articles(store: Path, ids: Iterable[str]) -> tuple[Article, ...]:
    """Read the articles of these ids, in the order of their ids.

    Raises `StoreError` where one is missing or damaged.
    """
    return tuple(_read(_path(store, article_id)) for article_id in sorted(ids))


def _read(path: Path) -> Article:
    try:
        return Article(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            f"{path}: cannot be read: {error}", mend="remove the article and add it again"
        ) from error


def _path(store: Path, article_id: str) -> Path:
    """Return the place of an article, named by a hash, since an id may hold any letter."""
    return store / FOLDER / f"{content_id(article_id)}.json"
