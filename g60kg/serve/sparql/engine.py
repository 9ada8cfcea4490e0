"""The engine beneath a site, and its errors in our words.

Goes in: a site, or a text that the engine is given. Comes out: the engine; or errors of the project.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from pyoxigraph import NamedNode
from pyoxigraph import Store as Engine

from g60kg.errors import StoreError
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.mistakes import mistake, unanswerable
from g60kg.store import DiskStore, MemoryStore


def store_of(site: Site) -> DiskStore | MemoryStore:
    """Return the store of a site, to be written to; raises `Refused` (501) where another server keeps it."""
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        return store
    raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this graph is kept by another server; change it there")


def engine_of(site: Site) -> Engine | None:
    """Return the engine that holds the graph, to be read from; None where another server keeps it."""
    store = site.kg.store
    return store.engine if isinstance(store, DiskStore | MemoryStore) else None


def holds(site: Site, name: NamedNode) -> bool:
    """Whether there is a graph of this name."""
    engine = engine_of(site)
    return engine.contains_named_graph(name) if engine is not None else name in site.kg.store.graphs()


@contextmanager
def answering(text: str, noun: str = "query") -> Iterator[None]:
    """Turn the engine's errors at a text into the project's.

    Raises `SparqlError` for a text that does not parse or cannot be evaluated, `StoreError` for the rest.
    """
    try:
        yield
    except SyntaxError as error:
        raise mistake(text, error, noun) from error
    except (ValueError, RuntimeError) as error:
        raise unanswerable(error) from error
    except OSError as error:
        raise StoreError(f"the store cannot be read: {error}") from error
