"""GEXF 1.3: the format of Gephi.

Goes in: a view. Comes out: one directed graph, streamed; lists are JSON arrays. Edges of one pair of nodes
are told apart by their kind, which is their property.
Source: GEXF 1.3 primer, sections on attributes and parallel edges.
"""

from collections.abc import Iterable, Iterator
from typing import IO, Final

from g60kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, type_of, values
from g60kg.export.view import View, edges, nodes
from g60kg.export.view.view import Record
from g60kg.export.xml import xml_text

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>g60kg</creator></meta>
<graph mode="static" defaultedgetype="directed">
"""


def write_gexf(view: View, out: IO[bytes]) -> None:
    """Write the graph as GEXF."""
    out.writelines(line.encode() for line in _lines(view))


def _lines(view: View) -> Iterator[str]:
    yield _HEAD
    yield from _declared("node", NODE_ATTRIBUTES)
    yield from _declared("edge", EDGE_ATTRIBUTES)
    yield "<nodes>\n"
    for node in nodes(view):
        head = f'<node id="{xml_text(node["iri"])}" label="{xml_text(node["name"])}">'
        yield f"{head}{_values(node, NODE_ATTRIBUTES)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(edges(view)):
        ends = f'source="{xml_text(edge["subject"])}" target="{xml_text(edge["object"])}"'
        kind = xml_text(edge["predicate"])
        head = f'<edge id="{number}" {ends} label="{kind}" kind="{kind}">'
        yield f"{head}{_values(edge, EDGE_ATTRIBUTES)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(kind: str, names: Iterable[str]) -> Iterator[str]:
    yield f'<attributes class="{kind}">\n'
    for name in names:
        yield f'<attribute id="{name}" title="{name}" type="{type_of(name)}"/>\n'
    yield "</attributes>\n"


def _values(record: Record, names: Iterable[str]) -> str:
    texts = (f'<attvalue for="{name}" value="{value}"/>' for name, value in values(record, names))
    return f"<attvalues>{''.join(texts)}</attvalues>"
