"""Stores behind SPARQL 1.1 endpoints, and taking a graph there and back."""

from g60kg.store.remote.pulling import pull
from g60kg.store.remote.pushing import push
from g60kg.store.remote.remote import RemoteStore
from g60kg.store.remote.transfer import Move

__all__ = ["Move", "RemoteStore", "pull", "push"]
