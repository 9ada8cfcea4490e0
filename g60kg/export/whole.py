"""Files written whole or not at all.

Goes in: a path. Comes out: a file to write to, which takes the path's place once it is complete and
on disk; until then, and after a failure, what stood there stands. A path that ends in `.gz` is
compressed, without a time in it, so that the same content gives the same bytes.
"""

import gzip
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, cast

from g60kg.errors import ExportError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file for writing that replaces the path when the block ends well.

    Raises `ExportError` where the path is a folder or another thing than a file, or cannot be written.
    """
    _refuse_other_than_file(path)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _failed(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with _compressed(raw) if path.suffix == ".gz" else nullcontext(raw) as file:
                yield file
            raw.flush()
            os.fsync(descriptor)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _compressed(raw: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0))


def _refuse_other_than_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise _failed(path, error) from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no file"
        raise ExportError(f"{path}: is {kind}", mend="give the path of a file")


def _failed(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path}: cannot be written: {error.strerror or error}", mend="choose another place")


def _umask() -> int:
    """Return the mask of new files' modes, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
