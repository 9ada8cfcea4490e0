"""A store in a folder on disk.

Goes in: a folder, and quads to hold. Comes out: a `Store` whose readers are never disturbed. A folder
holds generations of quads (`quads-1`, `quads-2`, …) and a manifest that names the one that counts; a
writer makes the next generation beside it (a change starts from hard links to the files of the last)
and swaps the manifest by rename. A killed writer leaves a generation that nobody names; the next
writer takes it away, with older ones that no reader holds open.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad
from pyoxigraph import Store as Engine

from g60kg.errors import NewerStore, StoreError
from g60kg.store.engine import EngineStore, QuadFile
from g60kg.store.lock import FolderLock, is_free, writing
from g60kg.store.manifest import NAME, Manifest, check_files, file_sizes, read_manifest, write_manifest

_PREFIX: Final = "quads-"
_TRIES: Final = 5


class DiskStore(EngineStore):
    """A `Store` in a folder, opened for reading; `apply` writes a new generation and goes on with it."""

    def __init__(self, folder: Path) -> None:
        """Open a store; raises `StoreError` where the folder is none, damaged, or of a newer version."""
        self.folder = folder
        self.name = str(folder)
        self.manifest, self._lock, engine = _open(folder)
        super().__init__(engine)

    @property
    def about(self) -> Mapping[str, Any]:
        """What the builder of the store said of it."""
        return self.manifest.about

    def apply(
        self,
        *,
        add: Iterable[Quad] = (),
        remove: Iterable[Quad] = (),
        about: Mapping[str, Any] | None = None,
    ) -> None:
        """Remove and add quads, all or none; see `Store.apply`.

        `about` replaces what its builder said of the store.
        """
        gone, new = list(remove), list(add)
        self.rewrite(lambda engine: _change(engine, gone, new), about=about)

    def rewrite(self, change: Callable[[Engine], None], *, about: Mapping[str, Any] | None = None) -> None:
        """Change the quads by a function that is given the engine of the next generation, all or nothing.

        What the function raises is raised here, and nothing was changed. Raises `StoreBusy` where another
        process is writing; `about` is as with `apply`.
        """
        with writing(self.folder):
            start = self.folder / read_manifest(self.folder).quads
            said = dict(self.about if about is None else about)
            _write_generation(self.folder, lambda place: _copy_and(change, start, place), said)
        self.manifest, self._lock, self._engine = _open(self.folder)


def write_store(
    folder: Path, quads: Iterable[Quad], about: Mapping[str, Any], *, files: Iterable[QuadFile] = ()
) -> DiskStore:
    """Write a whole store, beside what the folder holds, and swap it in; return it opened.

    `files` are read by the engine itself, which takes less time and memory than quads do. Raises
    `StoreError` where the folder cannot be written, is in use by another writer, or holds other things than
    a store.
    """
    _make_folder(folder)
    _refuse_newer(folder)
    with writing(folder):
        _write_generation(folder, lambda place: _fill(place, quads, files), dict(about))
    return DiskStore(folder)


def _open(folder: Path) -> tuple[Manifest, FolderLock, Engine]:
    """Open the generation that counts; a writer may replace it meanwhile, so try again then."""
    for _ in range(_TRIES):
        manifest = read_manifest(folder)
        place = folder / manifest.quads
        try:
            lock = FolderLock(place, shared=True)
            check_files(place, manifest.files)
            return manifest, lock, Engine.read_only(str(place))
        except (OSError, StoreError) as error:
            if read_manifest(folder) == manifest:
                raise _damaged(place, error) from error
    raise StoreError(f"{folder}: replaced again and again while being opened", mend="try again")


def _damaged(place: Path, error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    return StoreError(f"{place}: the store is damaged: {error}", mend="run `g60kg build` again")


def _make_folder(folder: Path) -> None:
    """Make the folder of a store; refuse a file, and a folder that holds other things."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}", mend="choose a folder that can be written") from error
    strange = [name for name in names if not name.startswith((_PREFIX, "."))]
    if strange and NAME not in names:
        raise StoreError(f"{folder}: holds other files ({strange[0]})", mend="choose an empty folder")


def _refuse_newer(folder: Path) -> None:
    """Refuse to write over the store of a newer version; any other state may be built over."""
    try:
        read_manifest(folder)
    except NewerStore:
        raise
    except StoreError:
        return


def _write_generation(folder: Path, fill: Callable[[Path], None], about: Mapping[str, Any]) -> None:
    """Clean up, fill the next generation, and make it the one that counts."""
    place = folder / _next_name(folder)
    _clean(folder)
    try:
        fill(place)
        write_manifest(folder, Manifest(place.name, file_sizes(place), about))
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written: {error}", mend="free space or choose a place"
        ) from error
    finally:
        if not _counts(folder, place.name):
            shutil.rmtree(place, ignore_errors=True)


def _fill(place: Path, quads: Iterable[Quad], files: Iterable[QuadFile]) -> None:
    engine = Engine(str(place))
    engine.bulk_extend(quads)
    for file in files:
        file.load(engine)
    engine.flush()


def _copy_and(change: Callable[[Engine], None], start: Path, place: Path) -> None:
    Engine.read_only(str(start)).backup(str(place))
    engine = Engine(str(place))
    change(engine)
    engine.flush()


def _change(engine: Engine, gone: list[Quad], new: list[Quad]) -> None:
    for quad in gone:
        engine.remove(quad)
    engine.extend(new)


def _next_name(folder: Path) -> str:
    numbers = [int(place.name.removeprefix(_PREFIX)) for place in folder.glob(f"{_PREFIX}*")]
    return f"{_PREFIX}{max(numbers, default=0) + 1}"


def _clean(folder: Path) -> None:
    """Take away every generation but the one that counts and those that a reader holds."""
    for place in folder.glob(f"{_PREFIX}*"):
        if not _counts(folder, place.name) and is_free(place):
            shutil.rmtree(place, ignore_errors=True)


def _counts(folder: Path, name: str) -> bool:
    """Whether the manifest names this generation; a broken manifest names none."""
    try:
        return read_manifest(folder).quads == name
    except StoreError:
        return False
