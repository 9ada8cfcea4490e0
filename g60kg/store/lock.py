"""Locks between processes: one writer at a time, and no reader's files taken away.

Advisory locks of the operating system (flock) on the folder itself: they end with their holder, also when
that is killed, and nothing is left behind.
"""

import fcntl
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from g60kg.errors import StoreBusy

_PAUSE: Final = 0.05
_YOUNG: Final = 60
_held: Final[set[tuple[int, int, int]]] = set()
"""The folders that threads of this process are writing to: device, inode, thread."""


class FolderLock:
    """A lock held on a folder until it is closed or collected."""

    def __init__(self, folder: Path, *, shared: bool) -> None:
        """Take the lock at once, or raise `BlockingIOError`."""
        self._descriptor = -1
        self._descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise

    @property
    def identity(self) -> tuple[int, int]:
        """The folder that is locked, whatever it is called by now."""
        state = os.fstat(self._descriptor)
        return state.st_dev, state.st_ino

    def close(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()


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


def _waited_for(folder: Path, wait: float, told: Callable[[], None]) -> FolderLock:
    """Take the lock of a folder as soon as it is free."""
    last, waits = time.monotonic() + wait, False
    while True:
        try:
            lock = FolderLock(folder, shared=False)
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


def sweep(prefix: str) -> None:
    """Take away the temporary folders of this user whose names begin so and whose owners were killed.

    Who makes one locks it; a folder that is younger than a minute may be about to be locked.
    """
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError):
            state = path.stat()
            is_old = time.time() - state.st_mtime > _YOUNG
            if state.st_uid == os.getuid() and is_old and is_free(path):
                shutil.rmtree(path)


def is_free(folder: Path) -> bool:
    """Whether nobody holds a lock on a folder."""
    try:
        FolderLock(folder, shared=False).close()
    except OSError:
        return False
    return True
