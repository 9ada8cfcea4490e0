import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from g60kg.errors import StoreError
from g60kg.reason.bulk import infer_bulk
from g60kg.temporary import TemporaryFolder
from tests.reason.bulk.samples import TRANSITIVE, fact, rule_set

_ROOT = Path(__file__).parents[3]
_CHAIN = """
import resource, sys
from g60kg.errors import StoreError
from g60kg.reason.bulk import infer_bulk
from tests.reason.bulk.samples import TRANSITIVE, fact, rule_set
limit = int(sys.argv[1])
facts = [fact(f"n{n}", "partOf", f"n{n + 1}") for n in range(int(sys.argv[2]))]
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    infer_bulk(rule_set(TRANSITIVE), facts)
except StoreError as error:
    sys.exit(str(error))
"""


def _start(folder: Path, *arguments: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _CHAIN, *map(str, arguments)],
        cwd=_ROOT,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("room", [10_000, 1_000_000])
def test_a_disk_that_fills_is_told_and_left_clean(tmp_path: Path, room: int) -> None:
    with _start(tmp_path, room, 700) as process:
        _, complaint = process.communicate(timeout=60)
    assert complaint.strip() == (
        f"the disk is full: no room for the reasoner in {tmp_path}; free it or set TMPDIR"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_leaves_only_its_own_folder(tmp_path: Path) -> None:
    with _start(tmp_path, 0, 20_000) as process:
        while not list(tmp_path.glob("g60kg.infer.*/*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    assert [path.name[:12] for path in tmp_path.iterdir()] == ["g60kg.infer."]


def test_too_little_memory_is_told() -> None:
    facts = (fact(f"n{number}", "partOf", f"n{number + 1}") for number in range(3000))
    with pytest.raises(StoreError, match="20MB of memory is too little to reason in; allow more"):
        infer_bulk(rule_set(TRANSITIVE), facts, memory="20MB")


@pytest.mark.slow
def test_a_long_chain_is_closed_in_sixty_bytes_for_each_of_its_facts() -> None:
    facts = (fact(f"n{number}", "partOf", f"n{number + 1}") for number in range(2000))
    assert len(infer_bulk(rule_set(TRANSITIVE), facts, memory="120MB").inferred) == 2000 * 1999 // 2


def test_an_amount_that_is_none_is_refused() -> None:
    with pytest.raises(StoreError, match="no amount of memory: 'plenty'; write it as 512MB or 2GB"):
        infer_bulk(rule_set(), [], memory="plenty")


def test_a_folder_is_removed_once_and_for_all() -> None:
    folder = TemporaryFolder("infer")
    folder.path.joinpath("part").write_text("x")
    folder.remove()
    folder.remove()
    assert not folder.path.exists()
