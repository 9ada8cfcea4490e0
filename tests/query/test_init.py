"""The room's door."""

import subprocess
import sys

import g60kg.query


def test_all_is_sorted_and_there() -> None:
    assert g60kg.query.__all__ == sorted(g60kg.query.__all__)
    assert all(hasattr(g60kg.query, name) for name in g60kg.query.__all__)


def test_asking_imports_nothing_heavy() -> None:
    code = """
import sys
from g60kg.query import load_catalogue, run
from g60kg.resources import resource
from g60kg.store import MemoryStore
catalogue = load_catalogue(resource("queries"))
str(run(MemoryStore(), catalogue["companies-by-industry"]))
assert not {"rdflib", "pandas", "duckdb", "owlrl", "pyshacl", "click", "rich", "pydantic"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
