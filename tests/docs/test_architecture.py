"""The page on the architecture names the files and rooms that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
NAMED = re.findall(r"`([\w*./-]+(?:/|\.(?:py|ya?ml|sql|html|ttl|json|rq|md)))`", PAGE)
"""What stands in code and ends as a file or a folder does."""
BESIDE = {"decisions.yaml"}
"""Files of a store, which the repository has not."""


def test_every_file_that_it_names_exists() -> None:
    assert len(set(NAMED)) > 100
    wanted = sorted(set(NAMED) - BESIDE)
    assert [name for name in wanted if not any(any(base.glob(name)) for base in (ROOT, ROOT / "g60kg"))] == []


def test_every_room_stands_in_it() -> None:
    rooms = {path.parent.name for path in (ROOT / "g60kg").glob("*/__init__.py")}
    assert {f"{room}/" for room in rooms} <= set(NAMED)


@pytest.mark.parametrize("way", ["an article", "a question", "a request"])
def test_each_way_has_ten_steps_with_files(way: str) -> None:
    section = PAGE.partition(f"## The way of {way}\n")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d+\. (.+)$", section, re.MULTILINE)
    assert len(steps) == 10
    assert all("`" in step for step in steps)
    assert len(re.findall(r"`[\w/]+\.(?:py|rq|html)`", section)) >= 10
