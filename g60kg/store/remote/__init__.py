"""Stores behind SPARQL 1.1 endpoints, and taking a graph there and back."""

from g60kg.store.remote.store import RemoteStore
from g60kg.store.remote.sync import Move, pull, push

__all__ = ["Move", "RemoteStore", "pull", "push"]
