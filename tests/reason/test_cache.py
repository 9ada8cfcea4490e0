import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from g60kg.reason import RuleSet, compile_rules
from g60kg.reason.compile.written import cache_folder
from tests.reason.worlds import triples

ONTOLOGY = ":A rdfs:subClassOf :B . :p rdfs:domain [ owl:intersectionOf (:A :C) ] ."


def _rules(folder: Path) -> RuleSet:
    return compile_rules(triples(ONTOLOGY), cache=folder)


def test_the_second_time_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _rules(tmp_path)
    monkeypatch.setattr("g60kg.reason.compile.build.compile_anew", None)
    assert _rules(tmp_path) == made
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


@pytest.mark.parametrize("damage", [b"", b"# 0\n{}\n", b"\xff\x00", None])
def test_a_broken_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    made = _rules(tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-4] if damage is None else damage)
    assert _rules(tmp_path) == made
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert _rules(tmp_path / "file") == _rules(tmp_path / "other")


def _compile(folder: Path) -> str:
    return _rules(folder).digest


def test_two_processes_may_close_the_same_ontology(tmp_path: Path) -> None:
    # unlike multiprocessing's own, this pool ends with an error where its processes cannot start
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        digests = set(pool.map(_compile, [tmp_path] * 4))
    assert len(digests) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_the_folder_follows_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("G60KG_CACHE")
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", os.path.join("somewhere"))
    monkeypatch.setattr("sys.platform", "win32" if os.name == "nt" else "linux")
    assert cache_folder() == Path("somewhere") / "g60kg"
