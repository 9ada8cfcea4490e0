"""The register: known entities with their names, repairs and background facts (docs/ARCHITECTURE.md).

Goes in: folders of `*.yaml` files. Comes out: a `Register`, or the `RegisterError` of the first thing wrong,
with file and line.
"""

from g60kg.register.entry import Entry, Garbled, Name, RegisterFact, fold
from g60kg.register.load import (
    entry_text,
    load_register,
    plain_name,
    with_entry,
    without_entry,
    write_entries,
)
from g60kg.register.register import Near, NearNames, Register, graph_entries, register_quads

__all__ = [
    "Entry",
    "Garbled",
    "Name",
    "Near",
    "NearNames",
    "Register",
    "RegisterFact",
    "entry_text",
    "fold",
    "graph_entries",
    "load_register",
    "plain_name",
    "register_quads",
    "with_entry",
    "without_entry",
    "write_entries",
]
