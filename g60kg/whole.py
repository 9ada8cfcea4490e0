"""Files and folders written whole or not at all, so that they are there after the power fails.

They take the path's place once all is on disk; until then, and after a failure, what stood there stands. What
is exported may end in `.gz`: it is compressed, without a time in it, so that the same content gives the same
bytes. A folder that holds anything else than what is written is never replaced. What a killed export left
beside the path is taken away by the next.
"""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Final, cast

from g60kg.errors import ExportError
from g60kg.temporary import Lock, sweep

STDOUT: Final = Path("-")


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file by rename, and keep its mode; what was begun is taken away. Raises `OSError`."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file for writing that replaces the path when the block ends well.

    A link is followed, and the mode of a file that was there is kept. What is no file but takes what is
    written, such as a pipe or `/dev/stdout`, is written to at once, and so is standard output, which `-` is.
    Raises `ExportError` where the path is a folder or cannot be written.
    """
    with _failures(path):
        if path == STDOUT:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        before = path.stat().st_mode if path.exists() else 0
        if stat.S_ISDIR(before):
            raise ExportError(f"{path}: is a folder", mend="give the path of a file")
        if before and not stat.S_ISREG(before):
            with path.open("wb") as stream:
                yield stream
            return
        path = path.resolve()
        temporary = _beside(path)
        try:
            with temporary.open("xb") as raw, closing(Lock(temporary, shared=True)):
                with compressed(raw) if path.suffix == ".gz" else nullcontext(raw) as file:
                    yield file
                raw.flush()
                os.fsync(raw.fileno())
                if before:
                    temporary.chmod(stat.S_IMODE(before))
                temporary.replace(path)
            sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, names: frozenset[str]) -> Iterator[Path]:
    """Make a folder that replaces the path when the block ends well.

    Raises `ExportError` where the path is a file, holds other files than `names`, or cannot be written.
    """
    with _failures(path):
        if path.is_dir():
            strange = sorted({entry.name for entry in path.iterdir()} - names)
            if strange:
                message = f"{path}: holds other files ({strange[0]})"
                raise ExportError(message, mend="give a new or empty folder")
        elif path.exists():
            raise ExportError(f"{path}: is a file", mend="give the path of a folder")
        temporary = _beside(path)
        temporary.mkdir()
        try:
            with closing(Lock(temporary, shared=True)):
                yield temporary
                _flush(temporary)
                _replace(temporary, path)
            sync_folder(path.parent)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _failures(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror or error}"
        raise ExportError(message, mend="choose another place") from error


def compressed(raw: IO[bytes]) -> IO[bytes]:
    """Return a stream that compresses, the same bytes each time."""
    import gzip

    return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0))


def _beside(path: Path) -> Path:
    """Return a new path beside another; what a killed export left there is taken away."""
    sweep(path.parent, f".{path.name}.")
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}")


def _flush(folder: Path) -> None:
    """Put every file of a folder on disk."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(folder)


def _replace(new: Path, path: Path) -> None:
    """Put a folder in the place of another, which comes back where that fails."""
    if not path.exists():
        new.rename(path)
        return
    old = _beside(path)
    path.rename(old)
    try:
        new.rename(path)
    except OSError:
        old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)
