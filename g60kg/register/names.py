r"""Names: many from one line of a file, the form under which they are the same, and whose clash.

Braces are alternatives: `{Matsue City,Matsue}`. A backslash takes the meaning from the character after it,
so `\,` stands for a comma.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, NoReturn

from g60kg.errors import RegisterError
from g60kg.register.entry import Entry, Garbled

LIMIT: Final = 2000
DEPTH: Final = 8
_TOKEN: Final = re.compile(r"\\.|[{},\\]|[^{},\\]+", re.DOTALL)
_APOSTROPHES: Final = str.maketrans("’‘", "''")


def expand(text: str) -> tuple[str, ...]:
    r"""Return the names that a text with braces stands for, each once.

    Raises `ValueError` for braces that do not close or nest deeper than `DEPTH`, a backslash at the end,
    or more than `LIMIT` names.

    >>> expand("{,New }{City,Town}")
    ('City', 'Town', 'New City', 'New Town')
    >>> expand(r"{Science\, Technology,S&T} Park"), expand("a, b")
    (('Science, Technology Park', 'S&T Park'), ('a, b',))
    """
    levels: list[tuple[list[str], list[str]]] = [([], [""])]
    for token in _TOKEN.findall(text):
        if token == "{":
            levels.append(([], [""]))
            if len(levels) > DEPTH + 1:
                raise ValueError(f"the braces nest deeper than {DEPTH}")
            continue
        names, last = levels[-1]  # the alternatives before, and what the one that is read begins with
        if token == "," and len(levels) > 1:
            levels[-1] = [*names, *last], [""]
            continue
        options = [token[1:] if len(token) > 1 and token[0] == "\\" else token]
        if token == "\\":
            raise ValueError("a backslash stands at the end")
        if token == "}":
            if len(levels) == 1:
                raise ValueError("a '}' closes nothing")
            options = [*names, *last]
            levels.pop()
            names, last = levels[-1]
        if len(names) + len(last) * len(options) > LIMIT:
            raise ValueError(f"the braces give more than {LIMIT} names")
        levels[-1] = names, [begun + option for begun in last for option in options]
    if len(levels) > 1:
        raise ValueError("a '{' is not closed")
    return tuple(dict.fromkeys(levels[0][1]))


def fold(name: str) -> str:
    """Return the form under which names are the same: case, apostrophes and white space apart.

    >>> fold("Haier’s  Zhigu") == fold("HAIER'S ZHIGU")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).translate(_APOSTROPHES).casefold().split())


def check_names(entries: Iterable[Entry]) -> None:
    """Raise `RegisterError` when two entries bear one name and nothing tells them apart.

    Right names clash within a language, but for things that lie in different places: Suzhou in Jiangsu and
    Suzhou in Anhui. A garbled name clashes with any right name, its own entry's too, and with the garbled
    name of another entry, unless its `where` keeps the two apart.
    """
    entries = tuple(entries)
    right: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for _, name, language in entry.labels():
            bearers = right.setdefault((fold(name), language), [])
            for other in bearers:
                if other is not entry and not _lie_apart(entry, other):
                    _clash(name, entry, other, "keep it in one of them, or say where each lies (partOf)")
            bearers.append(entry)
    _check_garbled(entries, {name: bearers[0] for (name, _), bearers in right.items()})


def _lie_apart(one: Entry, other: Entry) -> bool:
    """Tell whether the register says of two things that each lies somewhere else."""
    places = one.containers(), other.containers()
    return all(places) and places[0].isdisjoint(places[1])


def _check_garbled(entries: tuple[Entry, ...], right: Mapping[str, Entry]) -> None:
    wrong: dict[str, list[tuple[Garbled, Entry]]] = {}
    for entry in entries:
        for repair in entry.garbled:
            name = fold(repair.name)
            if repair.where is None and name in right:
                _clash(repair.name, entry, right[name], "say with 'where' in which articles it is garbled")
            for other, bearer in wrong.setdefault(name, []):
                apart = repair.where and other.where and fold(repair.where) != fold(other.where)
                if bearer is not entry and not apart:
                    _clash(repair.name, entry, bearer, "tell them apart with 'where'")
            wrong[name].append((repair, entry))


def _clash(name: str, entry: Entry, other: Entry, mend: str) -> NoReturn:
    whose = "is a right name of" if other is entry else f"of {entry.id!r} is also a name of"
    message = f"the name {name!r} {whose} {other.id!r} ({other.place.path}:{other.place.line})"
    raise RegisterError(message, path=entry.place.path, line=entry.place.line, mend=mend)
