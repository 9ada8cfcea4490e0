"""Folders of register files to the register.

Goes in: folders with `*.yaml` files, and the ontology's file for the names of classes and properties.
Comes out: a `Register`, or the `RegisterError` of the first thing wrong, with file and line. A later
folder adds entries, replaces those with the same id, and adds to those that it `extends`.
"""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode

from g60kg.errors import RegisterError
from g60kg.nodes import nearest
from g60kg.register.document import Extension, read_file
from g60kg.register.entry import Entry, Place
from g60kg.register.names import check_names
from g60kg.register.register import Register
from g60kg.register.schema import Schema, load_schema
from g60kg.resources import resource
from g60kg.terms import ID


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
            if extension.id not in merged:
                raise _unknown(extension.id, extension.place, nearest(extension.id, merged))
            _put_last(merged, extension.added_to(merged[extension.id]))
    _check_objects(merged.values(), {ID[id] for id in merged})
    check_names(merged.values())
    return Register({id: merged[id] for id in sorted(merged)})


def _put_last(entries: dict[str, Entry], entry: Entry) -> None:
    """Put an entry behind those of earlier files, so that a clash of names is laid to the later one."""
    entries.pop(entry.id, None)
    entries[entry.id] = entry


def _unknown(id: str, place: Place, mend: str) -> RegisterError:
    return RegisterError(f"no entry has the id {id!r}", path=place.path, line=place.line, mend=mend)


def _read_folder(folder: Path, schema: Schema) -> tuple[dict[str, Entry], list[Extension]]:
    """Read the entries of one folder, each id once, and what it adds to entries."""
    if not folder.is_dir():
        raise RegisterError("no such folder", path=folder, mend="name a folder of register files")
    found: dict[str, Entry] = {}
    extensions: list[Extension] = []
    for item in (item for path in sorted(folder.glob("*.yaml")) for item in read_file(path, schema)):
        if isinstance(item, Extension):
            extensions.append(item)
            continue
        other = found.setdefault(item.id, item)
        if other is not item:
            message = f"the id {item.id!r} stands at {other.place.path}:{other.place.line} too"
            mend = "give one of them another id"
            raise RegisterError(message, path=item.place.path, line=item.place.line, mend=mend)
    return found, extensions


def _check_objects(entries: Iterable[Entry], known: set[NamedNode]) -> None:
    """Refuse a fact about an entity that the register does not have."""
    for entry in entries:
        for fact in entry.facts:
            if isinstance(fact.object, NamedNode) and fact.object not in known:
                name = fact.object.value.removeprefix(ID.base)
                raise _unknown(name, fact.place, "add the entry or mend the id")
