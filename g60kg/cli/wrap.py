"""Text fitted into the columns of a terminal, where Chinese characters take two.

Goes in: a text. Comes out: lines, words kept whole where they fit; control characters, which could move the
cursor, shown as a mark.
"""

from collections.abc import Iterator
from typing import Final
from unicodedata import category, combining, east_asian_width

WIDTH: Final = 80


def columns(text: str) -> int:
    """Return how many columns a text takes.

    >>> columns("松江 District"), columns("é")
    (13, 1)
    """
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def plain(text: str) -> str:
    """Return a text on one line, without characters that a terminal would act on.

    >>> plain("a\\x1b[31m\\n b")
    'a�[31m b'
    """
    return "".join("�" if category(letter) in ("Cc", "Cf") else letter for letter in " ".join(text.split()))


def wrap(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return a text as lines that fit; `first` stands before the first line, `rest` before the others.

    >>> wrap("one two three", "> ", "  ", width=9)
    ['> one two', '  three']
    """
    lines = [first]
    fresh = True
    for word in _pieces(plain(text), width - max(columns(first), columns(rest))):
        joint = "" if fresh else " "
        if not fresh and columns(lines[-1] + joint + word) > width:
            lines.append(rest + word)
        else:
            lines[-1] += joint + word
        fresh = False
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text, those that fit no line in parts."""
    for word in text.split(" "):
        part = ""
        for letter in word:
            if columns(part + letter) > width:
                yield part
                part = ""
            part += letter
        yield part


def pad(text: str, width: int) -> str:
    """Return a text cut or filled to so many columns.

    >>> pad("松江区", 5), pad("ab", 4)
    ('松江…', 'ab  ')
    """
    if columns(text) > width:
        while columns(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - columns(text))
