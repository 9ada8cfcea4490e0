"""Finding entities by any of their names, in part or whole, English or Chinese.

The best come first: whole names before beginnings, beginnings before words within, right names before garbled
ones, short before long.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import held_kinds, nodes, rows_of
from g60kg.describe.names import Names
from g60kg.query import Rows
from g60kg.store import Store
from g60kg.terms import G60, ID, RDF, SKOS, curie

SIZE: Final = 25
"""Hits of a page."""
LONGEST: Final = 200
"""A longer text is no name."""
_NAMES: Final = """
SELECT DISTINCT ?thing ?naming ?name {
  VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel }
  ?thing ?naming ?name
}
"""
_NAMINGS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_COLUMNS: Final = ("entity", "en", "zh", "type", "matched")
_NEAREST: Final = 5


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity with a name that it bears, and by which property."""

    entity: NamedNode
    naming: NamedNode
    name: Literal

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What puts names that fit alike into order."""
        name = folded(self.name.value)
        return _NAMINGS.index(self.naming), len(name), name, self.entity.value


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found: its classes, and the name that fits, cut at the part that does.

    `naming` is `prefLabel`, `altLabel` or `hiddenLabel`: a garbled one.
    """

    entity: NamedNode
    kinds: tuple[NamedNode, ...]
    before: str
    match: str
    after: str
    language: str
    naming: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: `total` of the kind that is wanted, `kinds` counted over all."""

    text: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    all: int = 0
    kinds: tuple[tuple[NamedNode, int], ...] = ()
    nearest: tuple[Hit, ...] = ()


def search(store: Store, text: str) -> Rows:
    """Return the entities that bear a name which holds the text, best first."""
    names = Names(store)
    return Rows(_COLUMNS, tuple(_row(store, names, each) for each in bearers(store, text)))


def _row(store: Store, names: Names, found: Bearer) -> tuple[Literal | NamedNode | None, ...]:
    called = names.all_of(found.entity)
    held = (Literal(called[each], language=each) if each in called else None for each in ("en", "zh"))
    types = {curie(each) for each in nodes(store, found.entity, RDF.type)}
    kinds = ", ".join(sorted(each for each in types if each.startswith("g60:")))
    return found.entity, *held, Literal(kinds), found.name


def find(store: Store, text: str, kind: str = "", *, skip: int = 0, size: int = SIZE) -> Found:
    """Find entities; `kind` is the local name of a class that alone is wanted.

    Where no name holds the text, the nearest names are given.
    """
    wanted = " ".join(text.split())[:LONGEST]
    found = [(each, held_kinds(store, each.entity)) for each in bearers(store, wanted)]
    if not found:
        return Found(wanted, nearest=nearest(store, wanted) if wanted else ())
    counts = Counter(each for _, kinds in found for each in kinds)
    fitting = [(each, kinds) for each, kinds in found if not kind or G60[kind] in kinds]
    hits = tuple(_hit(each, kinds, wanted) for each, kinds in fitting[skip : skip + size])
    ordered = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].value)))
    return Found(wanted, hits, len(fitting), len(found), ordered)


def nearest(store: Store, text: str) -> tuple[Hit, ...]:
    """Return the entities with the names that look most like a text that no name has."""
    ordered = sorted(_bearers(store), key=lambda each: each.order, reverse=True)
    names = {each.name.value.casefold(): each for each in ordered}
    found: dict[NamedNode, Bearer] = {}
    for name in get_close_matches(text.casefold(), names, _NEAREST * 2, 0.4):
        found.setdefault(names[name].entity, names[name])
    best = islice(found.values(), _NEAREST)
    return tuple(_hit(each, held_kinds(store, each.entity), "") for each in best)


def nearest_names(store: Store, text: str) -> tuple[str, ...]:
    """Return the names that look most like a text that no name has."""
    return tuple(hit.before for hit in nearest(store, text[:LONGEST]))


def bearers(store: Store, text: str) -> list[Bearer]:
    """Return the entities that bear a name with a text in it, best first, each with its best such name."""
    wanted = folded(text)
    best: dict[NamedNode, tuple[tuple[object, ...], Bearer]] = {}
    for each in _bearers(store) if wanted else ():
        name = folded(each.name.value)
        place = name.find(wanted)
        if place < 0:
            continue
        kind = 0 if name == wanted else 1 if place == 0 else 3 if name[place - 1].isalnum() else 2
        rank = kind, *each.order
        if each.entity not in best or rank < best[each.entity][0]:
            best[each.entity] = rank, each
    return [each for _, each in sorted(best.values(), key=lambda pair: pair[0])]


def _bearers(store: Store) -> Iterator[Bearer]:
    """Yield every name of every entity."""
    for row in rows_of(store, _NAMES):
        thing, naming, name = row["thing"], row["naming"], row["name"]
        if not isinstance(thing, NamedNode) or not isinstance(naming, NamedNode):
            continue
        if thing.value.startswith(ID.base) and isinstance(name, Literal):
            yield Bearer(thing, naming, name)


def _hit(found: Bearer, kinds: tuple[NamedNode, ...], wanted: str) -> Hit:
    parts = cut(found.name.value, wanted) if wanted else (found.name.value, "", "")
    naming = found.naming.value.removeprefix(SKOS.base)
    return Hit(found.entity, kinds, *parts, found.name.language or "", naming)


def cut(name: str, wanted: str) -> tuple[str, str, str]:
    """Return a name before, in and after the part that fits, case and white space apart.

    >>> cut("Songjiang Hub", "JIANG h")
    ('Song', 'jiang H', 'ub')
    """
    places = [place for place, letter in enumerate(name) for _ in letter.casefold()]
    looked_for = folded(wanted)
    start = name.casefold().find(looked_for)
    if start < 0:
        return name, "", ""
    first, last = places[start], places[start + len(looked_for) - 1] + 1
    return name[:first], name[first:last], name[last:]


def folded(text: str) -> str:
    """Return a text as it is compared: without regard to case and white space."""
    return " ".join(text.casefold().split())
