"""The tables as a property graph: for networkx, and as GraphML and GEXF.

A node has its kind, names, types, layer, what a statistic measures, and all its attributes by property; an
edge its property, layer, graphs, claims, quotes, articles and the register's sources. A figure that no
article states plainly (it is only planned, say), or that nobody has confirmed, is no node. In files lists are
JSON arrays (`networks.yaml`); in GEXF edges of one pair of nodes are told apart by their property as kind.

Files are streamed here and not written by networkx, which holds the whole graph: of 1.5 million quads its
GraphML takes 993 MB, where no export may pass 750 and this one takes 618, in as much time.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import yaml
from pyoxigraph import Quad

from g60kg.errors import G60Error
from g60kg.export.view import Record, View, statements, view_of

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_in_json: Final = json.JSONEncoder(ensure_ascii=False).encode
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


def write_network(view: View, out: IO[bytes], form: str) -> None:
    """Write the graph as `graphml`, for networkx, yEd, igraph and Cytoscape, or as `gexf`, for Gephi."""
    out.writelines(line.encode() for line in _lines(view, form))


def _lines(view: View, form: str) -> Iterator[str]:
    known = yaml.safe_load(Path(__file__).with_name("networks.yaml").read_text("utf-8"))
    put: dict[str, Callable[..., str]] = {part: text.format for part, text in known[form].items()}
    values = {
        of: {name: put["value"](of=of, name=name, value="{}").format for name in names}
        for of, names in known["attributes"].items()
    }

    def record(of: str, said: Record, place: int = 0) -> str:
        held = {name: xml_text(value) for name, value in said.items() if value is not None}
        data = "".join(value(held[name]) for name, value in values[of].items() if name in held)
        return put[of](**held, place=place, data=data)

    yield put["head"]()
    for of, names in known["attributes"].items():
        yield put["attributes"](of=of)
        yield from (put["attribute"](of=of, name=n, type=known["types"].get(n, "string")) for n in names)
        yield put["declared"]()
    yield put["nodes"]()
    yield from (record("node", node) for node in nodes(view))
    yield put["edges"]()
    yield from (record("edge", edge, place) for place, edge in enumerate(view.rows("relations")))
    yield put["foot"]()


def xml_text(value: Any) -> str:
    """Return a value as text of an element or of an attribute in double quotes: what is no text as JSON.

    A character that XML has not is escaped in JSON, and elsewhere becomes U+FFFD.

    >>> xml_text('a "b" & <c>'), xml_text(["芜湖"]), xml_text(True)
    ('a &quot;b&quot; &amp; &lt;c&gt;', '[&quot;芜湖&quot;]', 'true')
    """
    if isinstance(value, str):
        text = _NOT_XML.sub("\ufffd", value)
    else:
        text = _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", _in_json(value))
    return text.translate(_ENTITIES)
