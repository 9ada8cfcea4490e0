"""`g60kg extract --explain`."""

import json
from pathlib import Path

import pytest

from g60kg.cli.reading import WIDTH, columns
from g60kg.resources import resource
from tests.running import Run

from ..kg.own import write_own

TEXT = """\
Wuhu praises Hefei.
Nobody knows what about 300 means.
Nothing at all.
"""
SHOWN = """\
0-19  Wuhu praises Hefei.
  · Wuhu   known      id:wuhu (City)
  · Hefei  known      id:hefei (City)
  > praises «Wuhu praises Hefei»
      id:wuhu g60:cooperatesWith id:hefei

20-54  Nobody knows what about 300 means.
  · about 300  figure     about 300 unit:NUM
  ! nothing read, though it looks informative
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news.txt").write_text(TEXT)
    return tmp_path / "news.txt"


def test_each_sentence_with_what_was_read(g60kg: Run, news: Path) -> None:
    _, frames = write_own(news.parent)
    found = g60kg("extract", news, "--explain", "--frames", frames)
    assert found.status == 0
    assert found.out.startswith(SHOWN)
    assert "Nothing at all" not in found.out
    assert found.out.endswith("news: 3 sentences, 1 claim; 1 sentence looked informative and gave nothing.\n")


def test_it_fits_a_terminal(g60kg: Run) -> None:
    found = g60kg("extract", resource("data", "articles", "2023-07-11-g60-corridor.txt"), "--explain")
    assert max(map(columns, found.out.splitlines())) <= WIDTH
    assert "the repair of " in found.out


def test_json_is_one_object_a_sentence(g60kg: Run, news: Path) -> None:
    lines = g60kg("extract", news, "--explain", "--format", "jsonl").out.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["text"] for row in rows] == TEXT.splitlines()
    assert [row["is_silent"] for row in rows] == [True, True, False]
    assert {row["article"] for row in rows} == {"news"}


def test_control_characters_do_not_reach_the_terminal(g60kg: Run, news: Path) -> None:
    news.write_bytes("Wuhu \x1b[31m met ‮Hefei‬ and 7 men.".encode())
    out = g60kg("extract", news, "--explain").out
    assert "\x1b" not in out
    assert "‮" not in out
