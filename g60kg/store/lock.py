"""Locks between processes: one writer at a time, and no reader's files taken away.

Goes in: a folder. Comes out: a lock that ends with its holder, also when that is killed. Advisory
locks of the operating system (flock) on the folder itself: nothing is left behind.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from g60kg.errors import StoreBusy


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

    def close(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the writer's lock of a store folder.

    Raises `StoreBusy` where another process holds it.
    """
    try:
        lock = FolderLock(folder, shared=False)
    except BlockingIOError:
        message = f"{folder}: another process is writing to this store"
        raise StoreBusy(message, mend="wait until it has ended; readers may go on") from None
    try:
        yield
    finally:
        lock.close()


def is_free(folder: Path) -> bool:
    """Whether nobody holds a lock on a folder."""
    try:
        FolderLock(folder, shared=False).close()
    except BlockingIOError:
        return False
    return True
