"""What a graph holds at a glance: the corridor and its phases, figures, companies and parks, newest claims.

Nothing in it is of one region: a graph without a corridor has none, and shows what is most spoken of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.describe.claims import Claimed, claim_of
from g60kg.describe.figures import Figure, figure_of
from g60kg.describe.lookup import held_kinds, iris, rows_of, subjects, text
from g60kg.resources import query_text
from g60kg.store import Store
from g60kg.terms import G60, RDF, SKOS

_MEMBERS_SHOWN: Final = 12
"""So many members of an industry or a kind are named."""
_CLAIMS: Final = 6


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a corridor, the cities that it names, and what an article says it was about."""

    node: NamedNode
    cities: tuple[NamedNode, ...]
    theme: str


@dataclass(frozen=True, slots=True)
class Sector:
    """An industry or a class, its first members, and how many there are in all."""

    node: NamedNode
    members: tuple[NamedNode, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a graph holds at a glance; `corridor` is the one that joins the most cities."""

    corridor: NamedNode | None
    phases: tuple[Phase, ...]
    figures: tuple[tuple[NamedNode, Figure], ...]
    sectors: tuple[Sector, ...]
    parks: tuple[Sector, ...]
    claims: tuple[Claimed, ...]
    spoken: tuple[NamedNode, ...]


def overview(store: Store) -> Overview:
    """Return what a store holds at a glance."""
    corridor, phases = _corridor(store)
    spoken = () if corridor else store.select(query_text("most-spoken-of")).rows
    return Overview(
        corridor,
        phases,
        tuple(_figures(store, [corridor, *(phase.node for phase in phases)])),
        tuple(_sectors(store)),
        tuple(_parks(store)),
        _newest(store),
        tuple(row[0] for row in spoken if isinstance(row[0], NamedNode)),
    )


def _corridor(store: Store) -> tuple[NamedNode | None, tuple[Phase, ...]]:
    """Return the corridor that joins the most cities, and its phases; one without phases is its own."""
    found = _grouped(store, "member-cities").items()
    areas = {area: Phase(area, tuple(cities), text(store, area, G60.theme)) for area, cities in found}
    whole: dict[NamedNode, tuple[Phase, ...]] = {}
    for area, phase in areas.items():
        if not any(store.match(area, G60.phaseOf)):
            parts = subjects(store, G60.phaseOf, area)
            whole[area] = tuple(areas[each] for each in parts if each in areas) or (phase,)

    def size(area: NamedNode) -> tuple[int, str]:
        return len({city for phase in whole[area] for city in phase.cities}), area.value

    most = max(whole, key=size, default=None)
    return (most, whole[most]) if most else (None, ())


def _grouped(store: Store, name: str) -> dict[NamedNode, list[NamedNode]]:
    """Return the things of a query's second column by those of its first."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for first, second in store.select(query_text(name)).rows:
        if isinstance(first, NamedNode) and isinstance(second, NamedNode):
            found.setdefault(first, []).append(second)
    return found


def _figures(store: Store, first: list[NamedNode | None]) -> Iterator[tuple[NamedNode, Figure]]:
    """Yield the newest of the figures of each kind, those of the corridor first, then the newest of all."""
    newest: dict[object, tuple[NamedNode, Figure]] = {}
    for row in rows_of(store, query_text("figures")):
        thing, figure = row["thing"], figure_of(store, row["figure"])
        is_past = figure and any(term.value == "before" for name, term in figure.kind if name == G60.change)
        if figure and not is_past and isinstance(thing, NamedNode):
            key = thing, figure.measure, figure.unit, figure.kind
            held = newest.get(key)
            newest[key] = (thing, figure) if not held or held[1].order < figure.order else held
    found = sorted(newest.values(), key=lambda pair: pair[1].order, reverse=True)
    yield from sorted(found, key=lambda pair: pair[0] not in first)


def _newest(store: Store) -> tuple[Claimed, ...]:
    """Return the first claims of the newest articles, none of a thing, property or quote told before."""
    seen: set[object] = set()
    found: list[Claimed] = []
    for row in rows_of(store, query_text("newest-claims")):
        claim, told = row["claim"], {row["subject"], row["predicate"], row["quote"]}
        if len(found) == _CLAIMS:
            break
        read = claim_of(store, claim) if isinstance(claim, NamedNode) and not told & seen else None
        if read:
            seen |= told
            found.append(read)
    return tuple(found)


def _sectors(store: Store) -> Iterator[Sector]:
    """Yield the industries in use that are no part of another in use."""
    found = _grouped(store, "in-industry")
    broadest = {
        sector: members
        for sector, members in found.items()
        if not any(quad.object in found for quad in store.match(sector, SKOS.broader))
    }
    return _sorted(broadest)


def _parks(store: Store) -> Iterator[Sector]:
    """Yield the kinds of parks, with those that were said to be of each."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for park in iris(quad.subject for quad in store.match(None, RDF.type, G60.Park)):
        for kind in held_kinds(store, park):
            if kind != G60.Project:
                found.setdefault(kind, []).append(park)
    return _sorted(found)


def _sorted(found: dict[NamedNode, list[NamedNode]]) -> Iterator[Sector]:
    for node, members in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].value)):
        yield Sector(node, tuple(members[:_MEMBERS_SHOWN]), len(members))
