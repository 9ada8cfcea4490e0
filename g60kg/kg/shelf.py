"""The texts of the articles that a user added, kept beside the store, so that a build reads them again.

Goes in: the folder of a store and articles. Comes out: the same articles. One JSON file each. A text is put
aside (`.new`) while the manifest does not say yet whether it counts, before an article is added and before it
is taken back; `settle` then does what the manifest says, also after a process that was killed.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

from g60kg.errors import StoreError
from g60kg.model import Article, content_id
from g60kg.store.disk import BESIDE
from g60kg.whole import sync_folder, write_whole

FOLDER: Final = BESIDE[0]
_KEPT: Final = ".json"
_ASIDE: Final = ".new"


def put_aside(store: Path, article: Article) -> None:
    """Write an article beside a store that does not hold it yet, whole or not at all.

    Raises `StoreError` where it cannot be written.
    """
    path = _path(store, article.id).with_suffix(_ASIDE)
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, json.dumps(asdict(article), ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}", mend="free space") from error


def take_down(store: Path, article_id: str) -> None:
    """Put an article aside that is about to be taken back; one that is not there does no harm."""
    path = _path(store, article_id)
    with suppress(FileNotFoundError):
        path.replace(path.with_suffix(_ASIDE))


def settle(store: Path, ids: Iterable[str]) -> None:
    """Keep what was put aside of the articles of these ids, which count; take the rest of it away."""
    counting = {_path(store, article_id).stem for article_id in ids}
    waiting = [*(store / FOLDER).glob(f"*{_ASIDE}")]
    for path in waiting:
        if path.stem in counting:
            path.replace(path.with_suffix(_KEPT))
        else:
            path.unlink(missing_ok=True)
    if waiting:
        sync_folder(store / FOLDER)


def kept_articles(store: Path, ids: Iterable[str]) -> tuple[Article, ...]:
    """Read the articles of these ids, in the order of their ids.

    Raises `StoreError` where one is missing or damaged.
    """
    return tuple(_read(_path(store, article_id)) for article_id in sorted(ids))


def found_articles(store: Path, known: Iterable[str], *, aside: bool) -> tuple[Article, ...]:
    """Read the articles that are kept beside a store and are none of these ids, in the order of their ids.

    A store that lost its manifest does not name them, nor one that lost them to two writers at once. With
    `aside` those that were put aside are among them.
    """
    named = {_path(store, article_id).stem for article_id in known}
    found = {}
    for path in (store / FOLDER).glob("*"):
        if path.stem not in named and path.suffix in ((_KEPT, _ASIDE) if aside else (_KEPT,)):
            with suppress(StoreError):  # what is no article is left alone
                article = _read(path)
                if _path(store, article.id).stem == path.stem:
                    found[article.id] = article
    return tuple(found[name] for name in sorted(found))


def _read(path: Path) -> Article:
    place = path if path.exists() else path.with_suffix(_ASIDE)
    try:
        return Article(**json.loads(place.read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise StoreError(
            f"{path}: cannot be read: {error}", mend="remove the article and add it again"
        ) from error


def _path(store: Path, article_id: str) -> Path:
    """Return the place of an article, named by a hash, since an id may hold any letter."""
    return store / FOLDER / f"{content_id(article_id)}{_KEPT}"
