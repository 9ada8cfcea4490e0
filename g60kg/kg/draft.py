"""An article that is read and not kept: what it states, beside the graph.

Goes in: a graph and an article. Comes out: its claims, and a store of the graph with them in it, for reading.
"""

from dataclasses import replace

from g60kg.article import Article
from g60kg.describe.lookup import Beside
from g60kg.kg import stages
from g60kg.kg.graph import KnowledgeGraph
from g60kg.kg.latent import quads_to_add
from g60kg.model import Claim
from g60kg.store import DiskStore, MemoryStore


def read_beside(kg: KnowledgeGraph, article: Article) -> tuple[Beside, tuple[Claim, ...]]:
    """Read an article by the parser, whoever else read those of the graph.

    Raises `ReaderError` where the model that it reads with is not installed.
    """
    store, overlays = kg.store, kg.summary.overlays
    decisions = stages.decisions_of(store.folder, overlays) if isinstance(store, DiskStore) else ()
    own = replace(overlays, reader="parser", model=None, model_url=None)
    claims = stages.claims_of(article, own, decisions)
    quads = (*stages.quads_of(article, claims), *quads_to_add(store, overlays, claims))
    draft = MemoryStore()
    draft.apply(add=quads)
    return Beside(store, draft), claims
