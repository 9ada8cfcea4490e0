"""Ranks: "second in Shanghai", "ranks first".

Goes in: the text of a view. Comes out: marks of ordinals that stand as a rank; "the first conference" is
none.
"""

import re
from collections.abc import Iterator
from typing import Final

from g60kg.model import Value
from g60kg.text.marks import Figure, Mark
from g60kg.text.scanning import Beginnings, scan
from g60kg.text.words import any_of

_WORDS: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_RANK: Final = re.compile(
    rf"(?<![\w-])(?P<word>{any_of(_WORDS)}|\d{{1,3}}(?:st|nd|rd|th)|\d{{1,3}}(?= ?,| in| among))"
    r"(?= (?:in|among|nationwide|nationally|place|of all|across)\b|[,.;])",
    re.I,
)
_BEGINS: Final = Beginnings(_WORDS, digits=True)
_BEFORE: Final = re.compile(r"(?:, |\balso |\brank(?:s|ed|ing)? |\bplaced |\bthe |\bNo\. ?)$", re.I)


def ordinal_marks(text: str) -> Iterator[Mark]:
    """Yield the ranks of a view's text, in order.

    >>> text = "It ranks second in Shanghai, the first of its kind"
    >>> [mark.meaning.value.value for mark in ordinal_marks(text)]
    ['2']
    """
    for match in scan(_RANK, _BEGINS.places(text), text):
        word = match["word"].lower()
        lead = text[max(0, match.start() - 8) : match.start()]
        if not _BEFORE.search(lead) or (word.isdigit() and not lead.rstrip().endswith("No.")):
            continue
        rank = _WORDS.get(word) or int(re.sub(r"\D", "", word))
        yield Mark(match.start(), match.end(), Figure(Value(str(rank), "xsd:integer")))
