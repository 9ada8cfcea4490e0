"""What is kept beside a store, one JSON file an article, and must not be lost when it is built again.

A text is put aside (`.new`) while the manifest does not say yet whether it counts, before an article is added
and before it is taken back; `settle` then does what the manifest says, also after a process that was killed.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal

from g60kg.article import Article
from g60kg.errors import DamagedStore, NoStore, StoreError
from g60kg.kg.overlays import Summary
from g60kg.kg.stages import packaged_articles
from g60kg.model import content_id
from g60kg.store import DiskStore, Store
from g60kg.store.disk import BESIDE, clean
from g60kg.store.manifest import read_manifest
from g60kg.terms import ARTICLE, G60
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
    waiting = [*(store / FOLDER).glob(f"*{_ASIDE}")]
    counting = set(map(content_id, ids)) if waiting else set()
    for path in waiting:
        if path.stem in counting:
            path.replace(path.with_suffix(_KEPT))
        else:
            path.unlink(missing_ok=True)
    if waiting:
        sync_folder(store / FOLDER)


def article_text(store: Store, name: str) -> Article | None:
    """Return an article that is held, by its id; None where nobody has its text any more."""
    wanted = {quad.object for quad in store.match(ARTICLE[name], G60.sha256)}
    held = [article for article in packaged_articles() if article.id == name]
    with suppress(StoreError):
        held += [_read(_path(store.folder, name))] if isinstance(store, DiskStore) else []
    return next((article for article in held if Literal(article.sha256) in wanted), None)


def _read(path: Path) -> Article:
    """Read an article that is kept beside a store; raises `StoreError` where it is missing or damaged."""
    place = path if path.exists() else path.with_suffix(_ASIDE)
    try:
        article = Article(**json.loads(place.read_bytes()))
        if content_id(article.id) != path.stem:
            raise ValueError("it is another article")
        return article
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise StoreError(
            f"{path}: cannot be read: {error}", mend="remove the article and add it again"
        ) from error


def _path(store: Path, article_id: str) -> Path:
    """Return the place of an article, named by a hash, since an id may hold any letter."""
    return store / FOLDER / f"{content_id(article_id)}{_KEPT}"


@dataclass(frozen=True, slots=True)
class Before:
    """The state of a folder; `store` is None where there is none that is sound.

    `articles` are those that were added, `found` the ids of those that are kept and that the manifest does
    not name; `lost` says of which the text cannot be read, `notes` what a user should know.
    """

    store: DiskStore | None
    summary: Summary
    articles: tuple[Article, ...]
    found: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...]


def look(folder: Path, *, whole: bool = False) -> Before:
    """Look at a folder that may hold a store; with `whole` read all its files, and go on without lost texts.

    What a killed writer left is taken away, so no other may be writing.

    Raises `NewerStore`, and `StoreError` where it may not be read, or where the text of an article is lost.
    """
    store, said, notes = None, None, list[str]()
    with suppress(NoStore, DamagedStore):
        said = Summary.from_json(read_manifest(folder).about)
        settle(folder, said.added)
        clean(folder)
    summary = said or Summary()
    try:
        store = DiskStore(folder)
        if whole:
            store.check_files()
    except NoStore:
        pass
    except DamagedStore as error:
        store = None
        notes.append(f"{error.message}; it is built again, from the texts that are kept beside it")
    if said is None and (notes or (folder / FOLDER).exists()):
        notes.append("it is not known which folders of your own it was built with; build with them again")
    if summary.is_changed:
        notes.append("what updates and pulls put into the store is in no text, and is not built again")
    shelved, lost = dict[str, Article](), list[str]()
    for path in (folder / FOLDER).glob("*"):
        if path.suffix == _KEPT or (said is None and path.suffix == _ASIDE):
            with suppress(StoreError):  # what is no article is left alone
                article = _read(path)
                shelved[article.id] = article
    articles = dict(sorted(shelved.items()))
    for each in sorted({*summary.added} - articles.keys()):
        try:
            _read(_path(folder, each))
        except StoreError as error:
            if not whole:
                raise
            lost.append(f"{each}: its text is lost; add it again: {error.message}")
    found = tuple(each for each in articles if each not in summary.added)
    if found:
        names = ", ".join(found)
        notes.append(f"{folder}: articles are kept here that the store does not name, and are added: {names}")
    return Before(store, summary, tuple(articles.values()), found, tuple(lost), tuple(notes))
