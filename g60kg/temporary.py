"""What lasts as long as a job: locks between processes, and folders that go with it.

Locks are advisory ones of the operating system (flock) on a folder or file itself: they end with their
holder, also when that is killed. What a killed job left is taken away by the next.
"""

import fcntl
import os
import random
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from g60kg.errors import StoreBusy, StoreError

_PREFIX: Final = "g60kg."
_YOUNG: Final = 60
"""Who makes a temporary thing locks it; one that has so few seconds may be about to be locked."""
_PAUSE: Final = 0.05
_held: Final[set[tuple[int, int, int]]] = set()
"""The folders that threads of this process are writing to: device, inode, thread."""


class Lock:
    """A lock held on a folder or file until it is closed or collected."""

    def __init__(self, place: Path, *, shared: bool) -> None:
        """Take the lock at once, or raise `BlockingIOError`."""
        self._descriptor = -1
        self._descriptor = os.open(place, os.O_RDONLY)
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise

    @property
    def identity(self) -> tuple[int, int]:
        """What is locked, whatever it is called by now."""
        state = os.fstat(self._descriptor)
        return state.st_dev, state.st_ino

    def close(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()


def is_free(place: Path) -> bool:
    """Whether nobody holds a lock on a folder or file."""
    try:
        Lock(place, shared=False).close()
    except OSError:
        return False
    return True


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
                waited = f", and has been for {wait:.0f} seconds" if wait >= 1 else ""
                message = f"{folder}: another process is writing to this store{waited}"
                raise StoreBusy(message, mend="wait until it has ended; readers may go on") from None
        if not waits:
            waits = True
            told()
        time.sleep(_PAUSE * random.uniform(0.5, 1.5))


def sweep(folder: Path, prefix: str) -> None:
    """Take away what this user's jobs that were killed left in a folder, under names that begin so."""
    with suppress(OSError):
        for path in [each for each in folder.iterdir() if each.name.startswith(prefix)]:
            state = path.lstat()
            is_old = time.time() - state.st_mtime > _YOUNG
            if state.st_uid == os.getuid() and is_old and is_free(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


class TemporaryFolder:
    """A new folder under `$TMPDIR`, locked, and removed when a block ends or nobody holds it any more."""

    def __init__(self, kind: str) -> None:
        """Make it, under a name that says of what kind of job it is; raises `StoreError`."""
        try:
            sweep(Path(tempfile.gettempdir()), _PREFIX)
            self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{kind}."))
            self._lock = Lock(self.path, shared=True)
        except OSError as error:
            mend = "free space, or set $TMPDIR"
            raise StoreError(f"no folder for temporary files: {error}", mend=mend) from error
        self._finalizer = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def remove(self) -> None:
        """Remove the folder now; a second call does nothing."""
        self._finalizer()
        self._lock.close()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *failure: object) -> None:
        self.remove()
