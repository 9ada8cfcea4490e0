"""Whole answers that a worker keeps, so that their pages, and their other forms, are not asked for again.

Goes in: rows under the key of what was asked. Comes out: the rows, as long as they are kept: until the graph
is another, or newer answers need the place. Bounded by the number of rows in all.
"""

from collections import OrderedDict
from weakref import WeakKeyDictionary

from g60kg.kg import KnowledgeGraph
from g60kg.query import Rows

MOST = 20_000
"""Rows that are kept in all."""

Key = tuple[object, ...]


class Kept:
    """Answers by what was asked; the one not used for the longest time goes first.

    >>> kept = Kept(2)
    >>> kept.put(("a",), Rows((), ((), ())))
    >>> kept.put(("b",), Rows((), ((),)))
    >>> kept.get(("a",)) is None, len(kept.get(("b",)))
    (True, 1)
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._rows: OrderedDict[Key, Rows] = OrderedDict()
        self._size = 0

    def get(self, key: Key) -> Rows | None:
        """Return an answer, if it is kept."""
        if key in self._rows:
            self._rows.move_to_end(key)
        return self._rows.get(key)

    def put(self, key: Key, rows: Rows) -> None:
        """Keep an answer, unless it alone is too large."""
        if len(rows) > self._most:
            return
        if key in self._rows:
            self._size -= _size(self._rows.pop(key))
        self._rows[key] = rows
        self._size += _size(rows)
        while self._size > self._most:
            self._size -= _size(self._rows.popitem(last=False)[1])


def _size(rows: Rows) -> int:
    return max(len(rows), 1)


_OF: WeakKeyDictionary[KnowledgeGraph, Kept] = WeakKeyDictionary()


def kept(kg: KnowledgeGraph) -> Kept:
    """Return what is kept of a graph."""
    return _OF.setdefault(kg, Kept())
