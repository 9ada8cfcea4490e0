"""A store on disk: what is killed, damaged, newer, or used by two processes at once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Quad

from g60kg.errors import NewerStore, StoreError
from g60kg.store import DiskStore, write_store
from g60kg.terms import G60, GRAPH, ID

QUADS = [Quad(ID[f"a{i}"], G60["partOf"], ID["b"], GRAPH["register"]) for i in range(100)]


def start(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start a Python process that prints a line once it has reached the point of interest."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


def end(process: "subprocess.Popen[str]", number: int = signal.SIGKILL) -> None:
    process.send_signal(number)
    process.communicate()


STOP_WITHIN_BUILD = """
import sys
from pathlib import Path
from pyoxigraph import Quad
from g60kg.store import write_store
from g60kg.terms import G60, GRAPH, ID

def quads():
    yield Quad(ID["new"], G60["partOf"], ID["b"], GRAPH["register"])
    print("here", flush=True)
    sys.stdin.read()

write_store(Path(sys.argv[1]), quads(), {})
"""

HOLD_OPEN = """
import sys
from pathlib import Path
from g60kg.store import DiskStore

store = DiskStore(Path(sys.argv[1]))
print("here", flush=True)
sys.stdin.readline()
print(len(list(store.match())), flush=True)
"""


def test_a_store_is_read_back_with_what_is_said_of_it(tmp_path: Path) -> None:
    write_store(tmp_path / "s", QUADS, {"articles": 1})
    store = DiskStore(tmp_path / "s")
    assert set(store.match()) == set(QUADS)
    assert store.about == {"articles": 1}


def test_apply_replaces_what_is_said_of_the_store(tmp_path: Path) -> None:
    store = write_store(tmp_path / "s", QUADS, {"articles": 1})
    store.apply(remove=QUADS[:1])
    assert DiskStore(tmp_path / "s").about == {"articles": 1}
    store.apply(remove=QUADS[:2], about={"articles": 2})
    assert store.about == DiskStore(tmp_path / "s").about == {"articles": 2}


def test_what_many_steps_wrote_is_put_into_fewer_files(tmp_path: Path) -> None:
    store = write_store(tmp_path, QUADS[:90], {"a": 1})
    for quad in QUADS[90:]:
        store.apply(add=[quad])
    before = len(store.manifest.files)
    store.compact()
    assert len(store.manifest.files) < before
    assert (set(store.match()), store.about) == (set(QUADS), {"a": 1})
    assert set(DiskStore(tmp_path).match()) == set(QUADS)


def test_a_killed_build_leaves_the_old_store(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    write_store(folder, QUADS, {})
    end(start(STOP_WITHIN_BUILD, folder))
    assert {place.name for place in folder.glob("quads-*")} == {"quads-1", "quads-2"}
    assert len(list(DiskStore(folder).match())) == 100
    write_store(folder, QUADS[:7], {})
    assert len(list(DiskStore(folder).match())) == 7
    assert not (folder / "quads-2").exists()


def test_a_killed_first_build_leaves_no_store(tmp_path: Path) -> None:
    end(start(STOP_WITHIN_BUILD, tmp_path / "s"))
    with pytest.raises(StoreError, match="no store here; run `g60kg build` first"):
        DiskStore(tmp_path / "s")
    assert len(list(write_store(tmp_path / "s", QUADS, {}).match())) == 100


def test_an_interrupted_build_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> object:
        yield QUADS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_store(tmp_path / "s", interrupted(), {})  # type: ignore[arg-type]
    assert not list((tmp_path / "s").iterdir())


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    store = write_store(folder, QUADS, {})
    first = start(STOP_WITHIN_BUILD, folder)
    try:
        with pytest.raises(StoreError, match="another process is writing"):
            store.apply(remove=QUADS[:1])
        with pytest.raises(StoreError, match="another process is writing"):
            write_store(folder, QUADS, {})
        assert len(list(DiskStore(folder).match())) == 100
    finally:
        end(first)
    store.apply(remove=QUADS[:1])
    assert len(list(store.match())) == 99


def test_readers_go_on_while_the_store_changes(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    store = write_store(folder, QUADS, {})
    reader = start(HOLD_OPEN, folder)
    for number in range(1, 6):
        store.apply(remove=QUADS[number : number + 1])
    write_store(folder, QUADS[:3], {})
    assert {place.name for place in folder.glob("quads-*")} >= {"quads-1"}
    assert not (folder / "quads-3").exists()
    assert reader.communicate("go\n")[0] == "100\n"
    store.apply(add=QUADS)
    assert not (folder / "quads-1").exists()


def test_two_writers_of_one_process_see_each_other(tmp_path: Path) -> None:
    first = write_store(tmp_path / "s", QUADS, {})
    second = DiskStore(tmp_path / "s")
    first.apply(remove=QUADS[:1])
    second.apply(remove=QUADS[1:2])
    assert len(list(second.match())) == 98


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot be read"),
        ("[]", "is no manifest of a store"),
        ('{"format": 1}', "manifest.json"),
        ('{"format": 1, "quads": "quads-9", "files": {}, "about": {}}', "older version"),
    ],
)
def test_a_manifest_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    write_store(tmp_path / "s", QUADS, {})
    (tmp_path / "s" / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=message):
        DiskStore(tmp_path / "s")
    assert len(list(write_store(tmp_path / "s", QUADS, {}).match())) == 100


def test_a_newer_store_is_neither_read_nor_written_over(tmp_path: Path) -> None:
    write_store(tmp_path / "s", QUADS, {})
    manifest = '{"format": 99, "quads": "quads-1", "anything": 1}'
    (tmp_path / "s" / "manifest.json").write_text(manifest)
    message = r"newer version \(format 99, this one reads 3\); upgrade g60kg"
    with pytest.raises(NewerStore, match=message):
        DiskStore(tmp_path / "s")
    with pytest.raises(NewerStore, match=message):
        write_store(tmp_path / "s", QUADS, {})
    assert (tmp_path / "s" / "manifest.json").read_text() == manifest


def test_every_file_cut_off_or_missing_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    store = write_store(folder, QUADS, {})
    quads = folder / store.manifest.quads
    for name, size in store.manifest.files.items():
        content = (quads / name).read_bytes()
        (quads / name).write_bytes(content[: size // 2] if size else b"more")
        with pytest.raises(StoreError, match="damaged; run `g60kg repair`"):
            DiskStore(folder)
        (quads / name).write_bytes(content)
    assert len(list(DiskStore(folder).match())) == 100


def test_places_that_are_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(StoreError):
        DiskStore(tmp_path / "file")
    with pytest.raises(StoreError):
        write_store(tmp_path / "file", QUADS, {})
    with pytest.raises(StoreError, match="holds other files"):
        write_store(tmp_path, QUADS, {})
    assert sorted(os.listdir(tmp_path)) == ["file"]


def test_the_manifest_names_its_format(tmp_path: Path) -> None:
    write_store(tmp_path / "s", QUADS, {})
    assert json.loads((tmp_path / "s" / "manifest.json").read_text())["format"] == 3
