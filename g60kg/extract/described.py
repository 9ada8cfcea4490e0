"""Things that a text describes and does not name: "a digital satellite factory".

Goes in: the text of a view. Comes out: marks, which only a slot that asks for a description takes.
"""

import re
from collections.abc import Iterator
from typing import Final

from .kinds import DESCRIBED
from .marks import Described, Mark

_HEADS: Final = {
    "factory": "Facility",
    "plant": "Facility",
    "center": "Facility",
    "centre": "Facility",
    "laboratory": "Facility",
    "headquarters": "Facility",
    "platform": "Facility",
    "hub": "Facility",
    "institute": "Organization",
    "campus": "Facility",
    "park": "IndustrialPark",
    "base": "IndustrialPark",
    "zone": "Park",
    "project": "Project",
}
_NOT_WITHIN: Final = "of|in|at|on|to|for|from|by|with|is|are|was|were|has|have|had|will|its|their|the|a|an|that|which|be|new|first|only|largest|own"
_DESCRIBED: Final = re.compile(
    rf"(?<![\w-])(?:[Aa]n?|its) (?:new )?(?P<text>(?:(?!(?:{_NOT_WITHIN}) )[a-z][a-z-]* ){{1,5}}(?P<head>{'|'.join(_HEADS)}))(?![\w-])(?! of )"
)


def described_marks(text: str) -> Iterator[Mark]:
    """Yield what is described in a view's text, in order.

    >>> [mark.meaning.text for mark in described_marks("It builds a digital satellite factory in the district.")]
    ['digital satellite factory']
    """
    for match in _DESCRIBED.finditer(text):
        yield Mark(
            match.start("text"), match.end(), DESCRIBED, Described(match["text"], _HEADS[match["head"]])
        )
