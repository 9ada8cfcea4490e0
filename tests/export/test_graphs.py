"""GraphML and GEXF, read back by networkx; both as `to_networkx` gives the graph."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad

from g60kg.export import export_quads, to_networkx
from g60kg.terms import ID
from tests.export.samples import FIGURE, HOSTILE, PLAIN, QUADS

FORMS = ("graphml", "gexf")
LISTS = (
    *("also", "garbled", "types", "inferredTypes", "attributes"),
    *("graphs", "claims", "quotes", "articles", "sources"),
)


def xml(value: Any) -> Any:
    """Return a value as XML holds it: what is no character of XML is replaced."""
    if isinstance(value, list):
        return [xml(each) for each in value]
    if isinstance(value, dict):
        return {name: xml(each) for name, each in value.items()}
    if not isinstance(value, str):
        return value
    return "".join("\ufffd" if (c < " " and c not in "\t\n\r") or c in "\ufffe\uffff" else c for c in value)


def reader(name: str) -> Any:
    """Return what reads a form; networkx takes half a second to import."""
    import networkx

    return getattr(networkx, f"read_{name}")


def lists(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: json.loads(held) if name in LISTS else held for name, held in attributes.items()}


def content(graph: Any) -> tuple[dict[str, Any], dict[tuple[str, str, str], Any]]:
    """Return nodes and edges with their attributes, lists as lists."""
    drop = {"label", "id", "weight"}
    nodes = {
        node: lists({k: v for k, v in held.items() if k not in drop}) for node, held in graph.nodes(data=True)
    }
    edges = {
        (s, o, held["predicate"]): lists({k: v for k, v in held.items() if k not in drop})
        for s, o, held in graph.edges(data=True)
    }
    return nodes, edges


@pytest.mark.parametrize("source", ["hostile", "packaged"])
@pytest.mark.parametrize("name", FORMS)
def test_networkx_reads_back_the_graph(name: str, source: str, quads: list[Quad], tmp_path: Path) -> None:
    held = QUADS if source == "hostile" else quads
    export_quads(held, tmp_path / f"g.{name}")
    found = reader(name)(tmp_path / f"g.{name}")
    assert (found.is_directed(), found.is_multigraph()) == (True, source == "packaged")
    nodes, edges = content(found)
    wanted = to_networkx(held)
    assert nodes == {
        node: {k: v if k in LISTS else xml(v) for k, v in held.items()}
        for node, held in wanted.nodes(data=True)
    }
    assert set(edges) == {(s, o, key) for s, o, key in wanted.edges(keys=True)}
    for s, o, key, attributes in wanted.edges(keys=True, data=True):
        assert edges[s, o, key] == attributes


@pytest.mark.parametrize("name", FORMS)
def test_a_compressed_graph_is_read_too(name: str, tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / f"g.{name}.gz")
    export_quads(QUADS[::-1], tmp_path / f"again.{name}.gz")
    assert (tmp_path / f"g.{name}.gz").read_bytes() == (tmp_path / f"again.{name}.gz").read_bytes()
    with gzip.open(tmp_path / f"g.{name}.gz") as file:
        assert reader(name)(file).has_node(ID.wuhu.value)


def test_gephi_shows_names_and_tells_parallel_edges_apart(quads: list[Quad], tmp_path: Path) -> None:
    export_quads(quads, tmp_path / "g.gexf")
    graph = reader("gexf")(tmp_path / "g.gexf")
    assert graph.nodes[ID.songjiang.value]["label"] == "Songjiang District"
    text = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert 'label="partOf" kind="partOf"' in text


def test_to_networkx_has_lists_layers_and_quotes() -> None:
    graph = to_networkx(QUADS)
    wuhu = graph.nodes[ID.wuhu.value]
    assert (wuhu["kind"], wuhu["en"], wuhu["zh"], wuhu["types"]) == ("entity", "Wuhu", "芜湖市", ["City"])
    assert wuhu["attributes"]["startYear"] == ["1952"]
    assert wuhu["attributes"]["theme"] == [HOSTILE[4]]
    edge = graph.edges[ID["new-park"].value, ID.wuhu.value, "locatedIn"]
    assert sorted(edge["quotes"]) == sorted(claim.quote for claim in PLAIN)
    assert edge["layer"] == "said"
    (figure,) = (held for _, held in graph.nodes(data=True) if held["kind"] == "statistic")
    assert (figure["value"], figure["name"], figure["countedKind"]) == (1.5, "more than 1.5", HOSTILE[1])
    (edge,) = (held for _, _, key, held in graph.edges(keys=True, data=True) if key == "count")
    assert edge["quotes"] == [FIGURE.quote]


def test_nothing_to_write_is_still_a_graph(tmp_path: Path) -> None:
    for name in FORMS:
        export_quads([], tmp_path / f"g.{name}")
        assert len(reader(name)(tmp_path / f"g.{name}")) == 0
