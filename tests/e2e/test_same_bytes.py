"""Two builds write the same bytes, whatever the order in which Python hashes."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("g60kg"))


def _built(folder: Path, seed: str) -> bytes:
    environment = os.environ | {"PYTHONHASHSEED": seed, "G60KG_STORE": str(folder / f"store-{seed}")}
    for arguments in (["build"], ["export", str(folder / f"{seed}.nq")]):
        subprocess.run([COMMAND, *arguments], env=environment, check=True, capture_output=True)
    return (folder / f"{seed}.nq").read_bytes()


def test_two_builds_write_the_same_quads(tmp_path: Path) -> None:
    first = _built(tmp_path, "1")
    assert first.count(b"\n") > 3000
    assert _built(tmp_path, "2") == first
