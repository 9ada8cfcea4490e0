import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from g60kg.reason import compile_rules
from g60kg.reason.compile.written import TRIPLES, cache_folder, cached
from tests.reason.worlds import triples

ONTOLOGY = ":A rdfs:subClassOf :B . :p rdfs:domain [ owl:intersectionOf (:A :C) ] ."


def _never() -> list[object]:
    raise AssertionError("the cache was not used")


def test_the_second_time_nothing_is_made(tmp_path: Path) -> None:
    made = cached("one", lambda: triples(":a :p :b ."), TRIPLES, tmp_path)
    assert cached("one", _never, TRIPLES, tmp_path) == made == triples(":a :p :b .")  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["one.nt"]


@pytest.mark.parametrize("damage", [b"", b"# 0\n<a> <b> <c> .\n", b"\xff\x00", None])
def test_a_broken_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "one.nt"
    cached("one", lambda: triples(":a :p :b ."), TRIPLES, tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-4] if damage is None else damage)
    assert cached("one", lambda: triples(":a :p :b ."), TRIPLES, tmp_path) == triples(":a :p :b .")
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert cached("one", lambda: triples(":a :p :b ."), TRIPLES, tmp_path / "file") == triples(":a :p :b .")


def test_blank_labels_do_not_change_the_rules(tmp_path: Path) -> None:
    one, other = (compile_rules(triples(ONTOLOGY), cache=tmp_path) for _ in range(2))
    assert one == other
    assert len(list(tmp_path.iterdir())) == 2


def _compile(folder: Path) -> str:
    return compile_rules(triples(ONTOLOGY), cache=folder).digest


def test_two_processes_may_close_the_same_ontology(tmp_path: Path) -> None:
    # unlike multiprocessing's own, this pool ends with an error where its processes cannot start
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        digests = set(pool.map(_compile, [tmp_path] * 4))
    assert len(digests) == 1
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".nt"]


def test_the_folder_follows_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("G60KG_CACHE")
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", os.path.join("somewhere"))
    monkeypatch.setattr("sys.platform", "win32" if os.name == "nt" else "linux")
    assert cache_folder() == Path("somewhere") / "g60kg"
