"""Where a store is: from what a user names to an opened store.

Goes in: a location (a folder, `:memory:`, or a URL) or nothing. Comes out: a `Store`.
"""

import os
import sys
from pathlib import Path
from typing import Final

from g60kg.errors import StoreError
from g60kg.store.base import Store
from g60kg.store.disk import DiskStore
from g60kg.store.memory import MemoryStore

MEMORY: Final = ":memory:"
VARIABLE: Final = "G60KG_STORE"


def default_location() -> str:
    """Return where the store is when nobody says: `$G60KG_STORE`, else the user's data directory."""
    return os.environ.get(VARIABLE) or str(_data_directory() / "g60kg" / "store")


def _data_directory() -> Path:
    """Return the user's data directory, as the operating system has it."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME")
    return Path(named) if named else Path.home() / ".local" / "share"


def is_url(location: str) -> bool:
    """Whether a location is a URL.

    >>> is_url("http://localhost:7878/query"), is_url("data/store")
    (True, False)
    """
    return "://" in location


def open_store(location: str | Path | None = None) -> Store:
    """Open the store at a location for reading; `:memory:` gives a new and empty one.

    Raises `StoreError` where there is none, and for a URL: this version reads no remote endpoint.
    """
    place = str(location or default_location())
    if place == MEMORY:
        return MemoryStore()
    if is_url(place):
        raise StoreError(f"{place}: remote endpoints are not read yet", mend="give a folder or :memory:")
    return DiskStore(Path(place).expanduser())
