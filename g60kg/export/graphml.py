"""GraphML: nodes and edges with typed data, for networkx, yEd, igraph and Cytoscape.

Goes in: a view. Comes out: one directed graph, streamed; lists are JSON arrays.
Source: The GraphML File Format, primer, sections 2 and 3.
"""

from collections.abc import Iterable, Iterator
from typing import IO, Final

from g60kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, type_of, values
from g60kg.export.view import View, edges, nodes
from g60kg.export.view.view import Record
from g60kg.export.xml import xml_text

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write_graphml(view: View, out: IO[bytes]) -> None:
    """Write the graph as GraphML."""
    out.writelines(line.encode() for line in _lines(view))


def _lines(view: View) -> Iterator[str]:
    yield _HEAD
    yield from _keys("node", NODE_ATTRIBUTES)
    yield from _keys("edge", EDGE_ATTRIBUTES)
    yield '<graph id="g60kg" edgedefault="directed">\n'
    for node in nodes(view):
        yield f'<node id="{xml_text(node["iri"])}">{_data("node", node, NODE_ATTRIBUTES)}</node>\n'
    for number, edge in enumerate(edges(view)):
        ends = f'source="{xml_text(edge["subject"])}" target="{xml_text(edge["object"])}"'
        yield f'<edge id="e{number}" {ends}>{_data("edge", edge, EDGE_ATTRIBUTES)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _keys(kind: str, names: Iterable[str]) -> Iterator[str]:
    """Yield the declarations of what nodes or edges have."""
    for name in names:
        yield f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type_of(name)}"/>\n'


def _data(kind: str, record: Record, names: Iterable[str]) -> str:
    return "".join(f'<data key="{kind}-{name}">{value}</data>' for name, value in values(record, names))
