"""Who bears which name: the look-up, and the proof that no name is claimed twice.

Goes in: entries. Comes out: a table from folded name to entries, or the `RegisterError` of the first
two entries that cannot be told apart.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from .document import fail
from .entry import Entry, Garbled

Index = Mapping[str, tuple[Entry, ...]]
_APOSTROPHES: Final = str.maketrans("’‘", "''")


def fold(name: str) -> str:
    """Return the form under which names are the same: case, apostrophes and white space apart.

    >>> fold("Haier’s  Zhigu") == fold("HAIER'S ZHIGU")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).translate(_APOSTROPHES).casefold().split())


def index_names(entries: Iterable[Entry]) -> Index:
    """Return the entries of every folded name, in the order of the entries."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        for name in entry.names():
            found.setdefault(fold(name.name), {})[entry.id] = entry
    return {name: tuple(bearers.values()) for name, bearers in found.items()}


def check_names(entries: Iterable[Entry]) -> None:
    """Raise `RegisterError` when two entries bear one name.

    Right names clash within a language. A garbled name clashes with any right name, its own entry's too,
    and with the garbled name of another entry, unless its `where` keeps the two apart.
    """
    entries = tuple(entries)
    right: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for _, name, language in entry.labels():
            other = right.setdefault((fold(name), language), entry)
            if other is not entry:
                _clash(name, entry, other, "keep it in one of them")
    _check_garbled(entries, {name: entry for (name, _), entry in right.items()})


def _check_garbled(entries: tuple[Entry, ...], right: Mapping[str, Entry]) -> None:
    wrong: dict[str, list[tuple[Garbled, Entry]]] = {}
    for entry in entries:
        for repair in entry.garbled:
            name = fold(repair.name)
            if repair.where is None and name in right:
                _clash(repair.name, entry, right[name], "say with 'where' in which articles it is garbled")
            for other, bearer in wrong.setdefault(name, []):
                if bearer is not entry and not _apart(repair, other):
                    _clash(repair.name, entry, bearer, "tell them apart with 'where'")
            wrong[name].append((repair, entry))


def _apart(one: Garbled, other: Garbled) -> bool:
    """Whether two repairs hold in different articles."""
    return one.where is not None and other.where is not None and fold(one.where) != fold(other.where)


def _clash(name: str, entry: Entry, other: Entry, mend: str) -> None:
    place = f"{other.place.path}:{other.place.line}"
    whose = "is a right name of" if other is entry else f"of {entry.id!r} is also a name of"
    fail(f"the name {name!r} {whose} {other.id!r} ({place})", entry.place, mend)
