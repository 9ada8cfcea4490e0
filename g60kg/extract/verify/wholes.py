"""What a figure is of: the counted noun stands by its number, a share has its whole.

Goes in: a figure's place, and the words that say what it counts or measures. Comes out: nothing, or a refusal.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from g60kg.extract.marks import Mark
from g60kg.extract.verify.places import Places, Run, plain
from g60kg.extract.verify.refused import Refused

_TOKEN: Final = re.compile(r"[^\W\d_]+")
_OF: Final = re.compile(r" of (?P<whole>(?:(?! (?:and|in|by|to|while|were|are|was|is)\b)[^,;:.])+)")
_CUT: Final = re.compile(r"[,;:，；。](?!\d)| and (?=\d)| while ")
_BETWEEN: Final = 3
"""At most so many words stand between a number and the noun that it counts."""
_SMALL: Final = frozenset(
    ["the", "a", "an", "of", "in", "its", "their", "all", "for", "and", "on", "to", "that", "more", "s"]
)


def check_whole(
    of: str | None, figure: Run, sentence: Run, figures: Iterable[Mark], places: Places, share: bool
) -> None:
    """Refuse a figure that is of something else than is claimed, and a share without its whole."""
    text = places.flat
    words = plain(of or "")
    if not words:
        if share:
            raise Refused("whole", "a share of what is not said")
        return
    others = [(m.start, m.end) for m in figures if m.end <= figure[0] or figure[1] <= m.start]
    behind = _OF.match(text, figure[1], min(sentence[1], figure[1] + 300))
    if behind and words not in text[slice(*figure)] and not _shares(words, behind["whole"]):
        raise Refused("whole", f"the figure is of {behind['whole']!r}, not of {of!r}")
    stands = list(places.within(words, sentence))
    if not stands:
        if share or places.first(words) < 0 or places.first(words) >= sentence[1]:
            raise Refused("whole", f"the sentence does not say of {of!r}")
        return
    if not behind and all(_is_taken(run, figure, others, text) for run in stands):
        raise Refused("whole", f"{of!r} stands by another number")
    if behind and not _shares(words, behind["whole"]):
        raise Refused("whole", f"the figure is of {behind['whole']!r}, not of {of!r}")


def check_change(figure: Run, places: Places, words: Mapping[str, Any]) -> None:
    """Refuse a share that the text gives as a change: "52 percent more"."""
    behind = places.flat[figure[1] : figure[1] + 20].lstrip()
    if any(re.match(rf"{re.escape(word)}\b", behind) for word in words["changes"]):
        raise Refused("whole", f"a change and no share: {places.flat[figure[0] : figure[1] + 20]!r}")


def _shares(one: str, other: str) -> bool:
    """Tell whether two phrases have a word in common that means something."""
    return not _content(one).isdisjoint(_content(other)) or one in other or other in one


def _content(words: str) -> frozenset[str]:
    return frozenset(word.lower().rstrip("s") for word in _TOKEN.findall(words)) - _SMALL


def _is_taken(run: Run, figure: Run, others: Iterable[Run], text: str) -> bool:
    """Tell whether a noun is counted by another figure: that one stands right before it, or with it between
    the same commas, and the figure claimed does not.
    """
    if run[0] <= figure[0] and figure[1] <= run[1]:
        return False
    gap = text[figure[1] : run[0]] if figure[1] <= run[0] else None
    for start, end in others:
        if run[0] <= start and end <= run[1]:
            continue
        near = end <= run[0] and text[end : run[0]].count(" ") <= _BETWEEN and not _CUT.search(text, end, run[0])
        if near and not (gap is not None and figure[0] > end):
            return True
        low, high = min(run[0], start), max(run[1], end)
        if not _CUT.search(text, low, high) and _CUT.search(
            text, min(run[0], figure[0]), max(run[1], figure[1])
        ):
            return True
    return False
