"""What a store folder says of itself: `manifest.json`, the one file that makes a folder a store.

It names the folder of the quads that count, with the sizes and checksums of its files; replacing it by rename
is what makes a change whole.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from g60kg.errors import DamagedStore, NewerStore, NoStore, StoreError
from g60kg.whole import write_whole

FORMAT: Final = 3
NAME: Final = "manifest.json"
GENERATION: Final = re.compile(r"quads-[1-9][0-9]*", re.ASCII)
_WRITTEN_WHILE_READ: Final = ("LOG", "LOCK")
"""What the engine writes of its own running; all other files stay as they are once a generation is made."""
_READ_AT_ONCE: Final = 16 * 2**20
"""At opening, the smallest files are read, so many bytes in all; of the others the size is looked at."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a store folder: `quads` is the folder that counts, `about` what its builder says of it.

    `files` are the sizes of its files by name, `checksums` their SHA-256. The first format had none, and none
    before the third had a union of the graphs: such stores are not opened, but tell what to build again.
    """

    quads: str
    files: Mapping[str, int]
    about: Mapping[str, Any] = field(default_factory=dict)
    checksums: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a store folder.

    Raises `NoStore` where there is none, `DamagedStore` where it is broken, `NewerStore` where a newer
    version wrote it, `StoreError` where it may not be read.
    """
    path = folder / NAME
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NoStore(f"{folder}: no store here", mend="run `g60kg build` first") from None
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise DamagedStore(f"{path}: cannot be read: {error}") from error
    number = found.get("format") if isinstance(found, dict) else None
    if not isinstance(number, int):
        raise DamagedStore(f"{path}: is no manifest of a store")
    if number > FORMAT:
        message = f"{folder}: written by a newer version (format {number}, this one reads {FORMAT})"
        raise NewerStore(message, mend="upgrade g60kg, or build into another folder")
    if number > 1 and found.pop("seal", None) != _seal(found):
        raise DamagedStore(f"{path}: holds another text than was written")
    try:
        manifest = Manifest(**found)
    except TypeError as error:
        raise DamagedStore(f"{path}: {error}") from error
    if not GENERATION.fullmatch(str(manifest.quads)):
        raise DamagedStore(f"{path}: {manifest.quads!r} names no quads")
    return manifest


def unreadable(path: Path, error: OSError) -> StoreError:
    """Return the error for a file that is there, and that the operating system does not let us read."""
    return StoreError(f"{path}: cannot be read: {error.strerror or error}", mend="let it be read, try again")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of a store folder, whole or not at all.

    Raises `StoreError` where the folder cannot be written.
    """
    said = asdict(manifest)
    text = json.dumps(said | {"seal": _seal(said)}, indent=2, ensure_ascii=False) + "\n"
    try:
        write_whole(folder / NAME, text.encode())
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written: {error.strerror}", mend="free or choose a place"
        ) from error


def _seal(said: Mapping[str, Any]) -> str:
    """Return the checksum of what a manifest says."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def file_sizes(folder: Path) -> dict[str, int]:
    """Return the size of each file of quads in a folder, by name, without what the engine logs."""
    kept = (path for path in sorted(folder.iterdir()) if not path.name.startswith(_WRITTEN_WHILE_READ))
    return {path.name: path.stat().st_size for path in kept}


def checksums(folder: Path, before: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Return the SHA-256 of each file of quads in a folder, by name.

    A file that is the very one that the generation `before` has keeps what was known of it, so that rot is
    not taken for what was written.
    """
    found = {}
    for name in file_sizes(folder):
        path, old = folder / name, before / name
        is_kept = name in known and old.exists() and old.samefile(path)
        found[name] = known[name] if is_kept else _checksum(path)
    return found


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_files(folder: Path, manifest: Manifest, *, whole: bool = False) -> None:
    """Check that a generation's folder holds the files it should, each of its size.

    The smallest are read too, or with `whole` all of them. Raises `DamagedStore` naming the first that is
    missing, cut off, or holds other bytes than were written.
    """
    found = file_sizes(folder)
    for name, size in manifest.files.items():
        if found.get(name) != size:
            state = "missing" if name not in found else f"{found[name]} bytes long instead of {size}"
            raise DamagedStore(f"{folder / name}: {state}")
    read = 0
    for name in sorted(manifest.checksums, key=lambda name: (manifest.files.get(name, 0), name)):
        read += manifest.files.get(name, 0)
        if read > _READ_AT_ONCE and not whole:
            return
        if _checksum(folder / name) != manifest.checksums[name]:
            raise DamagedStore(f"{folder / name}: holds other bytes than were written")
