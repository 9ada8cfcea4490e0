"""A user's own folders, beside the packaged knowledge: register files and patterns.

Goes in: paths of folders. Comes out: an `Own`, which says where they are and what they held: two are the same
when a graph built with either is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from g60kg.errors import InputError, PatternError, RegisterError

Folders = str | Path | Iterable[str | Path]
"""One folder, or several: a later one adds to, or replaces by id, what the earlier ones hold."""


@dataclass(frozen=True, slots=True)
class Own:
    """Folders of register files and of patterns, as absolute paths, and the hash of what they hold.

    >>> Own().is_empty
    True
    """

    register: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    content: str = ""

    @classmethod
    def from_folders(cls, register: Folders = (), patterns: Folders = ()) -> "Own":
        """Look at folders; raises `RegisterError` or `PatternError` for one that cannot be used."""
        names = tuple(dict.fromkeys(_checked(path, RegisterError) for path in _listed(register)))
        rules = tuple(dict.fromkeys(_checked(path, PatternError) for path in _listed(patterns)))
        digest = hashlib.sha256()
        for path in (*_files(names, RegisterError), *_files(rules, PatternError)):
            content = path.read_bytes()
            digest.update(f"\0{path} {len(content)} ".encode() + content)
        return cls(names, rules, digest.hexdigest() if names or rules else "")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Own":
        """Read the form that a manifest keeps."""
        return cls(tuple(value["register"]), tuple(value["patterns"]), value["content"])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the packaged knowledge."""
        return not self.register and not self.patterns

    def again(self) -> "Own":
        """Look at the same folders again; raises what `from_folders` raises."""
        return self.from_folders(self.register, self.patterns)


def _listed(folders: Folders) -> list[Path]:
    paths = [folders] if isinstance(folders, str | Path) else folders
    return [Path(path).expanduser().absolute() for path in paths]


def _checked(folder: Path, error: type[InputError]) -> str:
    if not folder.is_dir():
        raise error("is a file" if folder.exists() else "no such folder", path=folder, mend="name a folder")
    return str(folder)


def _files(folders: Iterable[str], error: type[InputError]) -> Iterator[Path]:
    """Yield the YAML files of folders in one order, each readable."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.yaml")):
            if not path.is_file():
                raise error("is no file", path=path, mend="give it another ending, or take it away")
            yield path
