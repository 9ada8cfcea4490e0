"""The parser and its model are loaded where a text is read, and nowhere else."""

import subprocess
import sys
from pathlib import Path

import pytest

_HEAVY = ("spacy", "thinc", "numpy", "httpx", "trafilatura")
_AFTER = f"import sys; print(*[name for name in {_HEAVY!r} if name in sys.modules], sep=',', file=sys.stderr)"


def loaded(code: str, *arguments: object) -> list[str]:
    """Return which heavy packages a new process has loaded when it ends."""
    command = [sys.executable, "-c", f"{code}\n{_AFTER}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return [name for name in done.stderr.strip().split(",") if name]


def test_the_package_loads_no_parser() -> None:
    assert loaded("import g60kg, g60kg.extract, g60kg.cli") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "agreements"),
        ("describe", "Songjiang"),
        ("why", "id:songjiang", "g60:partOf", "id:shanghai"),
        ("--help",),
        ("extract", "--help"),
    ],
    ids=" ".join,
)
def test_what_reads_no_text_loads_no_parser(packaged_store: Path, arguments: tuple[str, ...]) -> None:
    code = (
        "from g60kg.cli.main import run; import sys; status = run(sys.argv[1:]); assert status == 0, status"
    )
    assert loaded(code, "--store", packaged_store, *arguments) == []


def test_the_reader_is_made_without_the_parser() -> None:
    """It is loaded when the first text is read."""
    code = """
from g60kg.extract import load_extractor
from g60kg.register import load_register
load_extractor(load_register())
"""
    assert loaded(code) == []
