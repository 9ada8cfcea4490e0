"""Finding entities by any of their names, in part or whole, English or Chinese.

The best come first: whole names before beginnings, beginnings before words within, right names before garbled
ones, short before long.
"""

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import Names, grouped, held_kinds, nodes, rows_of
from g60kg.query import Rows
from g60kg.query.names import folded
from g60kg.resources import query_text
from g60kg.store import Store
from g60kg.store.lexer import tokens
from g60kg.terms import G60, ID, RDF, curie, iri

SIZE: Final = 25
"""Hits of a page."""
LONGEST: Final = 200
"""A longer text is no name."""
_NAMINGS: Final = ("prefLabel", "label", "title", "altLabel", "hiddenLabel")
_NEAREST: Final = 5
_SHORT: Final = 5
_LIKE: Final = (0.75, 0.6)
"""A name that is less like a text, of so few letters or of more, is far off, and is not offered."""
_OURS: Final = ("g60:", "id:")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found by a name, and its classes.

    `naming` is `prefLabel`, `altLabel` or `hiddenLabel`: a garbled one.
    """

    entity: NamedNode
    name: Literal
    naming: str
    kinds: tuple[NamedNode, ...] = ()

    @property
    def is_entity(self) -> bool:
        """Whether it is what articles and the register speak of."""
        return self.entity.value.startswith(ID.base)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What puts hits that fit alike into order."""
        name = folded(self.name.value)
        return _NAMINGS.index(self.naming), len(name), name, self.entity.value


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
    rows = []
    for hit in NameIndex(store).find(text) if folded(text) else ():
        called = names.all_of(hit.entity)
        held = (Literal(called[each], language=each) if each in called else None for each in ("en", "zh"))
        kinds = sorted(each for each in map(curie, nodes(store, hit.entity, RDF.type)) if each[:4] == "g60:")
        rows.append((hit.entity, *held, Literal(", ".join(kinds)), hit.name))
    return Rows(("entity", "en", "zh", "type", "matched"), tuple(rows))


def find(
    store: Store, names: "NameIndex", text: str, kind: str = "", *, skip: int = 0, size: int = SIZE
) -> Found:
    """Find entities by the names of a store; `kind` is the local name of a class that alone is wanted.

    Where no name holds the text, the nearest names are given.
    """
    wanted = " ".join(text.split())[:LONGEST]
    if not wanted:
        return Found(wanted)
    hits = names.find(wanted)
    found = [replace(hit, kinds=held_kinds(store, hit.entity)) for hit in hits or names.nearest(wanted)]
    if not hits:
        return Found(wanted, nearest=tuple(found))
    counts = Counter(each for hit in found for each in hit.kinds)
    ordered = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].value)))
    fitting = [hit for hit in found if not kind or G60[kind] in hit.kinds]
    return Found(wanted, tuple(fitting[skip : skip + size]), len(fitting), len(found), ordered)


class NameIndex:
    """The names of the things of a store, read once and asked many times."""

    def __init__(self, store: Store) -> None:
        self._names: list[tuple[str, Hit]] = []
        for row in rows_of(store, query_text("names")):
            thing, naming, name = row["thing"], row["naming"], row["name"]
            if isinstance(thing, NamedNode) and isinstance(name, Literal):
                hit = Hit(thing, name, re.split("[#/]", naming.value)[-1])
                self._names.append((folded(name.value), hit))
        self._bearers = grouped(self._names)

    def find(self, text: str, among: Container[NamedNode] | None = None) -> list[Hit]:
        """Return what bears a name with a text in it, each with its best such name, the best first: entities,
        or things `among` some.
        """
        wanted = folded(text)
        best: dict[NamedNode, tuple[tuple[object, ...], Hit]] = {}
        for name, hit in self._names:
            if wanted in name and _is_among(hit, among):
                place = name.find(wanted)
                kind = 0 if name == wanted else 1 if place == 0 else 3 if name[place - 1].isalnum() else 2
                rank = kind, *hit.order
                if hit.entity not in best or rank < best[hit.entity][0]:
                    best[hit.entity] = rank, hit
        return [hit for _, hit in sorted(best.values(), key=lambda pair: pair[0])]

    def nearest(self, text: str) -> list[Hit]:
        """Return the entities with the names that look most like a text that no name has."""
        text = text.casefold()[:LONGEST]
        names: dict[str, Hit] = {}
        for _, hit in self._names:
            name = hit.name.value.casefold()
            if hit.is_entity and (name not in names or hit.order < names[name].order):
                names[name] = hit
        found: dict[NamedNode, Hit] = {}
        for name in get_close_matches(text, names, _NEAREST * 2, _LIKE[len(text) > _SHORT]):
            found.setdefault(names[name].entity, names[name])
        return list(found.values())[:_NEAREST]

    def is_alone(self, name: str, thing: NamedNode, among: Container[NamedNode] | None = None) -> bool:
        """Whether a thing bears a name that no other entity does, or nothing else `among` some."""
        bearers = (hit for hit in self._bearers.get(folded(name), ()) if _is_among(hit, among))
        return {hit.entity for hit in bearers} == {thing}


def unheld_names(store: Store, text: str) -> dict[str, tuple[str, ...]]:
    """Return the terms of the project that a query names and a store has nowhere, each with the nearest."""
    ours = {token.text for token in tokens(text) if token.kind == "name" and token.text.startswith(_OURS)}
    unheld = [name for name in sorted(ours) if not name.endswith(":") and not _stands(store, iri(name))]
    subjects = {quad.subject for quad in store.match(None, RDF.type)} if unheld else ()
    known = sorted(curie(each) for each in subjects if isinstance(each, NamedNode))
    return {
        name: tuple(get_close_matches(name, [each for each in known if each[:2] == name[:2]], 3, 0.7))
        for name in unheld
    }


def _stands(store: Store, term: NamedNode) -> bool:
    return any(map(any, (store.match(term), store.match(None, term), store.match(None, None, term))))


def _is_among(hit: Hit, among: Container[NamedNode] | None) -> bool:
    return hit.is_entity if among is None else hit.entity in among


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
