"""Where the graph lives."""

from g60kg.store.base import UNION, Selection, Store, Term
from g60kg.store.disk import DiskStore, write_store
from g60kg.store.engine import EngineStore, MemoryStore, QuadFile
from g60kg.store.guard import query_form
from g60kg.store.lexer import used_prefixes
from g60kg.store.locate import default_location, open_store

__all__ = [
    "UNION",
    "DiskStore",
    "EngineStore",
    "MemoryStore",
    "QuadFile",
    "Selection",
    "Store",
    "Term",
    "default_location",
    "open_store",
    "query_form",
    "used_prefixes",
    "write_store",
]
