"""Changing a store that others may change at the same time.

Goes in: a store and the summary it was opened with. Comes out: its summary as it is now, while nobody else
writes: what is computed and applied within loses nothing.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

from g60kg.errors import ParameterError
from g60kg.kg.progress import Progress
from g60kg.kg.shelf import settle
from g60kg.kg.summary import Summary
from g60kg.store import DiskStore, Store
from g60kg.store.disk import make_folder
from g60kg.store.lock import writing

WAIT: Final = 600.0
"""So many seconds another writer is waited for."""
VARIABLE: Final = "G60KG_WAIT"


@contextmanager
def changing(store: Store, summary: Summary, report: Progress) -> Iterator[Summary]:
    """Yield the summary of a store as it is now, and keep other writers away from it.

    What a killed writer left beside it is settled first. `report` is told where another writer is waited
    for; raises `StoreBusy` where it does not end in time.
    """
    if not isinstance(store, DiskStore):
        yield summary
        return
    with store.exclusive(patience(), lambda: report(_waiting(store.folder))):
        now = Summary.from_json(store.about)
        settle(store.folder, now.added)
        yield now


@contextmanager
def building(folder: Path, report: Progress) -> Iterator[None]:
    """Keep other writers away from a folder that a store is built in; it is made, and goes where that fails.

    Raises `StoreError` where it cannot hold a store, `StoreBusy` where another writer does not end in time.
    """
    is_new = not folder.exists()
    make_folder(folder)
    with writing(folder, patience(), lambda: report(_waiting(folder))):
        try:
            yield
        finally:
            if is_new:
                with suppress(OSError):  # it holds something
                    folder.rmdir()


@contextmanager
def writing_file(file: Path) -> Iterator[None]:
    """Keep others who do the same away from a file of the user's; raises `StoreBusy` as `building` does."""
    folder = file.expanduser().absolute().parent
    with writing(folder, patience()) if folder.is_dir() else nullcontext():
        yield


def patience() -> float:
    """Return how many seconds another writer is waited for; raises `ParameterError` for what is no number."""
    given = os.environ.get(VARIABLE) or WAIT
    try:
        return float(given)
    except ValueError:
        raise ParameterError(f"${VARIABLE} is {given!r}", mend="give a number of seconds") from None


def _waiting(folder: Path) -> str:
    return f"{folder}: waiting for another process that is writing to it"
