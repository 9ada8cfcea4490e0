"""The default graph counts as the RDF merge of the named graphs, whatever was done to them."""

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad, Triple
from rdflib import URIRef

from g60kg.errors import OlderStore
from g60kg.kg import KnowledgeGraph
from g60kg.store import DiskStore, MemoryStore, engine, union, write_store
from g60kg.store.as_rdflib import to_dataset
from g60kg.store.manifest import NAME
from g60kg.store.union import UNNAMED
from g60kg.terms import G60, GRAPH, ID

Embedded = DiskStore | MemoryStore
GRAPHS = [GRAPH["a"], GRAPH["b"], GRAPH["c"]]
TRIPLES = [(ID[s], G60.partOf, o) for s in "xyz" for o in (ID.china, Literal("1"))]
MEMBERS = "SELECT (COUNT(?o) AS ?n) { ?s g60:partOf ?o }"


@pytest.fixture(params=["memory", "disk"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[list[Quad]], Embedded]:
    def made(quads: list[Quad]) -> Embedded:
        return MemoryStore(quads) if request.param == "memory" else write_store(tmp_path / "s", quads, {})

    return made


def on_both(cases: Iterable[Any], each: int = 4) -> list[tuple[str, Any]]:
    """Return all cases for memory, and some of them for the disk, which changes by the same code."""
    listed = list(cases)
    return [*(("memory", case) for case in listed), *(("disk", case) for case in listed[::each])]


def some(chance: random.Random) -> Iterator[Quad]:
    for triple in TRIPLES:
        yield from (Quad(*triple, graph) for graph in GRAPHS if chance.random() < 0.4)


def counted(store: Embedded) -> int:
    return int(next(iter(store.select(MEMBERS).rows))[0].value)  # type: ignore[union-attr]


def assert_is_merge(store: Embedded) -> None:
    quads = set(store.match())
    union = store.engine.quads_for_pattern(None, None, None, DefaultGraph())
    assert not any(isinstance(quad.graph_name, DefaultGraph) for quad in quads)
    assert {quad.triple for quad in union} == {quad.triple for quad in quads}
    assert counted(store) == len({quad.triple for quad in quads})
    assert len(list(store.match())) == len(quads)


def test_a_triple_of_several_graphs_counts_once(make: Callable[[list[Quad]], Embedded]) -> None:
    store = make([Quad(*TRIPLES[0], graph) for graph in GRAPHS])
    assert counted(store) == 1
    assert len(list(store.match())) == 3
    assert store.graphs() == tuple(GRAPHS)


@pytest.mark.parametrize(("make", "seed"), on_both(range(8)), indirect=["make"])
def test_changes_keep_the_union(make: Callable[[list[Quad]], Embedded], seed: int) -> None:
    chance = random.Random(seed)
    store = make(list(some(chance)))
    for _ in range(4):
        store.apply(add=some(chance), remove=some(chance))
        assert_is_merge(store)


UPDATES = {
    "INSERT DATA { GRAPH <g:g> { id:x g60:partOf id:new } }": 1,
    "DELETE { GRAPH ?g { id:x ?p ?o } } WHERE { GRAPH ?g { id:x ?p ?o } }": -2,
    "DELETE WHERE { GRAPH graph:a { ?s ?p ?o } }": -2,
    "INSERT DATA { id:new g60:partOf id:china }": 1,
    "INSERT DATA { id:x g60:partOf id:china }": 0,
    "DELETE DATA { id:x g60:partOf id:china }": 0,
    "DELETE DATA { GRAPH graph:a { id:y g60:partOf '1' } }": -1,
    "DELETE DATA { GRAPH graph:a { id:x g60:partOf id:china } } ; INSERT DATA { id:n g60:partOf 1 }": 1,
    "INSERT DATA { id:new g60:partOf id:china } ; DELETE DATA { id:new g60:partOf id:china } ;": 0,
    "PREFIX g: <g:> INSERT DATA { id:n g60:partOf g:a }": 1,
    "INSERT { id:new g60:partOf ?o } WHERE { GRAPH ?g { id:x g60:partOf ?o } }": 2,
    "INSERT { id:new g60:partOf ?o } WHERE { id:x g60:partOf ?o }": 0,
    "CLEAR DEFAULT": 0,
    "DROP GRAPH graph:b": -1,
    "CLEAR ALL": -6,
}


@pytest.mark.parametrize(("make", "text"), on_both(UPDATES), indirect=["make"])
def test_updates_keep_the_union(make: Callable[[list[Quad]], Embedded], text: str) -> None:
    in_all = [Quad(*triple, graph) for triple in TRIPLES[:3] for graph in GRAPHS]
    alone = [Quad(*TRIPLES[3], GRAPHS[0]), Quad(*TRIPLES[4], GRAPHS[0]), Quad(*TRIPLES[5], GRAPHS[1])]
    store = make([*in_all, *alone])
    prefixes = {"id": ID.base, "g60": G60.base, "graph": GRAPH.base}
    store.rewrite(lambda engine: union.update(engine, text, prefixes=prefixes))
    assert_is_merge(store)
    assert counted(store) == 6 + UPDATES[text]


@pytest.mark.parametrize(("make", "text"), on_both(UPDATES), indirect=["make"])
def test_updates_of_data_do_what_others_do(
    make: Callable[[list[Quad]], Embedded], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    held = [Quad(*triple, graph) for triple in TRIPLES for graph in (*GRAPHS[:2], UNNAMED)]
    prefixes = {"id": ID.base, "g60": G60.base, "graph": GRAPH.base}
    found = []
    for is_whole in (False, True):
        store = make(held)
        if is_whole:
            monkeypatch.setattr(union, "_data", lambda text: None)
        store.rewrite(lambda engine: union.update(engine, text, prefixes=prefixes))
        assert_is_merge(store)
        found.append(set(store.match()))
    assert found[0] == found[1]


def test_graphs_are_put_and_dropped_with_their_union(make: Callable[[list[Quad]], Embedded]) -> None:
    store = make([Quad(*triple, graph) for triple in TRIPLES[:3] for graph in GRAPHS[:2]])
    new = [Triple(*TRIPLES[0]), Triple(*TRIPLES[5])]
    store.rewrite(lambda engine: union.put(engine, GRAPHS[0], new, replace=True))
    assert_is_merge(store)
    assert {quad.triple for quad in store.match(graph=GRAPHS[0])} == set(new)
    store.rewrite(lambda engine: union.put(engine, DefaultGraph(), new, replace=False))
    store.rewrite(lambda engine: union.drop(engine, GRAPHS[1]))
    store.rewrite(lambda engine: union.put(engine, GRAPHS[2], (), replace=True))
    assert_is_merge(store)
    assert store.graphs() == (GRAPHS[0], GRAPHS[2], UNNAMED)
    assert counted(store) == 2


def test_what_has_no_graph_is_kept_and_can_be_taken_back(make: Callable[[list[Quad]], Embedded]) -> None:
    store = make([Quad(*TRIPLES[0], DefaultGraph())])
    assert list(store.match()) == [Quad(*TRIPLES[0], UNNAMED)]
    subject, predicate, object_ = (str(term) for term in TRIPLES[0])
    data = f"{{ {subject} {predicate} {object_} }}"
    store.rewrite(lambda engine: union.update(engine, f"DELETE DATA {data}"))
    assert counted(store) == len(list(store.match())) == 0
    store.rewrite(lambda engine: union.update(engine, f"INSERT DATA {data}"))
    assert list(store.match()) == [Quad(*TRIPLES[0], UNNAMED)]
    store.rewrite(lambda engine: union.update(engine, "CLEAR DEFAULT"))
    assert counted(store) == len(list(store.match())) == 0


def test_an_update_that_fails_changes_nothing(make: Callable[[list[Quad]], Embedded]) -> None:
    store = make([Quad(*TRIPLES[0], GRAPHS[0])])
    with pytest.raises(SyntaxError):
        store.rewrite(lambda engine: union.update(engine, "INSERT"))
    assert_is_merge(store)


def test_rdflib_sees_and_keeps_the_union(make: Callable[[list[Quad]], Embedded]) -> None:
    store = make([Quad(*TRIPLES[0], graph) for graph in GRAPHS])
    dataset = to_dataset(store)
    assert [int(row[0]) for row in dataset.query(MEMBERS)] == [1]  # type: ignore[index,arg-type]
    assert len(dataset) == 1
    dataset.graph(URIRef("g:g")).add((URIRef(ID.new.value), URIRef(G60.partOf.value), URIRef(ID.china.value)))
    assert_is_merge(store)
    assert counted(store) == 2


def test_the_packaged_graph_counts_as_its_merge(packaged: KnowledgeGraph) -> None:
    counts = [
        packaged.sparql(f"SELECT (COUNT({what}) AS ?n) {{ id:g60-corridor g60:memberCity ?c }}")
        for what in ("?c", "DISTINCT ?c")
    ]
    assert list(counts[0]) == list(counts[1])  # type: ignore[arg-type]


def test_a_store_without_the_union_is_not_asked(tmp_path: Path) -> None:
    write_store(tmp_path / "s", [Quad(*TRIPLES[0], GRAPHS[0])], {})
    manifest = tmp_path / "s" / NAME
    generation = manifest.read_text().split('"quads": "')[1].partition('"')[0]
    manifest.write_text(f'{{"format": 1, "quads": "{generation}", "files": {{}}}}')
    with pytest.raises(OlderStore, match="g60kg build"):
        DiskStore(tmp_path / "s")


def test_a_pattern_with_many_triples_gives_each_of_its_quads_once(
    make: Callable[[list[Quad]], Embedded], monkeypatch: pytest.MonkeyPatch
) -> None:
    quads = [Quad(*triple, graph) for triple in TRIPLES for graph in GRAPHS]
    store = make(quads)
    for most in (100, 4, 1):
        monkeypatch.setattr(engine, "_MANY", most)
        for ends in ((ID.x, None, None), (None, G60.partOf, None), (None, None, ID.china), TRIPLES[0]):
            wanted = {quad for quad in quads if all(a in (None, b) for a, b in zip(ends, quad, strict=False))}
            found = list(store.match(*ends))
            assert set(found) == wanted
            assert len(found) == len(wanted)
