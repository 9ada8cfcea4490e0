"""The packaged graph, and a way to ask a worker without a server."""

from collections.abc import Callable

import pytest

from g60kg.kg import KnowledgeGraph
from g60kg.serve.answer import answer
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response

Ask = Callable[..., Response]


@pytest.fixture(scope="session")
def site() -> Site:
    return Site(KnowledgeGraph.build(), version="test")


@pytest.fixture(scope="session")
def ask(site: Site) -> Ask:
    """Return a function that asks: a route, an Accept header, the values of its places, and its query."""

    def asked(route: str, accept: str = "*/*", *pairs: tuple[str, str], **path: str) -> Response:
        return answer(site, Request(route, path=path, query=pairs, headers={"accept": accept}))

    return asked
