"""Folders take their place whole, or what stood there stands."""

import os
import stat
from pathlib import Path

import pytest

from g60kg.errors import ExportError
from g60kg.export import export_quads
from g60kg.whole import whole_folder
from tests.export.samples import QUADS

NAMES = frozenset(["a.csv", "b.csv"])


def fill(path: Path, text: str) -> None:
    with whole_folder(path, NAMES) as folder:
        (folder / "a.csv").write_text(text)


def fill_half(path: Path) -> None:
    with whole_folder(path, NAMES) as folder:
        (folder / "a.csv").write_text("half")
        raise ValueError("broken")


def test_a_folder_is_made_and_replaced(tmp_path: Path) -> None:
    fill(tmp_path / "out", "one")
    (tmp_path / "out" / "b.csv").write_text("of before")
    fill(tmp_path / "out", "two")
    assert os.listdir(tmp_path) == ["out"]
    assert os.listdir(tmp_path / "out") == ["a.csv"]
    assert (tmp_path / "out" / "a.csv").read_text() == "two"


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    fill(tmp_path / "out", "one")
    with pytest.raises(ValueError, match="broken"):
        fill_half(tmp_path / "out")
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "a.csv").read_text() == "one"


def test_a_rename_that_fails_brings_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "out", "one")
    rename, target, renamed = Path.rename, tmp_path / "out", list[Path]()

    def once(self: Path, other: Path) -> Path:
        renamed.append(other)
        if len(renamed) == 2:  # the new folder into the place of the old one
            raise OSError(5, "Input/output error")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(ExportError, match="Input/output error"):
        fill(target, "two")
    monkeypatch.undo()
    assert (target / "a.csv").read_text() == "one"
    assert os.listdir(tmp_path) == ["out"]


def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letters.txt").write_text("dear")
    with pytest.raises(ExportError, match=r"home: holds other files \(letters.txt\); give a new or empty"):
        export_quads(QUADS, tmp_path / "home", "parquet")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="file: is a file; give the path of a folder"):
        export_quads(QUADS, tmp_path / "file", "csv")
    with pytest.raises(ExportError, match="cannot be written: No such file or directory; choose another"):
        export_quads(QUADS, tmp_path / "absent" / "out", "neo4j")
    assert sorted(os.listdir(tmp_path)) == ["file", "home"]


def test_the_modes_are_those_of_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").write_text("")
    fill(tmp_path / "out", "one")
    for new, old in (("out", "plain"), ("out/a.csv", "plain/file")):
        assert stat.S_IMODE((tmp_path / new).stat().st_mode) == stat.S_IMODE((tmp_path / old).stat().st_mode)
