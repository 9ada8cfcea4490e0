"""What a user adds to the packaged knowledge: folders of register files, frames and replies, and who reads.

Goes in: paths of folders, the name of a reader. Comes out: an `Own`, which says where they are and what they
held: two are the same when a graph built with either is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from g60kg.errors import InputError, ParameterError, PatternError, ReaderError, RegisterError

Folders = str | Path | Iterable[str | Path]
"""One folder, or several: a later one adds to, or replaces by id, what the earlier ones hold."""
READERS: Final = ("parser", "model", "recorded")
"""Who may propose claims; replies that were recorded are always heard besides."""
_KINDS: Final[tuple[tuple[str, type[InputError], str], ...]] = (
    ("register", RegisterError, "*.yaml"),
    ("frames", PatternError, "*.yaml"),
    ("replies", InputError, "*.json"),
)


@dataclass(frozen=True, slots=True)
class Own:
    """A user's folders of register files, frames and replies, as absolute paths, and the hash of what they
    hold; and which reader reads, with the model and its endpoint where it is one.

    >>> Own().is_empty
    True
    """

    register: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    reader: str = "parser"
    model: str | None = None
    model_url: str | None = None
    content: str = ""

    @classmethod
    def from_folders(
        cls,
        register: Folders = (),
        frames: Folders = (),
        replies: Folders = (),
        *,
        reader: str = "parser",
        model: str | None = None,
        model_url: str | None = None,
    ) -> "Own":
        """Look at folders; raises `RegisterError`, `PatternError` or `InputError` for one of no use,
        `ParameterError` for a reader that there is not, `ReaderError` for one that lacks its model.
        """
        if reader not in READERS:
            raise ParameterError(f"no reader {reader!r}", mend=f"readers: {', '.join(READERS)}")
        if reader == "model" and not (model and model_url):
            raise ReaderError(
                "a model reads, but none is named", mend="give --model NAME and --model-url URL"
            )
        digest = hashlib.sha256()
        found: dict[str, tuple[str, ...]] = {}
        for folders, (kind, error, pattern) in zip((register, frames, replies), _KINDS, strict=True):
            found[kind] = tuple(dict.fromkeys(_checked(path, error) for path in _listed(folders)))
            for path in _files(found[kind], error, pattern):
                content = path.read_bytes()
                digest.update(f"\0{path} {len(content)} ".encode() + content)
        given: dict[str, Any] = {**found, "reader": reader, "model": model, "model_url": model_url}
        return cls(**given, content=digest.hexdigest() if any(found.values()) else "")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Own":
        """Read the form that a manifest keeps."""
        known: dict[str, Any] = {
            name: tuple(part) if isinstance(part, list) else part
            for name, part in value.items()
            if name in cls.__dataclass_fields__
        }
        return cls(**known)

    @property
    def options(self) -> dict[str, Any]:
        """What `from_folders` takes to look at the same again."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "content"}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the packaged knowledge."""
        return self == Own()

    def again(self) -> "Own":
        """Look at the same folders again; raises what `from_folders` raises."""
        return self.from_folders(**self.options)

    def over(self, other: "Own") -> "Own":
        """Return what is given here, and of another what is not given here."""
        plain = Own()
        chosen = {
            name: mine if mine != getattr(plain, name) else getattr(other, name)
            for name, mine in self.options.items()
        }
        return self.from_folders(**chosen)


def _listed(folders: Folders) -> list[Path]:
    paths = [folders] if isinstance(folders, str | Path) else folders
    return [Path(path).expanduser().absolute() for path in paths]


def _checked(folder: Path, error: type[InputError]) -> str:
    if not folder.is_dir():
        raise error("is a file" if folder.exists() else "no such folder", path=folder, mend="name a folder")
    return str(folder)


def _files(folders: Iterable[str], error: type[InputError], pattern: str) -> Iterator[Path]:
    """Yield the files of folders in one order, each readable."""
    for folder in folders:
        for path in sorted(Path(folder).rglob(pattern)):
            if not path.is_file():
                raise error("is no file", path=path, mend="give it another ending, or take it away")
            yield path
