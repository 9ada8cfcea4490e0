"""What a figure is of: the counted noun stands by its number, a share has its whole.

Goes in: a figure's place, and the words that say what it counts or measures. Comes out:
nothing, or a refusal.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from g60kg.extract.verify.places import Places, Run, plain
from g60kg.extract.verify.refused import Refused
from g60kg.model import Value
from g60kg.text.marks import Figure, Mark

_TOKEN: Final = re.compile(r"[^\W\d_]+")
_OF: Final = re.compile(r" of (?P<whole>(?:(?! (?:and|in|by|to|while|were|are|was|is)\b)[^,;:.])+)")
_HEAD: Final = re.compile(r" (?:of|in|that|from|on|for|with|by|who|which)\b")
_CUT: Final = re.compile(r"[,;:，；。](?!\d)| and (?=\d)| while ")
_MOST: Final = 20
"""So many places of a noun in one sentence are looked at."""
_BETWEEN: Final = 3
"""At most so many words stand between a number and the noun that it counts."""
_SMALL: Final = frozenset(
    [
        "",
        "the",
        "a",
        "an",
        "of",
        "in",
        "it",
        "its",
        "their",
        "all",
        "for",
        "and",
        "on",
        "to",
        "that",
        "more",
        "them",
    ]
)
_STANDING: Final = frozenset({"them", "which", "whom", "these", "those", "it", "this"})
"""Words that stand for what was counted before: "five of them underground"."""
_PARTS: Final = ("unit:PERCENT", "unit:FRACTION")


@dataclass(frozen=True)
class Wholes:
    """Checks what the figures of one sentence are of."""

    places: Places
    words: Mapping[str, Any]
    sentence: Run
    figures: tuple[Mark, ...]

    def check(self, of: str | None, value: Value, run: Run, predicate: str, weighed: bool) -> None:
        """Refuse a figure that is of something else than is claimed, and a share without its whole.

        A reader that has `weighed` the sentence's syntax may find the noun farther off: "nine projects opened
        in the city, seven in the suburbs".
        """
        share = predicate == "share"
        if share:
            self._check_change(run)
        words = plain(of or "")
        if not words:
            if share:
                raise Refused("whole", "a share of what is not said")
            return
        said = self._said_of(run)
        if said is not None:
            if not _is_alike(words, said) and words not in self.places.flat[slice(*run)]:
                raise Refused("whole", f"the figure is of {said!r}, not of {of!r}")
        elif not weighed and (predicate != "growth" or value.unit in _PARTS):
            self._check_taken(words, value, run)
        if not (weighed and self.places.first(words) >= 0):
            self._check_stands(words, value)

    def _check_change(self, run: Run) -> None:
        """Refuse a share that the text gives as a change: "52 percent more"."""
        behind = self.places.flat[run[1] : run[1] + 20].lstrip()
        if any(re.match(rf"{re.escape(word)}\b", behind) for word in self.words["changes"]):
            raise Refused("whole", f"a change and no share: {self.places.flat[run[0] : run[1] + 20]!r}")

    def _said_of(self, run: Run) -> str | None:
        """Return what stands behind a figure and "of", if it says what: not "of them", "of 2019"."""
        found = _OF.match(self.places.flat, run[1], min(self.sentence[1], run[1] + 300))
        if found is None or found["whole"].split(" ", 1)[0].lower() in _STANDING:
            return None
        return found["whole"] if _head(found["whole"]) not in _SMALL else None

    def _check_stands(self, words: str, value: Value) -> None:
        """Refuse words that the sentence does not say; a bare number may go on counting what one before it
        counts.
        """
        if next(self.places.within(words, self.sentence), None) is not None:
            return
        first = self.places.first(words)
        if value.unit in _PARTS or not 0 <= first < self.sentence[1]:
            raise Refused("whole", f"the sentence does not say of {words!r}")

    def _check_taken(self, words: str, value: Value, run: Run) -> None:
        """Refuse a noun that stands by another number of the same kind of unit."""
        others = [
            (mark.start, mark.end)
            for mark in self.figures
            if (mark.end <= run[0] or run[1] <= mark.start) and _is_same_kind(mark, value)
        ]
        stands = list(islice(self.places.within(words, self.sentence), _MOST))
        if stands and all(any(self._is_taken(place, run, other) for other in others) for place in stands):
            raise Refused("whole", f"{words!r} stands by another number")

    def _is_taken(self, noun: Run, figure: Run, other: Run) -> bool:
        """Tell whether another figure stands right before a noun, or with it between the same commas, and the
        figure claimed does not.
        """
        text = self.places.flat
        if (noun[0] <= figure[0] and figure[1] <= noun[1]) or (noun[0] <= other[0] and other[1] <= noun[1]):
            return False
        if other[1] <= noun[0] and not other[1] <= figure[0] < noun[0]:
            near = text[other[1] : noun[0]].count(" ") <= _BETWEEN
            if near and not _CUT.search(text, other[1], noun[0]):
                return True
        return not self._is_parted(noun, other) and self._is_parted(noun, figure)

    def _is_parted(self, one: Run, other: Run) -> bool:
        return _CUT.search(self.places.flat, min(one[0], other[0]), max(one[1], other[1])) is not None


def _is_same_kind(mark: Mark, value: Value) -> bool:
    """Tell whether a figure is in the unit of another, any currency for any."""
    assert isinstance(mark.meaning, Figure)
    one, other = mark.meaning.value.unit or "", value.unit or ""
    return one == other or (one.startswith("cur:") and other.startswith("cur:"))


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two phrases may speak of one thing: the head noun of one is a word of the other."""
    if one in other or other in one:
        return True
    return _head(one) in _content(other) or _head(other) in _content(one)


def _head(words: str) -> str:
    tokens = _TOKEN.findall(_HEAD.split(words, maxsplit=1)[0]) or _TOKEN.findall(words) or [""]
    last: str = tokens[-1]
    return last.lower().rstrip("s")


def _content(words: str) -> frozenset[str]:
    return frozenset(word.lower().rstrip("s") for word in _TOKEN.findall(words)) - _SMALL
