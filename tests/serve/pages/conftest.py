"""What the tests of the pages share: the packaged graph, and a way to ask for a page."""

from collections.abc import Callable

import pytest

from g60kg.kg import KnowledgeGraph
from g60kg.serve.answer import answer
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response

Ask = Callable[..., Response]


@pytest.fixture(scope="session")
def site() -> Site:
    """Return a site over the packaged graph."""
    return Site(KnowledgeGraph.build(), version="test")


@pytest.fixture
def ask(site: Site) -> Ask:
    """Return a function that asks for a page: a route, the values of its places, and its query."""

    def asked(route: str, path: dict[str, str] | None = None, **query: str) -> Response:
        pairs = tuple(query.items())
        return answer(site, Request(route, path=path or {}, query=pairs, headers={"accept": "text/html"}))

    return asked
