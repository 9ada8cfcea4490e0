"""The parser and its model are loaded where a text is read, and nowhere else."""

import subprocess
import sys
from pathlib import Path

_HEAVY = ("spacy", "thinc", "numpy", "httpx", "trafilatura")
_AFTER = f"import sys; print(*[name for name in {_HEAVY!r} if name in sys.modules], sep=',', file=sys.stderr)"


def loaded(code: str, *arguments: object) -> list[str]:
    """Return which heavy packages a new process has loaded when it ends."""
    command = [sys.executable, "-c", f"{code}\n{_AFTER}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return [name for name in done.stderr.strip().split(",") if name]


def test_the_package_loads_no_parser() -> None:
    assert loaded("import g60kg, g60kg.extract, g60kg.cli") == []


def test_what_reads_no_text_loads_neither_parser_nor_what_checks(packaged_store: Path) -> None:
    code = """
import sys
from g60kg.cli.main import run
HEAVY = {"spacy", "pydantic", "rdflib", "g60kg.extract", "pandas", "duckdb", "owlrl", "pyshacl", "uvicorn"}
asked = (["query", "agreements"], ["describe", "Songjiang"], ["why", "Wuhu", "partOf", "Anhui"])
for words in (*asked, ["--help"], ["extract", "--help"]):
    assert run(["--store", sys.argv[1], *words]) == 0, words
    assert not HEAVY & set(sys.modules), words
"""
    assert loaded(code, packaged_store) == []


def test_the_reader_is_made_without_the_parser() -> None:
    """It is loaded when the first text is read."""
    code = """
from g60kg.extract import load_extractor
from g60kg.register import load_register
load_extractor(load_register())
"""
    assert loaded(code) == []
