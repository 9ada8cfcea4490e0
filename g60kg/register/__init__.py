"""The register: known entities with their names, repairs and background facts (docs/ARCHITECTURE.md)."""

from .entry import Entry, Garbled, Name, RegisterFact
from .index import fold
from .load import load_register
from .quads import register_quads
from .register import Register

__all__ = ["Entry", "Garbled", "Name", "Register", "RegisterFact", "fold", "load_register", "register_quads"]
