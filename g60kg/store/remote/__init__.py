"""Stores behind SPARQL 1.1 endpoints, and taking a graph there and back."""

from g60kg.store.remote.ledger import Record, record_of
from g60kg.store.remote.remote import RemoteStore

__all__ = ["Record", "RemoteStore", "record_of"]
