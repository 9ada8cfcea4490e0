"""The attributes of nodes and edges, as the XML forms of property graphs have them.

Goes in: a record of the view. Comes out: the names and types of its attributes, and their values as text.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from g60kg.export.view.graph import EDGE, NODE
from g60kg.export.view.view import Record
from g60kg.export.xml import xml_text

_TYPES: Final = {"candidate": "boolean", "value": "double"}
NODE_ATTRIBUTES: Final = NODE[1:]
EDGE_ATTRIBUTES: Final = EDGE[2:]


def type_of(name: str) -> str:
    """Return the type of an attribute; lists and the like are text, as JSON."""
    return _TYPES.get(name, "string")


def values(record: Record, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the attributes that a node or edge has, with their values as text of XML."""
    return ((name, xml_text(record[name])) for name in names if record[name] is not None)
