"""Expressions looked for only where they can begin.

Goes in: an expression, the words and signs with which it can begin, and a text. Comes out: what its
`finditer` finds. An expression that can begin in many ways would be tried at each letter; an automaton finds
the places where it can begin.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

_DIGITS: Final = re.compile(r"\d+")


class Beginnings:
    """Words and signs (and numbers, with `digits`), found where no letter or digit stands before them,
    whatever stands behind.

    >>> Beginnings(["over", "US$"]).places("it moved Over US$5")
    [9, 14]
    """

    def __init__(self, words: Iterable[str], *, digits: bool = False) -> None:
        shortest: list[str] = []
        for word in sorted({word.lower() for word in words}):
            if not (shortest and word.startswith(shortest[-1])):
                shortest.append(word)
        self._automaton = AhoCorasick(shortest)
        self._digits = digits

    def places(self, text: str) -> list[int]:
        """Return where one of the words begins in a text, in order."""
        folded = fold(text)
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        starts = {start for _, start, _ in found}
        if self._digits:
            starts.update(_numbers(folded))
        return sorted([start for start in starts if not start or not folded[start - 1].isalnum()])


@lru_cache(maxsize=4)
def _numbers(text: str) -> tuple[int, ...]:
    """Return where runs of digits begin; several readers ask for them in turn."""
    return tuple(run.start() for run in _DIGITS.finditer(text))


def scan(
    expression: re.Pattern[str], starts: Iterable[int], text: str, end: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """Yield the matches of an expression that begin at one of the starts, none within another."""
    done = 0
    match = expression.match
    for start in starts:
        if start >= done and (found := match(text, start, end)) is not None:
            yield found
            done = found.end()


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Return a text in lower case with every character in its place."""
    folded = text.lower()
    return (
        folded if len(folded) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    )
