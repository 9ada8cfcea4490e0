"""The page on extraction: its gold file is one, and what it names is there."""

import re
from pathlib import Path

from g60kg.article import Article
from g60kg.cli.main import COMMANDS
from g60kg.evaluate import read_golds
from g60kg.extract import claim_line, load_extractor
from g60kg.extract.explain import Kind
from g60kg.register import load_register
from tests.docs.shown import blocks

VERIFY = Path(load_extractor.__code__.co_filename).parent / "verify"
PAGE = (Path(__file__).parents[2] / "docs" / "extraction.md").read_text(encoding="utf-8")


def test_the_gold_file_shown_is_one(tmp_path: Path) -> None:
    [block] = [block for block in blocks(PAGE, "json") if '"relations"' in block]
    (tmp_path / "news.txt").write_text("Wuhu.")
    (tmp_path / "news.gold.json").write_text(block, encoding="utf-8")
    [gold] = read_golds(tmp_path)
    assert [part for part, _ in gold.facts] == ["relations", "statistics", "years"]
    assert len(gold.never_entities) == len(gold.never_relations) == 1


def test_the_file_of_proposals_shown_gives_its_claim(tmp_path: Path) -> None:
    [block] = [block for block in blocks(PAGE, "json") if '"claims"' in block]
    (tmp_path / "news.json").write_text(block, encoding="utf-8")
    extractor = load_extractor(load_register(), replies=[tmp_path], reader="recorded")
    [claim] = extractor.claims(Article("news", "Wuhu covers an area of 6,026 square kilometers."))
    assert claim_line(claim) == "id:wuhu g60:area 6026 unit:KiloM2"
    assert (claim.status, claim.reader) == ("accepted", "recorded")


def test_the_checks_told_are_those_of_the_verifier() -> None:
    table = PAGE[PAGE.index("| check |") : PAGE.index("Words of a plan")]
    told = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`(\S+)`", row)}
    code = "".join(path.read_text("utf-8") for path in sorted(VERIFY.glob("*.py")))
    assert told == {
        name for call in re.findall(r"Refused\(([^,]+),", code) for name in re.findall(r'"([a-z-]+)"', call)
    }


def test_every_kind_of_mark_is_described() -> None:
    kinds = Kind.__args__  # type: ignore[attr-defined]
    assert all(f"`{kind}`" in PAGE for kind in kinds)


def test_the_commands_named_are_there() -> None:
    assert set(re.findall(r"`g60kg (\w+)", PAGE)) <= set(COMMANDS)
