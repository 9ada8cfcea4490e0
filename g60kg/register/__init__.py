"""The register: known entities with their names, repairs and background facts (docs/ARCHITECTURE.md)."""

from g60kg.register.entry import Entry, Garbled, Name, RegisterFact
from g60kg.register.load import load_register
from g60kg.register.names import fold
from g60kg.register.quads import register_quads
from g60kg.register.register import Near, NearNames, Register
from g60kg.register.write import append_entry, entry_text, plain_name

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
