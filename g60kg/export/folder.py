"""Folders written whole or not at all.

Goes in: a path, and the names of the files that will stand there. Comes out: a folder to write into, which
takes the path's place once all its files are on disk; until then, and after a failure, what stood there
stands. A folder that holds anything else is never replaced.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from g60kg.errors import ExportError


@contextmanager
def whole_folder(path: Path, names: frozenset[str]) -> Iterator[Path]:
    """Make a folder that replaces the path when the block ends well.

    Raises `ExportError` where the path is a file, holds other files than `names`, or cannot be written.
    """
    try:
        _refuse_other(path, names)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        try:
            yield temporary
            _flush(temporary)
            _replace(temporary, path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written: {error.strerror or error}", mend="choose another place"
        ) from error


def _refuse_other(path: Path, names: frozenset[str]) -> None:
    if path.is_dir():
        strange = sorted({entry.name for entry in path.iterdir()} - names)
        if strange:
            raise ExportError(f"{path}: holds other files ({strange[0]})", mend="give a new or empty folder")
    elif path.exists():
        raise ExportError(f"{path}: is a file", mend="give the path of a folder")


def _flush(folder: Path) -> None:
    """Put every file of a folder on disk, with the mode that new files have."""
    mask = os.umask(0o022)
    os.umask(mask)
    for path in folder.iterdir():
        path.chmod(0o666 & ~mask)
        with path.open("rb") as file:
            os.fsync(file.fileno())
    folder.chmod(0o777 & ~mask)


def _replace(new: Path, path: Path) -> None:
    """Put a folder in the place of another, which comes back where that fails."""
    if not path.exists():
        new.rename(path)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent)) / path.name
    try:
        path.rename(old)
        try:
            new.rename(path)
        except OSError:
            old.rename(path)
            raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
