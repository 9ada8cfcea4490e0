"""Many files at once from the command line: `extract --jobs`, `add --jobs`."""

import json
from pathlib import Path

import pytest

from tests.running import Run

pytestmark = pytest.mark.usefixtures("unvalidated")
COUNT = 12


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for number in range(COUNT):
        text = f"Wuhu covers an area of {number + 1},026 square kilometers.\n"
        (tmp_path / f"n{number:02}.txt").write_text(text)
    return sorted(tmp_path.glob("*.txt"))


def areas(out: str) -> list[str]:
    return [json.loads(line)["object"]["value"] for line in out.splitlines()]


def test_the_order_is_that_of_the_files(g60kg: Run, files: list[Path]) -> None:
    found = g60kg("extract", *files, "--jobs", 2)
    assert (found.status, found.err) == (0, "")
    assert areas(found.out) == [f"{number + 1}026" for number in range(COUNT)]


def test_failing_files_are_named_and_the_rest_read(g60kg: Run, files: list[Path]) -> None:
    files[2].write_text("")
    files[5].write_bytes(b"\xff\xfe\xfa")
    found = g60kg("extract", *files, "--jobs", 1)
    assert found.status == 2
    assert [line.partition(":")[0] for line in found.err.splitlines()] == ["g60kg", "g60kg"]
    assert f"{files[2]}: the text is empty" in found.err
    assert f"{files[5]}:1: not UTF-8" in found.err
    assert len(areas(found.out)) == COUNT - 2


def test_a_table_is_one_table(g60kg: Run, files: list[Path]) -> None:
    files[2].write_text("")
    found = g60kg("extract", *files, "--format", "table", "--jobs", 1)
    assert found.status == 2
    assert found.out.count("square kilometers") == COUNT - 1
    assert found.out.count("predicate") == 1
    assert f"{COUNT - 1} rows" in found.err


def test_add_extracts_many_at_once(g60kg: Run, files: list[Path], tmp_path: Path) -> None:
    place = ("--store", tmp_path / "s")
    g60kg(*place, "build")
    few = files[:4]
    found = g60kg(*place, "add", *few, "--jobs", 2)
    assert (found.status, found.out) == (0, "".join(f"{file.stem}: added\n" for file in few))
    assert g60kg(*place, "add", *few, "--jobs", 2).out.count("held already") == 4


def test_add_names_what_cannot_be_read_and_takes_the_rest(
    g60kg: Run, files: list[Path], tmp_path: Path
) -> None:
    place = ("--store", tmp_path / "s")
    g60kg(*place, "build")
    files[3].write_text("")
    files[5].write_bytes(files[4].read_bytes())
    (tmp_path / "list.csv").write_text("file,date\nabsent.txt,2024-01-01\nn00.txt,2024-01-01\n")
    found = g60kg(*place, "add", *files[:6], "--list", tmp_path / "list.csv", "--jobs", 1)
    assert found.status == 2
    lines = "n00: added\nn01: added\nn02: added\nn04: added\nn05: held already\nn00: held already\n"
    assert found.out == lines
    assert f"{files[3]}: the text is empty" in found.err
    assert "absent.txt: cannot be read" in found.err
    held = g60kg(*place, "articles").out
    assert [name in held for name in ("n00", "n03", "n04", "n05")] == [True, False, True, False]


def test_add_takes_nothing_where_nothing_can_be_read(g60kg: Run, files: list[Path]) -> None:
    files[3].write_text("")
    before = g60kg("articles").out
    found = g60kg("add", files[3])
    assert (found.status, found.out) == (2, "")
    assert g60kg("articles").out == before
    assert g60kg("add").status == 2
