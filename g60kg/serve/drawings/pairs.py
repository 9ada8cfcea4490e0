"""A relation drawn: things on the left, things on the right, and a line for each pair.

Goes in: `Pair`s of keys, and the name of each key. Comes out: `Pairs`, whose parts have their places. Of a
relation that holds both ways each pair is drawn once, with the thing that has more pairs on the left.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from g60kg.serve.drawings.shapes import width
from g60kg.serve.drawings.tree import LETTERS, curve, shortened

_ROW = 30.0
_NAME, _BETWEEN, _GAP, _EDGE = 290.0, 150.0, 14.0, 16.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that are related; `layer` says how that is known."""

    left: str
    right: str
    layer: str = "said"


@dataclass(frozen=True, slots=True)
class End:
    """A thing in its place; `shown` is its name, cut where it is too long."""

    key: str
    text: str
    shown: str
    x: float
    text_x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A drawn relation: its size, its things, and its lines with their layers."""

    width: float
    height: float
    ends: tuple[End, ...]
    lines: tuple[tuple[str, str], ...]


def draw_pairs(pairs: Sequence[Pair], names: Mapping[str, str]) -> Pairs:
    """Return the drawing of a relation.

    >>> drawn = draw_pairs([Pair("a", "b"), Pair("b", "a"), Pair("c", "a")], {"a": "A", "b": "B", "c": "C"})
    >>> [(end.key, end.anchor, end.y) for end in drawn.ends]
    [('a', 'end', 30.0), ('b', 'start', 15.0), ('c', 'start', 45.0)]
    """
    turned = _turned(pairs)
    lefts = list(dict.fromkeys(pair.left for pair in turned))
    rights = sorted(dict.fromkeys(pair.right for pair in turned), key=lambda key: _mean(key, turned, lefts))
    rows, left = max(len(lefts), len(rights)), _EDGE + _room(lefts, names) + _GAP
    right = left + _BETWEEN
    ends = {
        (key, side): _end(key, names[key], x, (place + (rows - len(keys)) / 2 + 0.5) * _ROW, side)
        for side, x, keys in (("end", left, lefts), ("start", right, rights))
        for place, key in enumerate(keys)
    }
    lines = tuple((_line(ends[pair.left, "end"], ends[pair.right, "start"]), pair.layer) for pair in turned)
    wide = round(right + _GAP + _room(rights, names) + _EDGE, 1)
    return Pairs(wide, rows * _ROW, tuple(ends.values()), lines)


def _room(keys: Sequence[str], names: Mapping[str, str]) -> float:
    """Return how wide the widest of the names is."""
    return round(min(_NAME, max(width(names[key]) * LETTERS for key in keys)), 1)


def _turned(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs so that of things that are in both columns those with more pairs are on the left."""
    both = {pair.left for pair in pairs} & {pair.right for pair in pairs}
    many = Counter(key for pair in pairs for key in {pair.left, pair.right})
    found: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        is_turned = bool(both & {pair.left, pair.right}) and many[pair.right] > many[pair.left]
        ends = (pair.right, pair.left) if is_turned else (pair.left, pair.right)
        if ends[::-1] not in found:
            found.setdefault(ends, Pair(*ends, pair.layer))
    return list(found.values())


def _mean(key: str, pairs: Sequence[Pair], lefts: Sequence[str]) -> float:
    """Return where on the left a thing's pairs are, on average: the fewer lines cross."""
    places = [lefts.index(pair.left) for pair in pairs if pair.right == key]
    return sum(places) / len(places)


def _end(key: str, name: str, x: float, y: float, anchor: str) -> End:
    text_x = x - _GAP if anchor == "end" else x + _GAP
    return End(key, name, shortened(name, _NAME), x, text_x, y, anchor)


def _line(left: End, right: End) -> str:
    return curve(left.x + 5, left.y, right.x - 5, right.y)
