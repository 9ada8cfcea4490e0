"""Expressions for many words, looked for only where they can begin.

One that can begin in many ways would be tried at each letter; an automaton finds the places where it can.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick


def inverted(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the word for which each of the words under it stands.

    >>> inverted({"Park": ["garden", "zone"]})
    {'garden': 'Park', 'zone': 'Park'}
    """
    return {word: name for name, words in table.items() for word in words}


def any_of(words: Iterable[str], end: str = r"(?!\w)") -> str:
    """Return an expression for any of the words, the longest first; `end` must hold behind a last letter.

    >>> any_of(["over", "about", "around"]), any_of(["%", "percent"])
    ('(?:around|about|over)(?!\\\\w)', '(?:percent(?!\\\\w)|%)')
    """
    ends = {
        word: end if word[-1].isalnum() else "" for word in sorted(set(words), key=lambda w: (-len(w), w))
    }
    last = set(ends.values())
    common = last.pop() if len(last) == 1 else None
    parts = (
        re.escape(word).replace(r"\ ", " ") + (own if common is None else "") for word, own in ends.items()
    )
    return f"(?:{'|'.join(parts)}){common or ''}"


_DIGITS: Final = re.compile(r"\d+")


def find_words(automaton: AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    """Return number, start and end of the words of an automaton that are whole ones in a text, the leftmost
    first, then the longest; they may overlap. No letter goes on before or behind one, but in Chinese.

    >>> find_words(AhoCorasick(["New", "New Park"]), "a New Park, Newer")
    [(1, 2, 10), (0, 2, 5)]
    """
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    found.sort(key=lambda match: (match[1], -match[2]))
    return [each for each in found if _is_whole(text, *each[1:])]


def _is_whole(text: str, start: int, end: int) -> bool:
    if text[start] > "\u2e7f":
        return True
    is_behind = is_letter(text[end : end + 1]) and text[end - 1].isalnum()
    return not (is_behind or is_letter(text[max(0, start - 1) : start]))


def is_letter(sign: str) -> bool:
    """Tell whether a sign is a letter or digit of a writing that parts words."""
    return sign.isalnum() and sign < "\u2e80"


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
            starts.update(run.start() for run in _DIGITS.finditer(folded))
        return sorted([start for start in starts if not start or not folded[start - 1].isalnum()])


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


def search_before(expression: re.Pattern[str], text: str, place: int, within: int) -> re.Match[str] | None:
    """Return what an expression finds in the characters before a place, so many at most."""
    return expression.search(text, max(0, place - within), place)


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Return a text in lower case with every character in its place."""
    folded = text.lower()
    return (
        folded if len(folded) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    )
