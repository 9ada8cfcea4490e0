"""Finding entities by any of their names, for a page.

Goes in: a store, a text, and the kind that alone is wanted. Comes out: `Found`: a page of hits with the part
of the name that fits, the kinds of all hits with their counts, and the nearest names where nothing fits.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.kg.search import search
from g60kg.query import Rows
from g60kg.serve.views.reading import held_kinds
from g60kg.store import Store
from g60kg.terms import G60, ID, SKOS

SIZE: Final = 25
"""Hits of a page."""
LONGEST: Final = 200
"""A longer text is no name."""
_NAMINGS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_NEAREST: Final = 5


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


def find(store: Store, text: str, kind: str = "", *, skip: int = 0, size: int = SIZE) -> Found:
    """Find entities; `kind` is the local name of a class that alone is wanted."""
    wanted = " ".join(text.split())[:LONGEST]
    if not wanted:
        return Found("")
    rows = search(store, wanted)
    if not len(rows):
        return Found(wanted, nearest=tuple(_nearest(store, wanted)))
    kinds = [held_kinds(store, entity) for entity in _entities(rows)]
    counts = Counter(each for held in kinds for each in held)
    fitting = [n for n, held in enumerate(kinds) if not kind or G60[kind] in held]
    hits = tuple(_hit(store, rows, n, kinds[n], wanted) for n in fitting[skip : skip + size])
    ordered = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].value)))
    return Found(wanted, hits, len(fitting), len(kinds), ordered)


def cut(name: str, wanted: str) -> tuple[str, str, str]:
    """Return a name before, in and after the part that fits, case and white space apart.

    >>> cut("Songjiang Hub", "JIANG h")
    ('Song', 'jiang H', 'ub')
    """
    places = [place for place, letter in enumerate(name) for _ in letter.casefold()]
    looked_for = " ".join(wanted.casefold().split())
    start = name.casefold().find(looked_for)
    if start < 0:
        return name, "", ""
    first, last = places[start], places[start + len(looked_for) - 1] + 1
    return name[:first], name[first:last], name[last:]


def _entities(rows: Rows) -> Iterator[NamedNode]:
    place = rows.columns.index("entity")
    found = (row[place] for row in rows.terms)
    return (entity for entity in found if isinstance(entity, NamedNode))


def _hit(store: Store, rows: Rows, number: int, kinds: tuple[NamedNode, ...], wanted: str) -> Hit:
    row = dict(zip(rows.columns, rows.terms[number], strict=True))
    entity, matched = row["entity"], row["matched"]
    assert isinstance(entity, NamedNode)
    assert isinstance(matched, Literal)
    return _hit_of(store, entity, matched, kinds, wanted)


def _hit_of(store: Store, entity: NamedNode, name: Literal, kinds: tuple[NamedNode, ...], wanted: str) -> Hit:
    naming = next((each for each in _NAMINGS if any(store.match(entity, each, name))), SKOS.prefLabel)
    parts = cut(name.value, wanted) if wanted else (name.value, "", "")
    return Hit(entity, kinds, *parts, name.language or "", naming.value.removeprefix(SKOS.base))


def _nearest(store: Store, wanted: str) -> Iterator[Hit]:
    """Yield the entities whose names look most like a text that no name has."""
    names = dict(_names(store))
    entities: dict[NamedNode, Literal] = {}
    for each in get_close_matches(wanted.casefold(), names, _NEAREST * 2, 0.4):
        entities.setdefault(*names[each])
    for entity, name in islice(entities.items(), _NEAREST):
        yield _hit_of(store, entity, name, held_kinds(store, entity), "")


def _names(store: Store) -> Iterator[tuple[str, tuple[NamedNode, Literal]]]:
    """Yield every name of every entity, in small letters."""
    for naming in _NAMINGS:
        for quad in store.match(None, naming):
            entity, name = quad.subject, quad.object
            is_named = isinstance(entity, NamedNode) and entity.value.startswith(ID.base)
            if is_named and isinstance(name, Literal):
                yield name.value.casefold(), (entity, name)  # type: ignore[misc]


def nearest_names(store: Store, text: str) -> tuple[str, ...]:
    """Return the names that look most like a text that no name has."""
    return tuple(f"{hit.before}{hit.match}{hit.after}" for hit in _nearest(store, text[:LONGEST]))
