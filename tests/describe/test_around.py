"""What is around a thing that very many facts speak of is read in part, and said to be."""

import pytest
from pyoxigraph import Literal, Quad

from g60kg.describe.around import around
from g60kg.serve.pages.neighbours import as_json, walk
from g60kg.serve.pages.page import PageNames
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, SKOS, article_graph

GRAPH = article_graph("big")
MANY = 3000


@pytest.fixture(scope="module")
def hub() -> MemoryStore:
    """Return a store in which very many companies lie in one region."""
    store = MemoryStore()
    companies = [ID[f"company-{number}"] for number in range(MANY)]
    store.apply(
        add=[
            *(Quad(company, G60.locatedIn, ID.wuhu, GRAPH) for company in companies),
            *(Quad(company, SKOS.prefLabel, Literal("C", language="en"), GRAPH) for company in companies),
            Quad(ID.wuhu, G60.partOf, ID.anhui, GRAPH),
        ]
    )
    return store


def test_a_hub_is_read_in_part(hub: MemoryStore) -> None:
    asked: list[object] = []

    def name(term: object) -> str:
        asked.append(term)
        return str(term)

    found = around(hub, ID.wuhu, name)
    assert found.is_cut
    assert (G60.partOf, True) in found.totals
    assert len(found.edges) == 24
    assert len(asked) < 100
    assert as_json(found, PageNames(hub, "en"))["more"]


def test_what_is_read_in_part_says_at_least(hub: MemoryStore) -> None:
    labels = [text for text, _ in walk(hub, PageNames(hub, "en"), ID.wuhu).twigs]
    assert any(label.endswith("+") for label in labels), labels


def test_what_is_read_whole_says_how_many(hub: MemoryStore) -> None:
    found = around(hub, ID.anhui, str)
    assert not found.is_cut
    assert found.totals == {(G60.partOf, False): 1}
