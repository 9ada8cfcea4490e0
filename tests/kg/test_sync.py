"""Filling a store from elsewhere: after each step, as after a killed pull, it says what it holds."""

from pathlib import Path

from g60kg import Article, KnowledgeGraph
from g60kg.kg import Summary
from g60kg.kg.stages import counts_of
from g60kg.kg.sync import FilledFolder
from g60kg.store import DiskStore
from g60kg.terms import INFERRED_GRAPH

NEWS = Article("news", "Wuhu covers an area of 6,026 square kilometers.", date="2024-01-01")


def said(folder: Path) -> Summary:
    store = DiskStore(folder)
    summary = Summary.from_json(store.about)
    assert summary.counts == counts_of(store.match())
    assert (summary.inputs, summary.is_changed) == ("", True)
    return summary


def test_every_step_of_a_pull_leaves_a_store_that_says_what_it_holds(
    tmp_path: Path, packaged: KnowledgeGraph
) -> None:
    graphs = {graph: list(packaged.store.match(graph=graph)) for graph in packaged.store.graphs()}
    inferred = graphs.pop(INFERRED_GRAPH)
    FilledFolder(tmp_path / "s").apply(add=[quad for quads in graphs.values() for quad in quads])
    assert said(tmp_path / "s").reasoner == "none"
    FilledFolder(tmp_path / "s").apply(add=inferred)
    assert said(tmp_path / "s").reasoner == "compiled"
    FilledFolder(tmp_path / "s").apply(remove=inferred[:7])
    assert said(tmp_path / "s").counts["inferred facts"] == len(inferred) - 7


def test_a_pull_keeps_the_names_of_what_was_added_and_a_build_says_what_it_drops(own_store: Path) -> None:
    kg = KnowledgeGraph.open(own_store)
    kg.add(NEWS)
    FilledFolder(own_store).apply(remove=list(kg.store.match(graph=INFERRED_GRAPH))[:1])
    assert Summary.from_json(DiskStore(own_store).about).added == ("news",)
    again = KnowledgeGraph.build(own_store, reasoner="none", validate=False)
    assert again.is_new
    assert again.summary.notes == (
        "what updates and pulls put into the store is in no text, and is not built again",
    )
    assert not again.summary.is_changed
