"""Folders of register files to the register, and an entry into a file of a user's.

A later folder adds entries, replaces those with the same id, and adds to those that it `extends`. The entries
of the folder `gazetteer` within one are latent: known by their names, and in the graph where they are named.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml
from pyoxigraph import NamedNode

from g60kg.errors import RegisterError
from g60kg.nodes import nearest
from g60kg.ontology import load_ontology
from g60kg.register.document import Extension, read_file
from g60kg.register.entry import Entry, Place
from g60kg.register.names import check_names
from g60kg.register.register import Register
from g60kg.resources import resource
from g60kg.terms import ID
from g60kg.whole import write_whole

ENDING: Final = ".yaml"
GAZETTEER: Final = "gazetteer"
"""The folder, within one of a register, of entries that enter the graph where an article names them."""


def load_register(*folders: str | Path) -> Register:
    """Read the register from folders; without any, the packaged one. Raises `RegisterError`.

    >>> load_register().find("Matsue City")[0].en
    'Songjiang District'
    """
    merged: dict[str, Entry] = {}
    for folder in _with_gazetteers(folders or (resource("data", "register"),)):
        entries, extensions = _read_folder(Path(folder))
        for entry in entries.values():
            _put_last(merged, entry)
        for extension in extensions:
            if extension.id not in merged:
                raise _unknown(extension.id, extension.place, nearest(extension.id, merged))
            _put_last(merged, extension.added_to(merged[extension.id]))
    _check_objects(merged.values(), {ID[id] for id in merged})
    check_names(merged.values())
    return Register({id: merged[id] for id in sorted(merged)})


def _with_gazetteers(folders: Iterable[str | Path]) -> Iterator[Path]:
    """Yield folders, each behind the gazetteer in it."""
    for folder in map(Path, folders):
        if (folder / GAZETTEER).is_dir():
            yield folder / GAZETTEER
        yield folder


def _put_last(entries: dict[str, Entry], entry: Entry) -> None:
    """Put an entry behind those of earlier files, so that a clash of names is laid to the later one."""
    entries.pop(entry.id, None)
    entries[entry.id] = entry


def _unknown(id: str, place: Place, mend: str) -> RegisterError:
    return RegisterError(f"no entry has the id {id!r}", path=place.path, line=place.line, mend=mend)


def _read_folder(folder: Path) -> tuple[dict[str, Entry], list[Extension]]:
    """Read the entries of one folder, each id once, and what it adds to entries."""
    if not folder.is_dir():
        raise RegisterError("no such folder", path=folder, mend="name a folder of register files")
    found: dict[str, Entry] = {}
    extensions: list[Extension] = []
    for item in (item for path in sorted(folder.glob("*.yaml")) for item in read_file(path, load_ontology())):
        if isinstance(item, Extension):
            extensions.append(item)
            continue
        if folder.name == GAZETTEER:
            item = replace(item, latent=True)
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


def plain_name(name: str) -> str:
    r"""Return a name as a file writes it: with straight apostrophes, and signs that mean nothing else.

    >>> plain_name("Haier’s {new} Park")
    "Haier's \\{new\\} Park"
    """
    return re.sub(r"([{}\\])", r"\\\1", " ".join(name.replace("’", "'").split()))


def entry_text(fields: Mapping[str, Any]) -> str:
    """Return an entry as an item of a YAML list, its fields in the order given.

    >>> entry_text({"id": "wuhu", "type": "City", "zh": "芜湖市"}).splitlines()
    ['- id: wuhu', '  type: City', '  zh: 芜湖市']
    """
    text: str = yaml.safe_dump([dict(fields)], allow_unicode=True, sort_keys=False, width=100)
    return text


def append_entry(file: Path, text: str, check: Callable[[], object]) -> None:
    """Add an entry's text to the end of a register file; `check` reads the register with it.

    The file and its folder are made where there are none. Where `check` raises, all is left as it was. Raises
    `RegisterError` for a file that cannot be written or that a register's folder would not hold.
    """
    if file.suffix != ENDING:
        raise RegisterError("is no register file", path=file, mend=f"end its name in {ENDING}")

    def appended(before: bytes) -> bytes:
        joint = b"\n" if before and not before.endswith(b"\n") else b""
        return before + joint + text.encode()

    _change(file, appended, check)


def remove_entry(file: Path, text: str, check: Callable[[], object]) -> None:
    """Take an entry's text, which `append_entry` put there, out of a register file; else as with that.

    Raises `RegisterError` where the file no longer holds it.
    """

    def without(before: bytes) -> bytes:
        if text.encode() not in before:
            raise RegisterError("does not hold the entry any longer", path=file, mend="change it there")
        return before.replace(text.encode(), b"", 1)

    _change(file, without, check)


def _change(file: Path, change: Callable[[bytes], bytes], check: Callable[[], object]) -> None:
    """Change the content of a file; where `check` raises, it is as it was before."""
    try:
        before = file.read_bytes() if file.exists() else None
    except OSError as error:
        raise RegisterError(f"cannot be read: {error.strerror}", path=file) from error
    after, is_new = change(before or b""), not file.parent.exists()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, after)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise RegisterError(message, path=file, mend="choose another file") from error
    try:
        check()
    except BaseException:
        if before is not None:
            write_whole(file, before)
        else:
            file.unlink(missing_ok=True)
            if is_new:
                file.parent.rmdir()
        raise
