"""One writer of a store's folder at a time, by a lock on the folder itself."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from g60kg.errors import StoreBusy
from g60kg.temporary import Lock

_PAUSE: Final = 0.05
_held: Final[set[tuple[int, int, int]]] = set()
"""The folders that threads of this process are writing to: device, inode, thread."""


@contextmanager
def writing(folder: Path, wait: float = 0.0, told: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the writer's lock of a store folder; a thread that holds it already goes on.

    Waits at most so many seconds for another writer to end, and calls `told` once where it waits at all.
    Raises `StoreBusy` where the other has not ended by then.
    """
    state = folder.stat()
    mine = state.st_dev, state.st_ino, threading.get_ident()
    if mine in _held:
        yield
        return
    lock = _waited_for(folder, wait, told)
    mine = *lock.identity, threading.get_ident()
    _held.add(mine)
    try:
        yield
    finally:
        _held.discard(mine)
        lock.close()


def _waited_for(folder: Path, wait: float, told: Callable[[], None]) -> Lock:
    """Take the lock of a folder as soon as it is free."""
    last, waits = time.monotonic() + wait, False
    while True:
        try:
            lock = Lock(folder, shared=False)
            state = folder.stat()
            if lock.identity == (state.st_dev, state.st_ino):
                return lock
            lock.close()  # the folder was made anew while we waited
        except BlockingIOError:
            if time.monotonic() >= last:
                raise _busy(folder, wait) from None
        if not waits:
            waits = True
            told()
        time.sleep(_PAUSE * random.uniform(0.5, 1.5))


def _busy(folder: Path, wait: float) -> StoreBusy:
    waited = f", and has been for {wait:.0f} seconds" if wait >= 1 else ""
    message = f"{folder}: another process is writing to this store{waited}"
    return StoreBusy(message, mend="wait until it has ended; readers may go on")
