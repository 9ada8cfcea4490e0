"""The guide, run: its commands in the folder of its example, its files as they stand there."""

import io
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from g60kg.article import Article
from g60kg.cli.main import run
from g60kg.extract import Extractor, claim_line, load_extractor
from g60kg.extract.parser import frame_files
from g60kg.extract.parser.frame_checks import failing_examples, frames_of
from g60kg.extract.parser.reader import load_parser_reader
from g60kg.register import load_register
from g60kg.resources import resource
from tests.docs.shown import blocks, sessions

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "extending.md").read_text(encoding="utf-8")
EXAMPLE = DOCS / "examples" / "guangshen"
TEXTS = sorted(EXAMPLE.glob("articles/*.txt"))


def _fits(printed: str, shown: str) -> bool:
    """Tell whether an output is what the guide shows, where `…` at a line's end stands for anything."""
    parts = re.split(r"…(?=\n|$)", shown.strip())
    return re.fullmatch(".*".join(map(re.escape, parts)), printed.strip(), re.S) is not None


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    register = load_register(resource("data", "register"), EXAMPLE / "register")
    return load_extractor(register, [EXAMPLE / "frames"])


def test_every_command_prints_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "example")
    monkeypatch.chdir(tmp_path / "example")
    monkeypatch.setenv("G60KG_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    found = list(sessions(GUIDE))
    assert len(found) > 6
    for command, shown in found:
        words = shlex.split(command)
        assert words[0] == "g60kg"
        status = run(words[1:])
        out, err = capsys.readouterr()
        printed = (err if status == 2 else out).replace("\r\n", "\n").replace(f"{Path.cwd()}/", "")
        assert status == (2 if shown.startswith("g60kg: ") else 0), (command, err)
        assert _fits(printed, shown), f"{command}\n{printed}"


def _entries(folder: Path) -> list[Any]:
    return [
        entry for path in sorted(folder.glob("*.yaml")) for entry in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("block", [block for block in blocks(GUIDE, "yaml") if block.startswith("- ")])
def test_what_the_guide_shows_stands_in_the_example(block: str) -> None:
    [shown] = yaml.safe_load(block)
    held = {entry["id"]: entry for entry in _entries(EXAMPLE / "register") + _entries(EXAMPLE / "frames")}
    if "extends" in shown:
        assert shown["extends"] == "tencent"
        return
    found = held[shown["id"]]
    for key, value in shown.items():
        assert value == found[key]


def test_the_tables_of_the_guide_are_those_of_the_example() -> None:
    shown = [yaml.safe_load(block) for block in blocks(GUIDE, "yaml") if not block.startswith("- ")]
    held = [yaml.safe_load(path.read_text("utf-8")) for path in EXAMPLE.glob("frames/grammar/*.yaml")]
    assert all(table in held for table in shown)
    assert len(shown) == len(held)


def test_an_entry_can_be_extended_as_the_guide_says(tmp_path: Path) -> None:
    [block] = [block for block in blocks(GUIDE, "yaml") if "extends" in block]
    (tmp_path / "own.yaml").write_text(block, encoding="utf-8")
    register = load_register(resource("data", "register"), tmp_path)
    assert register.find("Shenzhen Tencent Computer Systems")[0].en == "Tencent"


def test_the_examples_of_the_frames_hold(extractor: Extractor) -> None:
    frames = frames_of([EXAMPLE / "frames"], extractor.lexicon)
    reader = load_parser_reader(extractor.lexicon, EXAMPLE / "frames")
    assert [frame.id for frame in frames] == ["anchors-corridor", "anchor-of-corridor"]
    assert list(failing_examples(frames, reader)) == []


def test_the_places_of_a_role_are_told() -> None:
    """Each path that a packaged frame uses is one of those that the guide names, or a preposition."""
    named = {
        "doer",
        "object",
        "subject",
        "changed",
        "self",
        "owner",
        "compound",
        "bearer",
        "time",
        "spoken of",
    }
    assert all(f"`{path}`" in GUIDE for path in named)
    keys = {"from", *frame_files.CALLED, *frame_files.NEEDED, *frame_files.OTHERS, *frame_files.ROLE}
    assert all(re.search(rf"`{key}\b", GUIDE) or f"\n  {key}:" in GUIDE for key in keys - {"id"})


def test_what_the_two_texts_say(extractor: Extractor) -> None:
    said = {claim_line(claim) for text in TEXTS for claim in extractor.claims(Article.from_file(text))}
    assert said >= {
        "id:guangzhou-shenzhen-corridor g60:memberCity id:dongguan",
        "id:guangzhou-shenzhen-corridor g60:length 180 unit:KiloM",
        "id:songshan-lake-high-tech-zone g60:locatedIn id:guangzhou-shenzhen-corridor",
        "id:songshan-lake-high-tech-zone g60:area 103 unit:KiloM2",
        "id:china-spallation-neutron-source g60:locatedIn id:songshan-lake-high-tech-zone",
        "id:guangming-science-city g60:locatedIn id:shenzhen",
        "id:guangming-science-city g60:area 99 unit:KiloM2",
        "id:shenzhen g60:companyCount more than 24000 unit:NUM countedKind=high-tech enterprises year=2023",
    }


def test_without_the_example_little_of_it_is_read() -> None:
    packaged = load_extractor(load_register())
    said = "".join(claim_line(claim) for text in TEXTS for claim in packaged.claims(Article.from_file(text)))
    assert "id:guangzhou-shenzhen-corridor" not in said
    assert "id:guangming-science-city" not in said


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)", GUIDE):
        assert (DOCS / target).exists()
