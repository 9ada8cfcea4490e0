"""What killed jobs leave is taken away by the next, and nothing that a living one holds."""

import os
from pathlib import Path

import pytest

from g60kg.errors import ExportError, StoreError
from g60kg.temporary import Lock, TemporaryFolder
from g60kg.whole import whole_file, whole_folder


def test_what_is_old_and_free_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("g60kg.build.old", "g60kg.infer.held", "g60kg.build.young", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
        os.utime(tmp_path / name, (0, 0) if not name.endswith("young") else None)
    held = Lock(tmp_path / "g60kg.infer.held", shared=True)
    with TemporaryFolder("build") as folder:
        kept = {"g60kg.infer.held", "g60kg.build.young", "other"}
        assert {path.name for path in tmp_path.iterdir()} == kept | {folder.name}
    assert {path.name for path in tmp_path.iterdir()} == kept
    held.close()


def test_a_folder_goes_with_its_last_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = TemporaryFolder("infer")
    assert folder.path.is_dir()
    del folder
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    with pytest.raises(StoreError, match=r"no folder for temporary files: .*; free space, or set \$TMPDIR"):
        TemporaryFolder("infer")


def test_what_a_killed_export_left_beside_its_path_goes_with_the_next(tmp_path: Path) -> None:
    for name in (".g60.nq.abc", ".tables.abc"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".g60.nq.young").touch()
    with whole_file(tmp_path / "g60.nq") as file:
        file.write(b"x")
    with whole_folder(tmp_path / "tables", frozenset()):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {".g60.nq.young", "g60.nq", "tables"}
    with pytest.raises(ExportError), whole_file(tmp_path / "absent" / "g60.nq"):
        pass
