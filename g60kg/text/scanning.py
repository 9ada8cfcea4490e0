"""Expressions for many words, looked for only where they can begin.

One in the shape of a trie costs no more for more words. One that can begin in many ways would be tried at
each letter; an automaton finds the places where it can begin.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from ahocorasick_rs import AhoCorasick


def inverted(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the word for which each of the words under it stands.

    >>> inverted({"Park": ["garden", "zone"]})
    {'garden': 'Park', 'zone': 'Park'}
    """
    return {word: name for name, words in table.items() for word in words}


def any_of(words: Iterable[str], end: str = r"(?!\w)", begin: str = "") -> str:
    """Return an expression for any of the words, the longest first; `end` must hold behind a last letter,
    `begin` behind a first one.

    >>> any_of(["over", "about", "around"])
    '(?:a(?:bout|round)|over)(?!\\\\w)'
    """
    ends = {word: end if word[-1].isalnum() else "" for word in words}
    if len(set(ends.values())) == 1:
        return _branches(_tree(dict.fromkeys(ends, "")), begin) + next(iter(ends.values()))
    return _branches(_tree(ends), begin)


def whole_word(words: Iterable[str]) -> str:
    """Return an expression for any of the words where no letter stands before it.

    What stands before is looked at behind the first letter, so that a search skips to where one begins.

    >>> whole_word(["over", "about"])
    '(?:a(?<!\\\\w.)bout|o(?<!\\\\w.)ver)(?!\\\\w)'
    """
    return any_of(words, begin=r"(?<!\w.)")


def _tree(ends: Mapping[str, str]) -> dict[str, Any]:
    """Return words as a tree of letters, each with what must hold behind it."""
    root: dict[str, Any] = {}
    for word in sorted(ends):
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = ends[word]
    return root


def _options(node: dict[str, Any], begin: str = "") -> list[str]:
    options = [_run(letter, child, begin) for letter, child in node.items() if letter]
    return [*options, node[""]] if "" in node else options


def _branches(node: dict[str, Any], begin: str = "") -> str:
    options = _options(node, begin)
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _run(letter: str, node: dict[str, Any], begin: str) -> str:
    run = letter
    while len(node) == 1 and "" not in node and not begin:
        letter, node = next(iter(node.items()))
        run += letter
    return re.escape(run).replace(r"\ ", " ") + begin + _branches(node)


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
