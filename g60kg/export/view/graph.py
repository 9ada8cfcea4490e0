"""The tables as a property graph: entities and statistics are its nodes, relations its edges.

Goes in: a view. Comes out: nodes and edges, as records, in one order. A node has its kind, names, types,
layer, what a statistic measures, and all its attributes by property; an edge its property, layer, graphs,
claims, quotes, articles and the register's sources. A figure that no article states plainly (it is only
planned, say), or that nobody has confirmed, is no node.
"""

from collections.abc import Iterator
from typing import Final

from g60kg.export.view.tables import QUALIFIERS
from g60kg.export.view.view import Record, View

_NAMES: Final = ("name", "en", "zh", "layer", "also", "garbled", "types", "inferredTypes")
_FIGURE: Final = ("measure", "number", "unit", "comparator", *QUALIFIERS)
TEXTS: Final = ("kind", *_NAMES[:4], *_FIGURE)
LISTS: Final = _NAMES[4:]
NODE: Final = ("iri", "kind", "candidate", "value", *_NAMES, *_FIGURE, "attributes")
"""What a node has; `candidate` is a bool, `value` a float, `attributes` a dict of lists, `LISTS` lists."""

EDGE_LISTS: Final = ("graphs", "claims", "quotes", "articles", "sources")
EDGE: Final = ("subject", "object", "predicate", "layer", *EDGE_LISTS)
"""What an edge has."""

_HELD: Final = """
SELECT subject AS iri, list({'name': predicate, 'value': value} ORDER BY predicate, value) AS attributes
FROM attributes WHERE PART(subject) GROUP BY subject
"""
_NODES: Final = f"""
WITH node AS (
  SELECT 'entity' AS kind, * FROM entities
  UNION ALL BY NAME
  SELECT 'statistic' AS kind, 'said' AS layer, ['Statistic'] AS types, false AS candidate,
         iri, name, value, {", ".join(_FIGURE)}
  FROM statistics WHERE modality IS NULL AND status = 'accepted'
)
SELECT {", ".join(NODE)} FROM node LEFT JOIN held USING (iri) ORDER BY iri
"""


def nodes(view: View) -> Iterator[Record]:
    """Yield the nodes, each with the keys of `NODE`, sorted by IRI; what a node has not is None."""
    view.make("held", _HELD)
    for node in view.query(_NODES):
        held: dict[str, list[str]] = {}
        for pair in node["attributes"] or []:
            held.setdefault(pair["name"], []).append(pair["value"])
        yield node | {"attributes": held or None}


def edges(view: View) -> Iterator[Record]:
    """Yield the edges, each with the keys of `EDGE`, sorted by subject, property and object."""
    return view.rows("relations")
