"""The engine beneath a site, and its errors in our words.

Goes in: a site, or a text that the engine is given. Comes out: the engine; or errors of the project.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from pyoxigraph import Store as Engine

from g60kg.errors import StoreError
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.mistakes import mistake, unanswerable
from g60kg.store import DiskStore, MemoryStore


def store_of(site: Site) -> DiskStore | MemoryStore:
    """Return the store of a site; raises `Refused` (501) where it is on another server."""
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        return store
    raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this graph is kept by another server; ask that one")


def engine_of(site: Site) -> Engine:
    """Return the engine that the graph is held in, to be read from; raises as `store_of` does."""
    return store_of(site).engine


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
