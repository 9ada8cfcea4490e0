"""The packaged graph, built once, as quads."""

import pytest
from pyoxigraph import Quad

from g60kg import KnowledgeGraph


@pytest.fixture(scope="session")
def packaged() -> KnowledgeGraph:
    """Return the packaged graph; not to be changed."""
    return KnowledgeGraph.build()


@pytest.fixture(scope="session")
def quads(packaged: KnowledgeGraph) -> list[Quad]:
    """Return the quads of the packaged graph."""
    return list(packaged.store.match())
