"""The latent entries of the register in a store: there while an article names them, or what lies in them.

Goes in: a store, and the claims of an article to add or its quads to remove. Comes out: the quads of the
register's graph that come or go with it, so that any history of a store gives the graph that building gives.
"""

from collections.abc import Container, Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad

from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.model import Claim
from g60kg.register import Entry, Register, graph_entries, register_quads
from g60kg.store import Store
from g60kg.terms import GRAPH, RDF, REGISTER_GRAPH

_SAYING: Final = tuple(f"{GRAPH.base}{kind}/" for kind in ("article", "claims"))
"""The beginnings of the names of the graphs of articles."""


def quads_to_add(store: Store, overlays: Overlays, claims: Iterable[Claim]) -> tuple[Quad, ...]:
    """Return the quads of the entries that claims name and a store does not hold."""
    register = stages.register(overlays)
    entries = graph_entries(register, stages.named_by(claims))
    return _quads(each for each in entries if each.latent and not _is_held(store, each))


def quads_to_remove(store: Store, overlays: Overlays, gone: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return the quads of the entries that nothing names in a store but quads that are to go."""
    register = stages.register(overlays)
    graphs = {quad.graph_name for quad in gone}
    held = [each for each in register.entries.values() if each.latent and _is_held(store, each)]
    named = (each.iri.value for each in held if _is_named(store, each, graphs))
    kept = {each.id for each in graph_entries(register, named)}
    return _quads(each for each in held if each.id not in kept)


def _is_held(store: Store, entry: Entry) -> bool:
    return any(store.match(entry.iri, RDF.type, None, REGISTER_GRAPH))


def _is_named(store: Store, entry: Entry, but: Container[object]) -> bool:
    """Tell whether an article names an entry in another graph than some."""
    for quads in (store.match(entry.iri), store.match(None, None, entry.iri)):
        for quad in quads:
            graph = quad.graph_name
            if graph not in but and isinstance(graph, NamedNode) and graph.value.startswith(_SAYING):
                return True
    return False


def _quads(entries: Iterable[Entry]) -> tuple[Quad, ...]:
    return tuple(register_quads(Register({entry.id: entry for entry in entries})))
