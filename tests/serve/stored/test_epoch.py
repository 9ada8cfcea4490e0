from dataclasses import replace

import pytest
from pyoxigraph import Quad

from g60kg import KnowledgeGraph
from g60kg.serve import site as module
from g60kg.serve.pages.asking import laid_out
from g60kg.serve.site import Site, epoch
from g60kg.serve.stored.params import members
from g60kg.store import MemoryStore
from g60kg.terms import G60, GRAPH, ID, RDF


def test_a_version_is_its_own_epoch(site: Site) -> None:
    assert epoch(replace(site, version="7")) == "7"


def test_without_a_version_it_ends_with_the_minute(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    epochs = []
    for seconds in (60.0, 119.0, 120.0):
        monkeypatch.setattr(module, "monotonic", lambda now=seconds: now)
        epochs.append(epoch(replace(site, version="")))
    assert epochs[0] == epochs[1] != epochs[2]


def test_what_is_kept_of_a_graph_elsewhere_ends_with_the_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryStore([Quad(ID.wuhu, RDF.type, G60.City, GRAPH.register)])
    site = Site(KnowledgeGraph(store))
    monkeypatch.setattr(module, "monotonic", lambda: 60.0)
    asker = laid_out(site)
    assert members(site, G60.City.value) == {ID.wuhu}
    store.apply(add=[Quad(ID.hefei, RDF.type, G60.City, GRAPH.register)])
    assert members(site, G60.City.value) == {ID.wuhu}
    assert laid_out(site) is asker
    monkeypatch.setattr(module, "monotonic", lambda: 120.0)
    assert members(site, G60.City.value) == {ID.wuhu, ID.hefei}
    assert laid_out(site) is not asker
