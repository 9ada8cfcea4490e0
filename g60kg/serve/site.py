"""What a worker answers from: the graph, what is said of the server, and the version of it all.

The version is one short text that changes whenever an answer could.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import g60kg
from g60kg.resources import resource
from g60kg.serve.limits import Limits
from g60kg.serve.pages.assets import assets_folder
from g60kg.store import DiskStore, Store

if TYPE_CHECKING:  # the front, which needs the version alone, does not load it
    from g60kg.kg import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Site:
    """A served graph. `base` is where it is served: `https://host/path`, without a slash at its end.

    Where `base` is empty, links are relative to the host.
    `version` changes whenever an answer could: with the graph, the package and the pages' scripts and styles.
    `writable`: updates are taken from who has the token.
    """

    kg: "KnowledgeGraph"
    limits: Limits = field(default_factory=Limits)
    base: str = ""
    version: str = ""
    writable: bool = False


def version_of(store: Store, code: str) -> str:
    """Return the version of what is served from a store; empty where nothing says when it changes.

    `code` is the digest of what the answers are made with.
    """
    if not isinstance(store, DiskStore):
        return ""
    held = json.dumps(asdict(store.manifest), sort_keys=True)
    return blake2b(f"{code} {held}".encode(), digest_size=12).hexdigest()


def package_digest() -> str:
    """Return a digest of the code, the knowledge and the assets that answers are made with."""
    seen = blake2b(version("g60kg").encode(), digest_size=12)
    for path in _files():
        seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()


def _files() -> Iterator[Path]:
    for folder in (Path(g60kg.__file__).parent, resource("queries"), assets_folder()):
        yield from sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".pyc" and "_data" not in path.parts
        )
