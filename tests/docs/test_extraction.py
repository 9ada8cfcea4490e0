"""The page on extraction: its gold file is one, and what it names is there."""

import re
from pathlib import Path

from g60kg.cli.group import COMMANDS
from g60kg.evaluate import read_golds
from g60kg.extract.explain import Kind

PAGE = (Path(__file__).parents[2] / "docs" / "extraction.md").read_text(encoding="utf-8")


def test_the_gold_file_shown_is_one(tmp_path: Path) -> None:
    [block] = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    (tmp_path / "news.txt").write_text("Wuhu.")
    (tmp_path / "news.gold.json").write_text(block, encoding="utf-8")
    [gold] = read_golds(tmp_path)
    assert [part for part, _ in gold.facts] == ["relations", "statistics", "years"]
    assert len(gold.never_entities) == len(gold.never_relations) == 1


def test_every_kind_of_mark_is_described() -> None:
    kinds = Kind.__args__  # type: ignore[attr-defined]
    assert all(f"`{kind}`" in PAGE for kind in kinds)


def test_the_commands_named_are_there() -> None:
    assert set(re.findall(r"`g60kg (\w+)", PAGE)) <= set(COMMANDS)
