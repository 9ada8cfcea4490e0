"""`--register` and `--frames` on `extract`, `add` and `build`."""

import json
from pathlib import Path

import pytest

from g60kg.check import Report
from tests.running import Run

from ..kg.own import FRAME, REGISTER, TEXT, write_own

pytestmark = pytest.mark.usefixtures("unvalidated")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Return the options that name a user's own folders; commands run beside them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(TEXT)
    write_own(tmp_path)
    return "--register", "own-register", "--frames", "own-frames"


def patterns_of(out: str) -> set[str]:
    return {json.loads(line)["pattern"] for line in out.splitlines()}


def test_extract_reads_with_them(g60kg: Run, own: tuple[str, ...]) -> None:
    with_own = g60kg("extract", "news.txt", *own).out
    assert "praises" in patterns_of(with_own)
    assert '"candidate": true' not in with_own
    without = g60kg("extract", "news.txt").out
    assert "praises" not in patterns_of(without)
    assert '"candidate": true' in without


def test_several_folders_the_last_wins(g60kg: Run, own: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "m.yaml").write_text(FRAME.replace("cooperatesWith", "proposedBy"))
    out = g60kg("extract", "news.txt", *own, "--frames", "more").out
    [praised] = [claim for line in out.splitlines() if (claim := json.loads(line))["pattern"] == "praises"]
    assert praised["predicate"] == "g60:proposedBy"


def test_build_add_and_build_again(g60kg: Run, own: tuple[str, ...]) -> None:
    place = ("--store", "s")
    assert g60kg(*place, "build", *own).out.startswith("built")
    assert g60kg(*place, "build", *own).out.startswith("nothing changed")
    assert g60kg(*place, "add", "news.txt").out == "news: added\n"
    asked = g60kg(
        *place, "sparql", "ASK { id:wuhu g60:cooperatesWith id:hefei . id:foo-park g60:area ?area }"
    )
    assert asked.out == "true\n"
    assert g60kg(*place, "build").out.startswith("built")
    assert g60kg(*place, "sparql", "ASK { id:wuhu g60:cooperatesWith id:hefei }").out == "false\n"


def test_add_with_them_builds_the_store_again(g60kg: Run, own: tuple[str, ...]) -> None:
    place = ("--store", "s")
    g60kg(*place, "build")
    assert g60kg(*place, "add", "news.txt", *own).out == "news: added\n"
    assert g60kg(*place, "sparql", "ASK { id:foo-park g60:locatedIn id:wuhu }").out == "true\n"


@pytest.mark.parametrize(
    ("option", "text", "part"),
    [
        (
            "--register",
            REGISTER.replace("Park\n  en", "Planet\n  en"),
            "mine.yaml:2: the ontology has no",
        ),
        ("--frames", FRAME.replace("its people", "Hefei"), "mine.yaml:9: frame 'praises': 'Wuhu praises"),
        ("--frames", None, "absent: no such folder; name a folder"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(
    g60kg: Run, own: tuple[str, ...], option: str, text: str | None, part: str
) -> None:
    folder = "absent" if text is None else f"own-{option.removeprefix('--')}"
    if text is not None:
        Path(folder, "mine.yaml").write_text(text)
    for words in (("extract", "news.txt"), ("add", "news.txt"), ("--store", "s", "build")):
        found = g60kg(*words, option, folder)
        assert (found.status, found.out, found.err.count("\n")) == (2, "", 1), (words, found)
        assert part in found.err
    assert not Path("s").exists()


def test_check_runs_the_examples_of_frames(
    g60kg: Run, own: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("check_store", "check_files", "_consistency"):  # which know no frames, and take longest
        monkeypatch.setattr(f"g60kg.kg.validate.{other}", lambda *_: Report.of("none", ()))
    place = ("--store", "s")
    g60kg(*place, "build", *own)
    whole = g60kg(*place, "check")
    assert whole.status == 0
    assert "frames: nothing wrong" in whole.out
    Path("own-frames", "mine.yaml").write_text(FRAME.replace("its people", "Hefei"))
    false = g60kg(*place, "check")
    assert false.status == 1
    assert "own-frames/mine.yaml:9: frame 'praises': 'Wuhu praises Hefei.' gives" in false.out
    Path("own-frames", "mine.yaml").write_text("- id: praises\n")
    assert "own-frames/mine.yaml:1: a frame has no 'meaning'; add" in g60kg(*place, "check").out
    Path("own-frames").rename("elsewhere")
    gone = g60kg(*place, "check")
    assert gone.status == 1
    assert "own-frames: no such folder" in gone.out
