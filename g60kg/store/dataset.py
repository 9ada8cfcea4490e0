"""The store as rdflib sees it.

Goes in: a store. Comes out: an `rdflib.Dataset` over it, nothing copied; rdflib is imported here only.
"""

from typing import TYPE_CHECKING

from g60kg.store.base import Store
from g60kg.store.engine import EngineStore
from g60kg.terms import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.store import Store as RdflibStore


def to_dataset(store: Store) -> "Dataset":
    """Return an rdflib dataset over a store; its default graph is the union of the named ones."""
    from rdflib import Dataset

    dataset = Dataset(store=_beneath(store), default_union=True)
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base, replace=True)
    return dataset


def _beneath(store: Store) -> "RdflibStore":
    """Return the store that rdflib works on: Oxigraph's own, or one that asks ours."""
    if isinstance(store, EngineStore):
        from oxrdflib import OxigraphStore

        return OxigraphStore(store=store.engine)
    from g60kg.store.remote.rdflib_store import AskingStore

    return AskingStore(store)
