"""The register: known entities with their names, repairs and background facts (docs/ARCHITECTURE.md)."""

from .entry import Entry, Garbled, Name, RegisterFact
from .index import fold
from .load import load_register
from .near import Near, NearNames
from .quads import register_quads
from .register import Register
from .write import append_entry, entry_text, plain_name

__all__ = [
    "Entry",
    "Garbled",
    "Name",
    "Near",
    "NearNames",
    "Register",
    "RegisterFact",
    "append_entry",
    "entry_text",
    "fold",
    "load_register",
    "plain_name",
    "register_quads",
]
