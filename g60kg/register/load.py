"""Folders of register files to the register.

Goes in: folders with `*.yaml` files, and the ontology's file for the names of classes and properties.
Comes out: a `Register`, or the `RegisterError` of the first thing wrong, with file and line. A later
folder adds entries, replaces those with the same id, and adds to those that it `extends`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from ..errors import RegisterError
from ..resources import resource
from ..terms import ID
from .document import fail, nearest, read_nodes
from .entry import Entry
from .extension import Extension, extended, is_extension, parse_extension
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
        entries, extensions = _read_folder(Path(folder), schema)
        for entry in entries.values():
            _put_last(merged, entry)
        for extension in extensions:
            _put_last(merged, extended(_entry_of(extension, merged), extension))
    _check_objects(merged.values(), {ID[id] for id in merged})
    check_names(merged.values())
    return Register({id: merged[id] for id in sorted(merged)})


def _put_last(entries: dict[str, Entry], entry: Entry) -> None:
    """Put an entry behind those of earlier files, so that a clash of names is laid to the later one."""
    entries.pop(entry.id, None)
    entries[entry.id] = entry


def _entry_of(extension: Extension, entries: dict[str, Entry]) -> Entry:
    if extension.id not in entries:
        fail(f"no entry has the id {extension.id!r}", extension.place, nearest(extension.id, entries))
    return entries[extension.id]


def _read_folder(folder: Path, schema: Schema) -> tuple[dict[str, Entry], list[Extension]]:
    """Read the entries of one folder, each id once, and what it adds to entries."""
    if not folder.is_dir():
        raise RegisterError("no such folder", path=folder, mend="name a folder of register files")
    found: dict[str, Entry] = {}
    extensions: list[Extension] = []
    for entry in _read_files(sorted(folder.glob("*.yaml")), schema):
        if isinstance(entry, Extension):
            extensions.append(entry)
            continue
        other = found.setdefault(entry.id, entry)
        if other is not entry:
            place = f"{other.place.path}:{other.place.line}"
            fail(f"the id {entry.id!r} stands at {place} too", entry.place, "give one of them another id")
    return found, extensions


def _read_files(paths: Iterable[Path], schema: Schema) -> Iterator[Entry | Extension]:
    for path in paths:
        for node in read_nodes(path):
            parse = parse_extension if is_extension(node) else parse_entry
            yield parse(node, path, schema)


def _check_objects(entries: Iterable[Entry], known: set[NamedNode]) -> None:
    """Refuse a fact about an entity that the register does not have."""
    for entry in entries:
        for fact in entry.facts:
            if isinstance(fact.object, NamedNode) and fact.object not in known:
                name = fact.object.value.removeprefix(ID.base)
                fail(f"no entry has the id {name!r}", fact.place, "add the entry or mend the id")
