"""Two builds write the same bytes, whatever the order in which Python hashes."""

import os
import subprocess
import sys
from pathlib import Path

BUILD = """
import sys
from g60kg import KnowledgeGraph
KnowledgeGraph.build(sys.argv[1], validate=False).export(sys.argv[2])
"""


def _built(folder: Path, seed: str) -> bytes:
    paths = (folder / f"store-{seed}", folder / f"{seed}.nq")
    command = [sys.executable, "-c", BUILD, *map(str, paths)]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True)
    return paths[1].read_bytes()


def test_two_builds_write_the_same_quads(tmp_path: Path) -> None:
    first = _built(tmp_path, "1")
    assert first.count(b"\n") > 3000
    assert _built(tmp_path, "2") == first
