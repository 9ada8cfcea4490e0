"""Folders of register files to the register.

Goes in: folders with `*.yaml` files, and the ontology's file for the names of classes and properties.
Comes out: a `Register`, or the `RegisterError` of the first thing wrong, with file and line. A later
folder adds entries and replaces those with the same id.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from ..errors import RegisterError
from ..resources import resource
from ..terms import ID
from .document import fail, read_nodes
from .entry import Entry
from .index import check_names
from .parse import parse_entry
from .register import Register
from .schema import Schema, load_schema


def load_register(*folders: str | Path, ontology: str | Path | None = None) -> Register:
    """Read the register from folders; without any, the packaged one.

    `ontology` is the Turtle file that defines the classes and properties; by default the packaged one.
    Raises `RegisterError`, and `OntologyError` for an ontology's file that cannot be read.

    >>> load_register().find("Matsue City")[0].en
    'Songjiang District'
    """
    schema = load_schema(Path(ontology or resource("ontology", "g60.ttl")))
    merged: dict[str, Entry] = {}
    for folder in folders or (resource("data", "register"),):
        merged |= _read_folder(Path(folder), schema)
    entries = {id: merged[id] for id in sorted(merged)}
    _check_objects(entries.values(), {ID[id] for id in entries})
    check_names(entries.values())
    return Register(entries)


def _read_folder(folder: Path, schema: Schema) -> dict[str, Entry]:
    """Read the entries of one folder, each id once."""
    if not folder.is_dir():
        raise RegisterError("no such folder", path=folder, mend="name a folder of register files")
    found: dict[str, Entry] = {}
    for entry in _read_files(sorted(folder.glob("*.yaml")), schema):
        other = found.setdefault(entry.id, entry)
        if other is not entry:
            place = f"{other.place.path}:{other.place.line}"
            fail(f"the id {entry.id!r} stands at {place} too", entry.place, "give one of them another id")
    return found


def _read_files(paths: Iterable[Path], schema: Schema) -> Iterator[Entry]:
    for path in paths:
        for node in read_nodes(path):
            yield parse_entry(node, path, schema)


def _check_objects(entries: Iterable[Entry], known: set[NamedNode]) -> None:
    """Refuse a fact about an entity that the register does not have."""
    for entry in entries:
        for fact in entry.facts:
            if isinstance(fact.object, NamedNode) and fact.object not in known:
                name = fact.object.value.removeprefix(ID.base)
                fail(f"no entry has the id {name!r}", fact.place, "add the entry or mend the id")
