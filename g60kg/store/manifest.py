"""What a store folder says of itself: `manifest.json`, the one file that makes a folder a store.

Goes in: a folder. Comes out: a `Manifest`, checked. It names the folder of the quads that count, with
the sizes of its files; replacing it by rename is what makes a change whole.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from g60kg.errors import NewerStore, StoreError

FORMAT: Final = 1
NAME: Final = "manifest.json"
_DATA: Final = ("0", "CURRENT", "MANIFEST-")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a store folder: `quads` is the folder that counts, `about` what its builder says of it."""

    quads: str
    files: Mapping[str, int]
    about: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a store folder.

    Raises `StoreError` where there is none, where it is broken, `NewerStore` where a newer version
    wrote it.
    """
    try:
        found = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError:
        raise StoreError(f"{folder}: no store here", mend="run `g60kg build` first") from None
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{folder / NAME}: cannot be read: {error}", mend="run `g60kg build` again"
        ) from error
    return _checked(folder, found)


def _checked(folder: Path, found: Any) -> Manifest:
    number = found.get("format") if isinstance(found, dict) else None
    if not isinstance(number, int):
        raise StoreError(f"{folder / NAME}: is no manifest of a store", mend="run `g60kg build` again")
    if number > FORMAT:
        message = f"{folder}: written by a newer version (format {number}, this one reads {FORMAT})"
        raise NewerStore(message, mend="upgrade g60kg, or build into another folder")
    try:
        return Manifest(**found)
    except TypeError as error:
        raise StoreError(f"{folder / NAME}: {error}", mend="run `g60kg build` again") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of a store folder, whole or not at all.

    Raises `StoreError` where the folder cannot be written.
    """
    temporary = folder / f".{NAME}.new"
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, indent=2, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / NAME)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(
            f"{folder}: cannot be written: {error.strerror}", mend="free or choose a place"
        ) from error


def file_sizes(folder: Path) -> dict[str, int]:
    """Return the size of each file of quads in a folder, by name, without the engine's logs."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    return {entry.name: entry.stat().st_size for entry in entries if entry.name.startswith(_DATA)}


def check_files(folder: Path, sizes: Mapping[str, int]) -> None:
    """Check that a folder holds the files it should, each of its size.

    Raises `StoreError` naming the first that is missing or cut off.
    """
    found = file_sizes(folder)
    for name, size in sizes.items():
        if found.get(name) != size:
            state = "missing" if name not in found else f"{found[name]} bytes long instead of {size}"
            raise StoreError(
                f"{folder / name}: {state}: the store is damaged", mend="run `g60kg build` again"
            )
