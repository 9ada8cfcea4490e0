"""A store in a folder on disk, whose readers are never disturbed.

A folder holds generations of quads (`quads-1`, `quads-2`, …) and a manifest that names the one that counts; a
writer makes the next generation beside it (a change starts from hard links to the files of the last)
and swaps the manifest by rename. A killed writer leaves a generation that nobody names; the next
writer takes it away, with older ones that no reader holds open.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from traceback import clear_frames
from typing import Any, Final

from pyoxigraph import Quad
from pyoxigraph import Store as Engine

from g60kg.errors import DamagedStore, NoStore, OlderStore, StoreError
from g60kg.store import union
from g60kg.store.engine import EngineStore, QuadFile, fill, is_corruption
from g60kg.store.manifest import (
    FORMAT,
    GENERATION,
    NAME,
    Manifest,
    check_files,
    checksums,
    file_sizes,
    read_manifest,
    unreadable,
    write_manifest,
)
from g60kg.temporary import Lock, is_free, writing

BESIDE: Final = ("articles", "decisions.yaml", "register")
"""What is kept in a store's folder beside the quads, and is enough to make them again."""
_TRIES: Final = 5


class DiskStore(EngineStore):
    """A `Store` in a folder, opened for reading; `apply` writes a new generation and goes on with it."""

    def __init__(self, folder: Path) -> None:
        """Open a store; raises `NoStore`, `DamagedStore`, `NewerStore`, and `StoreError` where it may not."""
        self.folder = folder
        self.name = str(folder)
        self._take()

    def _take(self) -> None:
        """Open what the folder holds now."""
        self._seen = _state(self.folder)
        self.manifest, self._lock, self._engine = _open(self.folder)

    def follow(self) -> bool:
        """Go on with what the folder holds now, and return whether another process has changed it.

        Where that cannot be opened, what is open goes on.
        """
        before = self.manifest
        if self._engine is None or _state(self.folder) == self._seen:
            return False
        with suppress(StoreError):
            self._take()
        return self.manifest != before

    def close(self) -> None:
        """Let go of the folder; nothing can be asked any more. A second time does nothing."""
        super().close()
        self._lock.close()

    @property
    def about(self) -> Mapping[str, Any]:
        """What the builder of the store said of it."""
        return self.manifest.about

    @property
    def steps(self) -> int:
        """How many generations there have been."""
        return _number(self.manifest.quads)

    @contextmanager
    def exclusive(self, wait: float = 0.0, told: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Go on with what the folder holds now, and keep other writers away from it.

        A change that is computed and applied within loses nothing that another process wrote. Waits at most
        so many seconds, having called `told`; raises `StoreBusy` where another writer has not ended by then.
        """
        with writing(self.folder, wait, told):
            if read_manifest(self.folder) != self.manifest:
                self._take()
            yield

    def note(self, about: Mapping[str, Any]) -> None:
        """Replace what its builder said of the store, and nothing else."""
        with self.exclusive():
            self.manifest = replace(self.manifest, about=dict(about))
            write_manifest(self.folder, self.manifest)

    def check_files(self) -> None:
        """Read all files; raises `DamagedStore` for one that holds other bytes than were written."""
        check_files(self.folder / self.manifest.quads, self.manifest, whole=True)

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
        self.rewrite(lambda engine: union.change(engine, gone, new), about=about)

    def rewrite(self, change: Callable[[Engine], None], *, about: Mapping[str, Any] | None = None) -> None:
        """Change the quads by a function of `union.py` that is given the engine of the next generation.

        All is done or nothing; what the function raises is raised here. Raises `StoreBusy` where another
        process is writing; `about` is as with `apply`.
        """
        with self.exclusive():
            said = dict(self.about if about is None else about)
            _write_generation(self.folder, change, said, self.manifest)
            self._take()
            clean(self.folder)  # nobody here holds the one before any more

    def compact(self) -> None:
        """Write the files anew, sorted into one run: what many steps wrote takes three times as long to ask.

        Raises as `rewrite` does.
        """
        self.rewrite(Engine.optimize)


def _state(folder: Path) -> tuple[int, int] | None:
    """Return what changes where the manifest of a folder is replaced."""
    with suppress(OSError):
        state = (folder / NAME).stat()
        return state.st_ino, state.st_mtime_ns
    return None


def make_folder(folder: Path) -> None:
    """Make the folder of a store.

    Raises `StoreError` for a file, and for a folder that holds other things than a store.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}", mend="choose a folder that can be written") from error
    ours = (name in BESIDE or name.startswith(".") or GENERATION.fullmatch(name) for name in names)
    strange = [name for name, is_ours in zip(names, ours, strict=True) if not is_ours]
    if strange and NAME not in names:
        raise StoreError(f"{folder}: holds other files ({strange[0]})", mend="choose an empty folder")


def write_store(
    folder: Path, quads: Iterable[Quad], about: Mapping[str, Any], *, files: Iterable[QuadFile] = ()
) -> DiskStore:
    """Write a whole store, beside what the folder holds, and swap it in; return it opened.

    `files` are read by the engine itself, which takes less time and memory than quads do. Raises
    `StoreError` where the folder cannot be written, is in use by another writer, or holds other things than
    a store.
    """

    def filled(engine: Engine) -> None:
        fill(engine, quads, files)
        engine.optimize()

    make_folder(folder)
    with writing(folder):
        with suppress(NoStore, DamagedStore):  # those may be built over, but not one of a newer version
            read_manifest(folder)
        _write_generation(folder, filled, dict(about))
    return DiskStore(folder)


def _open(folder: Path) -> tuple[Manifest, Lock, Engine]:
    """Open the generation that counts; a writer may replace it meanwhile, so try again then."""
    for _ in range(_TRIES):
        manifest = read_manifest(folder)
        if manifest.format < FORMAT:
            raise OlderStore(str(folder))
        place = folder / manifest.quads
        try:
            return manifest, *_opened(place, manifest)
        except StoreError:
            if read_manifest(folder) == manifest:
                raise
    raise StoreError(f"{folder}: replaced again and again while being opened", mend="try again")


def _opened(place: Path, manifest: Manifest) -> tuple[Lock, Engine]:
    try:
        lock = Lock(place, shared=True)
        check_files(place, manifest)
        return lock, Engine.read_only(str(place))
    except (FileNotFoundError, NotADirectoryError, RuntimeError) as error:
        raise DamagedStore(f"{place}: {getattr(error, 'strerror', None) or error}") from error
    except OSError as error:
        raise unreadable(place, error) from error


def _write_generation(
    folder: Path,
    change: Callable[[Engine], None],
    about: Mapping[str, Any],
    before: Manifest | None = None,
) -> None:
    """Clean up, make the next generation of the one before, and make it the one that counts."""
    place = folder / f"quads-{max(map(_number, _generations(folder)), default=0) + 1}"
    start = folder / before.quads if before else None
    clean(folder)
    try:
        _changed(change, start, place)
        sums = checksums(place, start or place, before.checksums if before else {})
        write_manifest(folder, Manifest(place.name, file_sizes(place), about, sums))
    except Exception as error:
        clear_frames(error.__traceback__)  # they would keep the engine, and it the files that are to go
        if is_corruption(error):
            raise DamagedStore(f"{start or folder}: {error}") from error
        if isinstance(error, OSError):
            message = f"{folder}: cannot be written: {error}"
            raise StoreError(message, mend="free space or choose a place") from error
        raise
    finally:
        if _may_go(folder, place.name):
            shutil.rmtree(place, ignore_errors=True)
    clean(folder)


def _changed(change: Callable[[Engine], None], start: Path | None, place: Path) -> None:
    if start:
        Engine.read_only(str(start)).backup(str(place))
    engine = Engine(str(place))
    change(engine)
    engine.flush()


def _number(generation: str) -> int:
    return int(generation.removeprefix("quads-"))


def _generations(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if GENERATION.fullmatch(name)]


def clean(folder: Path) -> None:
    """Take away what killed writers left, and every generation but the one that counts and those held open.

    Where there is no manifest that can be used, nobody knows which one counts: then all are left.
    """
    for name in _generations(folder):
        if (folder / NAME).exists() and _may_go(folder, name) and is_free(folder / name):
            shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob(".*.new"):
        path.unlink(missing_ok=True)
    for path in folder.glob("quads-*.tmp"):  # the engine's own, of a copy that was killed
        shutil.rmtree(path, ignore_errors=True)


def _may_go(folder: Path, name: str) -> bool:
    """Whether it is sure that the manifest does not name this generation."""
    try:
        return read_manifest(folder).quads != name
    except NoStore:
        return True
    except StoreError:
        return False
