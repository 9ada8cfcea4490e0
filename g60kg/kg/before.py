"""What a folder holds before a store is built in it: what must not be lost.

Goes in: a folder. Comes out: the store, where it is sound; what its manifest says; and the articles that were
added to it, from the texts kept beside it, also where the store is damaged or its manifest is gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from g60kg.errors import DamagedStore, NoStore, StoreError
from g60kg.kg.shelf import found_articles, kept_articles
from g60kg.kg.summary import Summary
from g60kg.model import Article
from g60kg.store import DiskStore
from g60kg.store.disk import BESIDE
from g60kg.store.manifest import read_manifest


@dataclass(frozen=True, slots=True)
class Before:
    """The state of a folder; `store` is None where there is none that is sound.

    `kept` are the articles that the manifest names, `found` those that are kept beside it and that it does
    not name; `lost` says of which the text cannot be read, `notes` what a user should know.
    """

    store: DiskStore | None
    summary: Summary
    kept: tuple[Article, ...]
    found: tuple[Article, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that were added."""
        return (*self.kept, *self.found)


def look(folder: Path, *, whole: bool = False) -> Before:
    """Look at a folder that may hold a store; with `whole` read all its files, and go on without lost texts.

    Raises `NewerStore`, and `StoreError` where it may not be read, or where the text of an article is lost.
    """
    store, notes = None, list[str]()
    said = _said(folder)
    summary = said or Summary()
    try:
        store = DiskStore(folder)
        Summary.from_json(store.about)
        if whole:
            store.check_files()
    except NoStore:
        pass
    except DamagedStore as error:
        store = None
        notes.append(f"{error.message}; it is built again, from the texts that are kept beside it")
    if said is None and (notes or (folder / BESIDE[0]).exists()):
        notes.append("it is not known which folders of your own it was built with; build with them again")
    if summary.is_changed:
        notes.append("what updates and pulls put into the store is in no text, and is not built again")
    kept, lost = _kept(folder, summary.added, skip=whole)
    found = found_articles(folder, summary.added, aside=said is None)
    if found:
        names = ", ".join(article.id for article in found)
        notes.append(f"{folder}: articles are kept here that the store does not name, and are added: {names}")
    return Before(store, summary, kept, found, lost, tuple(notes))


def _said(folder: Path) -> Summary | None:
    """Return what the manifest says; None where there is none that can be used."""
    try:
        return Summary.from_json(read_manifest(folder).about)
    except (NoStore, DamagedStore):
        return None


def _kept(folder: Path, ids: Iterable[str], *, skip: bool) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Return articles, and with `skip` a line on each whose text cannot be read."""
    kept, lost = list[Article](), list[str]()
    for each in sorted(ids):
        try:
            kept += kept_articles(folder, [each])
        except StoreError as error:
            if not skip:
                raise
            lost.append(f"{each}: its text is lost; add it again: {error.message}")
    return tuple(kept), tuple(lost)
