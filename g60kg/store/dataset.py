"""The store as rdflib sees it.

Goes in: a store. Comes out: an `rdflib.Dataset` over it, nothing copied; rdflib is imported here only.
"""

from typing import TYPE_CHECKING

from g60kg.store.engine import EngineStore
from g60kg.terms import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset


def to_dataset(store: EngineStore) -> "Dataset":
    """Return an rdflib dataset over a store; its default graph is the union of the named ones."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    dataset = Dataset(store=OxigraphStore(store=store.engine), default_union=True)
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base, replace=True)
    return dataset
