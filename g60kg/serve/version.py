"""What is served, as one short text: it changes whenever an answer could.

Goes in: a store. Comes out: a digest of what the store says of itself, of the package, and of its web assets.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import g60kg
from g60kg.resources import resource
from g60kg.serve.pages.assets import assets_folder
from g60kg.store import DiskStore, Store


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
