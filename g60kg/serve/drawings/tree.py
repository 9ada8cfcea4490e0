"""What is around a thing, drawn as a tree that unfolds from left to right."""

from dataclasses import dataclass, field
from unicodedata import east_asian_width

_ROW = 30.0
_LETTERS = 14.0
_FAN, _PROPERTY, _TWIG = 44.0, 130.0, 30.0
_NAME = 290.0
_EDGE = 16.0
_NARROW, _WIDE = 0.53, 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in the tree: its key, its name, the layer of the fact that leads to it, its twigs."""

    key: str
    text: str
    layer: str = "said"
    twigs: "tuple[Twig, ...]" = ()


@dataclass(frozen=True, slots=True)
class Twig:
    """A property of an item, in words, and what it leads to."""

    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """An item in its place; `shown` is its name, cut where it is too long."""

    item: Item
    x: float
    y: float
    shown: str
    path: str
    trail: tuple[str, ...]
    """The keys of the items that lead to it, the first being that of the root."""


@dataclass(frozen=True, slots=True)
class Label:
    """A property in its place, and the line that leads to it."""

    text: str
    x: float
    y: float
    path: str


@dataclass(slots=True)
class Tree:
    """A tree: its size, its root, the labels of its twigs, and its items."""

    root: Item
    width: float = 0
    height: float = 0
    root_y: float = 0
    labels: list[Label] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def draw_tree(root: Item) -> Tree:
    """Return the tree of an item.

    >>> drawn = draw_tree(Item("a", "A", twigs=(Twig("of", (Item("b", "B"), Item("c", "C"))),)))
    >>> [(spot.item.key, spot.y) for spot in drawn.spots], drawn.root_y, drawn.height
    ([('b', 15.0), ('c', 45.0)], 30.0, 60.0)
    """
    tree = Tree(root, height=_rows(root) * _ROW)
    tree.root_y = round(tree.height / 2, 1)
    _grow(tree, root, (root.key,), _EDGE, 0)
    tree.width = max((spot.x for spot in tree.spots), default=_EDGE) + _NAME + _EDGE
    return tree


def _rows(item: Item) -> int:
    return max(1, sum(_rows(kid) for twig in item.twigs for kid in twig.items))


def _grow(tree: Tree, item: Item, trail: tuple[str, ...], end: float, top: float) -> None:
    """Put what grows from an item, whose text ends at `end`, below `top`."""
    middle = top + _rows(item) * _ROW / 2
    for twig in item.twigs:
        rows = sum(_rows(kid) for kid in twig.items)
        at, y = end + _FAN, round(top + rows * _ROW / 2, 1)
        label = _shortened(twig.text, _PROPERTY)
        tree.labels.append(Label(label, at, y, _curve(end, middle, at - 6, y)))
        after = at + width(label) * _LETTERS * 0.93 + 6
        x = at + _PROPERTY + _TWIG
        for kid in twig.items:
            kid_y, shown = round(top + _rows(kid) * _ROW / 2, 1), _shortened(kid.text, _NAME)
            tree.spots.append(Spot(kid, x, kid_y, shown, _curve(after, y, x - 8, kid_y), trail))
            _grow(tree, kid, (*trail, kid.key), x + 20 + width(shown) * _LETTERS, top)
            top += _rows(kid) * _ROW


def width(text: str) -> float:
    """Return about how wide a text is, in ems.

    >>> width("湖州") > width("Hu")
    True
    """
    return sum(_WIDE if east_asian_width(letter) in "WF" else _NARROW for letter in text)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """Return a line that leaves and arrives level.

    >>> _curve(0, 0, 10, 20)
    'M0 0C5 0 5 20 10 20'
    """
    half = (x + to_x) / 2
    return f"M{x:g} {y:g}C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}"


def _shortened(text: str, room: float) -> str:
    """Return a text, without its middle where it is wider than the room: names that begin alike end apart.

    >>> _shortened("G60 Science and Technology Innovation Corridor, version 1.0", 208)
    'G60 Science … version 1.0'
    """
    if width(text) * _LETTERS <= room:
        return text
    half = (room / _LETTERS - 1) / 2
    head = next(text[:end] for end in range(len(text), -1, -1) if width(text[:end]) <= half)
    tail = next(text[start:] for start in range(len(text) + 1) if width(text[start:]) <= half)
    head = head.rpartition(" ")[0] or head
    tail = tail.partition(" ")[2] or tail
    return f"{head.rstrip()} … {tail.lstrip()}"
