r"""Braces in names: one line of a file for many names.

Goes in: a text such as `{Matsue City,Matsue}`. Comes out: the names, in the order of the text. Braces
nest; a backslash takes the meaning from the character after it, so `\,` stands for a comma.
"""

import re
from collections.abc import Iterable
from itertools import product
from math import prod
from typing import Final, TypeVar

T = TypeVar("T")

LIMIT: Final = 2000
DEPTH: Final = 8
_RUN: Final = re.compile(r"\\(?P<escaped>.)|,|[^\\{},]+", re.DOTALL)


def expand(text: str) -> tuple[str, ...]:
    r"""Return the names that a text with braces stands for, each once.

    Raises `ValueError` for braces that do not close or nest deeper than `DEPTH`, a backslash at the end,
    or more than `LIMIT` names.

    >>> expand("{,New }{City,Town}")
    ('City', 'Town', 'New City', 'New Town')
    >>> expand(r"{Science\, Technology,S&T} Park"), expand("a, b")
    (('Science, Technology Park', 'S&T Park'), ('a, b',))
    """
    if "{" not in text and "}" not in text and "\\" not in text:
        return (text,)
    names, end = _sequence(text, 0, depth=0)
    if end != len(text):
        raise ValueError("a '}' closes nothing")
    return tuple(dict.fromkeys(names))


def _sequence(text: str, position: int, depth: int) -> tuple[list[str], int]:
    """Read to the end of an alternative; return its names and where it ends."""
    parts: list[list[str]] = [[""]]
    while position < len(text):
        char = text[position]
        if char == "}" or (char == "," and depth):
            break
        if char == "{":
            names, position = _braces(text, position + 1, depth + 1)
        else:
            names, position = _plain(text, position)
        parts.append(names)
    return _joined(parts), position


def _braces(text: str, position: int, depth: int) -> tuple[list[str], int]:
    """Read the alternatives after a `{`; return their names and the place after the `}`."""
    if depth > DEPTH:
        raise ValueError(f"the braces nest deeper than {DEPTH}")
    names: list[str] = []
    while True:
        more, position = _sequence(text, position, depth)
        names += _few(more, len(names) + len(more))
        if position == len(text):
            raise ValueError("a '{' is not closed")
        position += 1
        if text[position - 1] == "}":
            return names, position


def _plain(text: str, position: int) -> tuple[list[str], int]:
    """Read an escaped character, or the run of letters up to the next one with a meaning."""
    run = _RUN.match(text, position)
    if run is None:
        raise ValueError("a backslash stands at the end")
    return [run["escaped"] or run.group()], run.end()


def _joined(parts: list[list[str]]) -> list[str]:
    """Return every way to choose one of each part."""
    return ["".join(choice) for choice in _few(product(*parts), prod(map(len, parts)))]


def _few(names: Iterable[T], count: int) -> Iterable[T]:
    """Refuse what is too many to be the names of one thing."""
    if count > LIMIT:
        raise ValueError(f"the braces give more than {LIMIT} names")
    return names
