"""Folders of register files to the register, and an entry into a file of a user's.

A later folder adds entries, replaces those with the same id, and adds to those that it `extends`. The entries
of the folder `gazetteer` within one are latent: known by their names, and in the graph where they are named.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

import yaml
from pyoxigraph import NamedNode

from g60kg.errors import RegisterError
from g60kg.nodes import Source, nearest
from g60kg.ontology import load_ontology
from g60kg.register.document import Extension, read_file
from g60kg.register.entry import Entry, Garbled, Place, fold
from g60kg.register.register import Register
from g60kg.resources import resource
from g60kg.terms import ID
from g60kg.whole import write_whole

ENDING: Final = ".yaml"
GAZETTEER: Final = "gazetteer"
"""The folder, within one of a register, of entries that enter the graph where an article names them."""


def load_register(*folders: str | Path, drafts: Mapping[Path, str] = MappingProxyType({})) -> Register:
    """Read the register from folders; without any, the packaged one. Raises `RegisterError`.

    `drafts` are texts of files that are not written yet, and count as if they were.

    >>> load_register().find("Matsue City")[0].en
    'Songjiang District'
    """
    merged: dict[str, Entry] = {}
    roots = map(Path, folders or (resource("data", "register"),))
    pairs = ((root, place) for root in roots for place in (root / GAZETTEER, root))
    for folder in (place for root, place in pairs if place == root or place.is_dir()):
        entries, extensions = _read_folder(folder, drafts)
        for entry in entries.values():
            _put_last(merged, entry)
        for extension in extensions:
            if extension.id not in merged:
                raise _unknown(extension.id, extension.place, nearest(extension.id, merged))
            _put_last(merged, extension.added_to(merged[extension.id]))
    for fact in (fact for entry in merged.values() for fact in entry.facts):
        id = fact.object.value.removeprefix(ID.base)
        if isinstance(fact.object, NamedNode) and id not in merged:
            raise _unknown(id, fact.place, "add the entry or mend the id")
    check_names(merged.values())
    return Register({id: merged[id] for id in sorted(merged)})


def _put_last(entries: dict[str, Entry], entry: Entry) -> None:
    """Put an entry behind those of earlier files, so that a clash of names is laid to the later one."""
    entries.pop(entry.id, None)
    entries[entry.id] = entry


def _unknown(id: str, place: Place, mend: str) -> RegisterError:
    return place.error(f"no entry has the id {id!r}", mend)


def _read_folder(folder: Path, drafts: Mapping[Path, str]) -> tuple[dict[str, Entry], list[Extension]]:
    """Read the entries of one folder, each id once, and what it adds to entries."""
    new = {path: text for path, text in drafts.items() if path.parent == folder}
    is_packaged = not new and resource("data", "register") in (folder, folder.parent)
    return _read_packaged(folder) if is_packaged else _read_anew(folder, new)


def _read_anew(folder: Path, new: Mapping[Path, str]) -> tuple[dict[str, Entry], list[Extension]]:
    if not folder.is_dir() and not new:
        raise RegisterError("no such folder", path=folder, mend="name a folder of register files")
    found: dict[str, Entry] = {}
    extensions: list[Extension] = []
    paths = sorted({*folder.glob(f"*{ENDING}"), *new})
    for item in (item for path in paths for item in read_file(path, load_ontology(), new.get(path))):
        if isinstance(item, Extension):
            extensions.append(item)
            continue
        if folder.name == GAZETTEER:
            item = replace(item, latent=True)
        other = found.setdefault(item.id, item)
        if other is not item:
            message = f"the id {item.id!r} stands at {other.place.path}:{other.place.line} too"
            raise item.place.error(message, "give one of them another id")
    return found, extensions


_read_packaged: Final = cache(partial(_read_anew, new={}))
"""A packaged folder, which nothing changes, is read once under whatever folders of a user's."""


def check_names(entries: Iterable[Entry]) -> None:
    """Raise `RegisterError` when two entries bear one name and nothing tells them apart.

    Right names clash within a language, but for things that lie in different places: Suzhou in Jiangsu and
    Suzhou in Anhui. A garbled name clashes with any right name, its own entry's too, and with the garbled
    name of another entry, unless its `where` keeps the two apart.
    """
    entries, right = tuple(entries), defaultdict[tuple[str, str], list[Entry]](list)
    for entry in entries:
        for _, name, language in entry.labels():
            for other in right[fold(name), language]:
                places = entry.containers(), other.containers()
                lie_apart = all(places) and places[0].isdisjoint(places[1])
                if other is not entry and not lie_apart:
                    _clash(name, entry, other, "keep it in one of them, or say where each lies (partOf)")
            right[fold(name), language].append(entry)
    bearers = {name: found[0] for (name, _), found in right.items()}
    wrong = defaultdict[str, list[tuple[Garbled, Entry]]](list)
    for entry, repair in ((each, repair) for each in entries for repair in each.garbled):
        name = fold(repair.name)
        if repair.where is None and name in bearers:
            _clash(repair.name, entry, bearers[name], "say with 'where' in which articles it is garbled")
        for known, other in wrong[name]:
            apart = repair.where and known.where and fold(repair.where) != fold(known.where)
            if other is not entry and not apart:
                _clash(repair.name, entry, other, "tell them apart with 'where'")
        wrong[name].append((repair, entry))


def _clash(name: str, entry: Entry, other: Entry, mend: str) -> NoReturn:
    whose = "is a right name of" if other is entry else f"of {entry.id!r} is also a name of"
    raise entry.place.error(
        f"the name {name!r} {whose} {other.id!r} ({other.place.path}:{other.place.line})", mend
    )


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


def with_entry(file: Path, entry: str) -> str:
    """Return the text of a register file, or of one that is to be made, with an entry more at its end.

    Raises `RegisterError` for a file that cannot be read or that a register's folder would not hold.
    """
    if file.suffix != ENDING:
        raise RegisterError("is no register file", path=file, mend=f"end its name in {ENDING}")
    before = Source(file, RegisterError).read() if file.exists() else ""
    return before + ("\n" if before and not before.endswith("\n") else "") + entry


def without_entry(file: Path, entry: str) -> str:
    """Return the text of a register file without an entry; raises `RegisterError` where it has none such."""
    before = Source(file, RegisterError).read()
    if entry not in before:
        raise RegisterError("does not hold the entry any longer", path=file, mend="change it there")
    return before.replace(entry, "", 1)


def write_entries(file: Path, text: str) -> None:
    """Write a register file, whole or not at all, and make its folder; raises `RegisterError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text.encode())
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise RegisterError(message, path=file, mend="choose another file") from error
