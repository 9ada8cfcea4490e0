"""The tables as a property graph: for networkx, and as GraphML and GEXF.

A node has its kind, names, types, layer, what a statistic measures, and all its attributes by property; an
edge its property, layer, graphs, claims, quotes, articles and the register's sources. A figure that no
article states plainly (it is only planned, say), or that nobody has confirmed, is no node. In files lists are
JSON arrays; in GEXF edges of one pair of nodes are told apart by their kind, which is their property.

Files are streamed here and not written by networkx, which holds the whole graph: of 1.5 million quads its
GraphML takes 993 MB, where no export may pass 750 and this one takes 618, in as much time.
Sources: The GraphML File Format, primer, sections 2 and 3; GEXF 1.3 primer, attributes and parallel edges.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, Final

from pyoxigraph import Quad

from g60kg.errors import G60Error
from g60kg.export.view import Record, View, statements, view_of

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_TYPES: Final = {"candidate": "boolean", "value": "double"}
_ATTRIBUTES: Final = {
    "node": (
        *("kind", "candidate", "value", "name", "en", "zh", "layer", "also", "garbled", "types"),
        *("inferredTypes", "measure", "number", "unit", "comparator", "year", "date", "period", "reportedOn"),
        *("industry", "region", "phase", "countedKind", "change", "rank", "attributes"),
    ),
    "edge": ("predicate", "layer", "graphs", "claims", "quotes", "articles", "sources"),
}
"""What a node has beside its IRI, and an edge beside its ends; `attributes` is a dict of lists."""
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def nodes(view: View) -> Iterator[Record]:
    """Yield the nodes, sorted by IRI; what a node has not is None."""
    select = statements("networks")
    view.make("held", select["held"])
    for node in view.query(select["nodes"]):
        held: dict[str, list[str]] = {}
        for pair in node["attributes"] or []:
            held.setdefault(pair["name"], []).append(pair["value"])
        yield node | {"attributes": held or None}


def to_networkx(quads: Iterable[Quad]) -> "MultiDiGraph[str]":
    """Return the graph as networkx has it: nodes by IRI, edges keyed by their property.

    What a node or edge has not is left out; lists stay lists. Raises `G60Error` where networkx is missing.
    """
    try:
        from networkx import MultiDiGraph
    except ImportError as error:
        raise G60Error("networkx is not installed", mend="run pip install 'g60kg[networkx]'") from error
    graph: MultiDiGraph[str] = MultiDiGraph(name="g60kg")
    with view_of(quads) as view:
        for node in nodes(view):
            graph.add_node(node.pop("iri"), **_present(node))
        for edge in view.rows("relations"):
            subject, target = edge.pop("subject"), edge.pop("object")
            graph.add_edge(subject, target, key=edge["predicate"], **_present(edge))
    return graph


def _present(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None}


def write_graphml(view: View, out: IO[bytes]) -> None:
    """Write the graph as GraphML, for networkx, yEd, igraph and Cytoscape."""
    out.writelines(line.encode() for line in _graphml(view))


def write_gexf(view: View, out: IO[bytes]) -> None:
    """Write the graph as GEXF 1.3, for Gephi."""
    out.writelines(line.encode() for line in _gexf(view))


def _graphml(view: View) -> Iterator[str]:
    def data(record: Record, of: str) -> str:
        return "".join(f'<data key="{of}-{name}">{value}</data>' for name, value in _values(record, of))

    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for of, names in _ATTRIBUTES.items():
        for name in names:
            kind = _TYPES.get(name, "string")
            yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="g60kg" edgedefault="directed">\n'
    for node in nodes(view):
        yield f'<node id="{xml_text(node["iri"])}">{data(node, "node")}</node>\n'
    for number, edge in enumerate(view.rows("relations")):
        yield f'<edge id="e{number}" {_ends(edge)}>{data(edge, "edge")}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _gexf(view: View) -> Iterator[str]:
    def data(record: Record, of: str) -> str:
        values = (f'<attvalue for="{name}" value="{value}"/>' for name, value in _values(record, of))
        return f"<attvalues>{''.join(values)}</attvalues>"

    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<meta><creator>g60kg</creator></meta>\n<graph mode="static" defaultedgetype="directed">\n'
    for of, names in _ATTRIBUTES.items():
        yield f'<attributes class="{of}">\n'
        for name in names:
            yield f'<attribute id="{name}" title="{name}" type="{_TYPES.get(name, "string")}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in nodes(view):
        head = f'<node id="{xml_text(node["iri"])}" label="{xml_text(node["name"])}">'
        yield f"{head}{data(node, 'node')}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(view.rows("relations")):
        kind = xml_text(edge["predicate"])
        head = f'<edge id="{number}" {_ends(edge)} label="{kind}" kind="{kind}">'
        yield f"{head}{data(edge, 'edge')}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _ends(edge: Record) -> str:
    return f'source="{xml_text(edge["subject"])}" target="{xml_text(edge["object"])}"'


def _values(record: Record, of: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes that a node or edge has, with their values as text of XML."""
    return ((name, xml_text(record[name])) for name in _ATTRIBUTES[of] if record[name] is not None)


def xml_text(value: Any) -> str:
    """Return a value as text of an element or of an attribute in double quotes: what is no text as JSON.

    A character that XML has not is escaped in JSON, and elsewhere becomes U+FFFD.

    >>> xml_text('a "b" & <c>'), xml_text(["芜湖"]), xml_text(True)
    ('a &quot;b&quot; &amp; &lt;c&gt;', '[&quot;芜湖&quot;]', 'true')
    """
    if isinstance(value, str):
        text = _NOT_XML.sub("\ufffd", value)
    else:
        dumped = json.dumps(value, ensure_ascii=False)
        text = _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)
    return text.translate(_ENTITIES)
