"""The background facts of an entry: from the nodes of a file to predicates and objects.

Goes in: the nodes under `facts`, and the ontology's terms, which tell an entity's id from a literal.
Comes out: facts with their source; whether the ids exist is checked when all entries are read.
"""

from pathlib import Path

from pyoxigraph import Literal, NamedNode

from ..nodes import Node, Scalar
from ..terms import ID
from .document import Fields, fail, id_of, items, nearest, pairs, place_of, text_of
from .entry import RegisterFact
from .literals import literal
from .schema import Schema


def parse_facts(nodes: Fields, path: Path, schema: Schema, source: str) -> tuple[RegisterFact, ...]:
    """Return the facts that an entry lists; `source` is that of the entry."""
    listed = items(nodes["facts"], path, "facts") if "facts" in nodes else ()
    return tuple(_fact(node, path, schema, source) for node in listed)


def _fact(node: Node, path: Path, schema: Schema, source: str) -> RegisterFact:
    stated = pairs(node, path, "a fact")
    if "source" in stated:
        source = text_of(stated.pop("source"), path, "'source'")
    place = place_of(node, path)
    if len(stated) != 1:
        fail(
            f"a fact states one thing, not {len(stated)}", place, "write '- property: object', one fact each"
        )
    [(name, value)] = stated.items()
    predicate, object = _stated(name, value, path, schema)
    return RegisterFact(predicate, object, source, place)


def _stated(name: str, node: Node, path: Path, schema: Schema) -> tuple[NamedNode, NamedNode | Literal]:
    """Return the predicate and the object: an entity's term, or a literal."""
    place = place_of(node, path)
    if name in schema.relations:
        return schema.relations[name], ID[id_of(node, path)]
    if name not in schema.attributes:
        fail(f"the ontology has no property {name!r}", place, nearest(name, schema.properties))
    value = literal(name, node.value, node.tag, schema.ranges.get(name)) if isinstance(node, Scalar) else None
    if value is None:
        fail(f"{name!r} has no such value", place, "write a text, a number, a year, or a date as 2023-07-11")
    return schema.attributes[name], value
