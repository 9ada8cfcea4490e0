"""What was made from an ontology, kept on disk, so that it is made once.

Goes in: a name, a way to make a value, and its form as bytes. Comes out: the value, from the user's cache
folder where it is there and whole. A file is put in place in one step; two processes may write the same
one. A file that is broken is made anew; a folder that cannot be written costs the time, and nothing else.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pyoxigraph import RdfFormat, Triple, parse, serialize

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """How a value is written and read, and how the name of its file ends."""

    suffix: str
    write: Callable[[T], bytes]
    read: Callable[[bytes], T]


def cache_folder() -> Path:
    """Return the folder of the user's cache: `$G60KG_CACHE`, or the platform's."""
    if given := os.environ.get("G60KG_CACHE"):
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "g60kg"
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "g60kg"


def cached(name: str, make: Callable[[], T], form: Form[T], folder: Path | None = None) -> T:
    """Return the value kept under a name, or make and keep it."""
    path = (folder or cache_folder()) / f"{name}{form.suffix}"
    found = _read(path, form)
    if found is None:
        found = make()
        with suppress(OSError):
            _write(path, form.write(found))
    return found


def _write_triples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _read_triples(body: bytes) -> list[Triple]:
    return [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]


TRIPLES: Form[list[Triple]] = Form(".nt", _write_triples, _read_triples)


def _read(path: Path, form: Form[T]) -> T | None:
    with suppress(OSError, ValueError, SyntaxError):
        first, _, body = path.read_bytes().partition(b"\n")
        if first == _seal(body):
            return form.read(body)
    return None


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_seal(body) + b"\n" + body)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _seal(body: bytes) -> bytes:
    return b"# " + hashlib.sha256(body).hexdigest().encode()
