"""Two builds write the same bytes: in memory and on disk, whatever the order in which Python hashes."""

import os
import subprocess
import sys
from pathlib import Path

from g60kg import KnowledgeGraph

BUILD = "import sys; from g60kg import KnowledgeGraph; KnowledgeGraph.build().export(sys.argv[1])"


def test_a_build_in_another_process_writes_the_same_quads(packaged_store: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.nq", tmp_path / "there.nq"
    KnowledgeGraph.open(packaged_store).export(here)
    command = [sys.executable, "-c", BUILD, str(there)]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "1"}, check=True, capture_output=True)
    assert here.read_bytes() == there.read_bytes()
    assert here.read_bytes().count(b"\n") > 3000
