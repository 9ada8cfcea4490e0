"""The place where a bulk run works: a folder of its own, and a DuckDB that stays within its memory.

Goes in: the memory allowed. Comes out: a connection whose tables spill into the folder. The folder is
all that a run ever writes; it goes when the run and its result are done with, and a killed run leaves
nothing else behind. What DuckDB and the disk complain of comes out as `StoreError`.
"""

import errno
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from g60kg.errors import G60Error, StoreError

if TYPE_CHECKING:
    import duckdb

DEFAULT_MEMORY: Final = "800MB"
_PER_THREAD: Final = 120 * 2**20
"""Sorting and joining want about this much for each thread; with less they fail instead of spilling."""
_UNITS: Final = ("bytes", "KiB", "MiB", "GiB", "TiB")
_FULL: Final = ("No space left", "max_temp_directory_size", "File too large", "failed to offload")
_FULL_ERRNO: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Folder:
    """A new temporary folder, removed with all that is in it when nobody holds it any more."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="g60kg-infer-"))
        self._finalizer = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def remove(self) -> None:
        """Remove the folder now; a second call does nothing."""
        self._finalizer()


@contextmanager
def workspace(folder: Folder, memory: str | None) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Yield a DuckDB that holds at most `memory` (`"512MB"`, `"2GB"`) and spills into the folder.

    Raises `StoreError` for an amount that DuckDB does not read, when the memory does not suffice
    even with spilling, and when the disk is full.
    """
    import duckdb

    with reported(memory), duckdb.connect() as connection:
        _limit(connection, memory or DEFAULT_MEMORY, folder)
        yield connection


def _limit(connection: "duckdb.DuckDBPyConnection", memory: str, folder: Folder) -> None:
    import duckdb

    try:
        connection.execute("SET memory_limit = $memory", {"memory": memory})
    except duckdb.Error as error:
        raise StoreError(f"no amount of memory: {memory!r}", mend="write it as 512MB or 2GB") from error
    connection.execute("SET temp_directory = $path", {"path": str(folder.path / "spill")})
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET threads = $threads", {"threads": _threads(connection)})


def _threads(connection: "duckdb.DuckDBPyConnection") -> int:
    """As many as there are, but not more than the memory feeds."""
    row = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()
    threads, memory = row or (1, "0 MiB")
    amount, unit = str(memory).split()
    size = float(amount) * 1024 ** _UNITS.index(unit)
    return max(1, min(int(threads), int(size // _PER_THREAD)))


@contextmanager
def reported(memory: str | None) -> Iterator[None]:
    """Turn what DuckDB and the operating system raise for want of room into a `StoreError`."""
    import duckdb

    try:
        yield
    except G60Error:
        raise
    except duckdb.Error as error:
        raise _room(str(error), memory) from error
    except OSError as error:
        if _number(error) not in _FULL_ERRNO:
            raise StoreError(f"the folder for temporary files cannot be used: {error}") from error
        raise _disk() from error


def _room(message: str, memory: str | None) -> StoreError:
    if any(sign in message for sign in _FULL):
        return _disk()
    if "Out of Memory" in message:
        size = memory or DEFAULT_MEMORY
        return StoreError(f"{size} of memory is too little to reason in", mend="allow more with --memory")
    return StoreError(f"the reasoner's tables cannot be read or written: {message}")


def _number(error: OSError) -> int | None:
    """The number of an error; pyoxigraph gives it in the text alone."""
    told = re.search(r"\(os error (\d+)\)", str(error))
    return int(told[1]) if told else error.errno


def _disk() -> StoreError:
    place = tempfile.gettempdir()
    return StoreError(f"the disk is full: no room for the reasoner in {place}", mend="free it or set TMPDIR")
