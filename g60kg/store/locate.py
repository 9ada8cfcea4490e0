"""Where a store is: from a location (a folder, `:memory:`, or a URL) or nothing to an opened store."""

import os
import sys
from pathlib import Path
from typing import Final

from g60kg.store.base import Store
from g60kg.store.disk import DiskStore
from g60kg.store.engine import MemoryStore

MEMORY: Final = ":memory:"
VARIABLE: Final = "G60KG_STORE"


def default_location() -> str:
    """Return where the store is when nobody says: `$G60KG_STORE`, else the user's data directory."""
    return os.environ.get(VARIABLE) or str(data_directory())


def data_directory() -> Path:
    """Return the folder of the store in the user's data directory, as the operating system has it."""
    folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    if sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    return folder / "g60kg" / "store"


def is_url(location: str) -> bool:
    """Whether a location is a URL.

    >>> is_url("http://localhost:7878/query"), is_url("data/store")
    (True, False)
    """
    return "://" in location


def open_store(location: str | Path | None = None) -> Store:
    """Open the store at a location for reading; `:memory:` gives a new and empty one.

    A URL is that of a SPARQL 1.1 endpoint. Raises `StoreError` where there is none.
    """
    place = str(location or default_location())
    if place == MEMORY:
        return MemoryStore()
    if is_url(place):
        from g60kg.store.remote import RemoteStore

        return RemoteStore(place)
    return DiskStore(Path(place).expanduser())
