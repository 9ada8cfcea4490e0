"""Closed ontologies on disk, so that owlrl runs once for each ontology.

Goes in: a digest and a way to make the triples. Comes out: the triples, from the user's cache folder
where they are there and whole. A file is put in place in one step; two processes may write the same one.
A file that is broken is made anew; a folder that cannot be written costs the time, and nothing else.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse, serialize


def cache_folder() -> Path:
    """Return the folder of the user's cache: `$G60KG_CACHE`, or the platform's."""
    if given := os.environ.get("G60KG_CACHE"):
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "g60kg"
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "g60kg"


def cached(name: str, make: Callable[[], Iterable[Triple]], folder: Path | None = None) -> list[Triple]:
    """Return the triples kept under a name, or make and keep them; sorted."""
    path = (folder or cache_folder()) / f"{name}.nt"
    found = _read(path)
    if found is None:
        found = sorted(make(), key=str)
        with suppress(OSError):
            _write(path, found)
    return found


def _read(path: Path) -> list[Triple] | None:
    with suppress(OSError, ValueError, SyntaxError):
        first, _, body = path.read_bytes().partition(b"\n")
        if first == _seal(body):
            quads = parse(body, format=RdfFormat.N_TRIPLES)
            return [quad.triple for quad in quads]
    return None


def _write(path: Path, triples: list[Triple]) -> None:
    body = serialize(triples, format=RdfFormat.N_TRIPLES)
    if body is None:
        raise ValueError("nothing was serialised")
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
