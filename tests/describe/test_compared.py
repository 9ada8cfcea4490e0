"""Two things side by side."""

from pyoxigraph import Quad

from g60kg.describe.entity import facts_beside
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, ONTOLOGY_GRAPH, OWL, RDF, article_graph


def test_what_both_have_is_told_wherever_it_stands_among_the_facts_of_each() -> None:
    owned = {"one": range(30), "two": range(20, 50)}
    graph = article_graph("news")
    quads = [Quad(G60.operates, RDF.type, OWL.ObjectProperty, ONTOLOGY_GRAPH)]
    quads += [Quad(ID[who], G60.operates, ID[f"f{n:02}"], graph) for who in owned for n in owned[who]]
    store = MemoryStore()
    store.apply(add=quads)
    (beside,) = facts_beside(store, ID["one"], ID["two"], str)
    assert [fact.object for fact in beside.both.facts] == [ID[f"f{n}"] for n in range(20, 30)]
    assert len(beside.one.facts) == 20
    assert [fact.object for fact in beside.other.facts] == [ID[f"f{n}"] for n in range(30, 40)]
