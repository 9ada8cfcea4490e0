"""Companies and parks, by industry or by kind.

Goes in: a store. Comes out: a `Sector` for each industry or kind in use, those with the most members first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.kg.rows import rows_of
from g60kg.serve.views.reading import held_kinds
from g60kg.store import Store
from g60kg.terms import G60, RDF, SKOS

SHOWN: Final = 12
"""So many members of a sector are named."""
_IN_INDUSTRY: Final = """
SELECT DISTINCT ?sector ?member {
  ?member g60:inIndustry ?sector ; a ?kind
  VALUES ?kind { g60:Company g60:Park }
} ORDER BY ?sector ?member
"""


@dataclass(frozen=True, slots=True)
class Sector:
    """An industry or a class, its first members, and how many there are in all."""

    node: NamedNode
    members: tuple[NamedNode, ...]
    total: int


def sectors(store: Store) -> Iterator[Sector]:
    """Yield the industries in use that are no part of another in use."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for row in rows_of(store, _IN_INDUSTRY):
        if isinstance(row["sector"], NamedNode) and isinstance(row["member"], NamedNode):
            found.setdefault(row["sector"], []).append(row["member"])
    broadest = {
        sector: members
        for sector, members in found.items()
        if not any(quad.object in found for quad in store.match(sector, SKOS.broader))
    }
    return _sorted(broadest)


def parks(store: Store) -> Iterator[Sector]:
    """Yield the kinds of parks, with those that were said to be of each."""
    found: dict[NamedNode, list[NamedNode]] = {}
    nodes = {quad.subject for quad in store.match(None, RDF.type, G60.Park)}
    for park in sorted((each for each in nodes if isinstance(each, NamedNode)), key=str):
        for kind in held_kinds(store, park):
            if kind != G60.Project:
                found.setdefault(kind, []).append(park)
    return _sorted(found)


def _sorted(found: dict[NamedNode, list[NamedNode]]) -> Iterator[Sector]:
    for node, members in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].value)):
        yield Sector(node, tuple(members[:SHOWN]), len(members))
