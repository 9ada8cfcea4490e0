"""Alternations of many words as one expression that looks at each character once.

Goes in: words. Comes out: an expression in the shape of a trie, so that its cost does not grow with their
number.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any


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
