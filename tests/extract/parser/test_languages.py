"""Text that the parser has no model for: nothing is read, and that is said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.extract.parser.reader import is_latin
from g60kg.extract.reply import RecordedReader
from tests.extract.packaged import extractor
from tests.running import Run, runner

CHINESE = "芜湖市地处安徽省，总面积6026平方公里。2023年，松江区签约20个项目，总投资100亿元。\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("", True),
        ("2023: 60 %", True),
        ("Haier is in Wuhu.", True),
        ("Wuhu (芜湖市) lies in Anhui (安徽省).", True),
        ("Škoda și Łódź", True),
        (CHINESE, False),
        ("G60科创走廊由松江提出，覆盖九个城市。", False),
        ("Москва и Казань", False),
        ("도쿄 東京 とうきょう", False),
    ],
)
def test_what_is_written_in_latin_letters(text: str, latin: bool) -> None:
    assert is_latin(text) is latin


def test_nothing_is_proposed_for_chinese_text() -> None:
    verified = extractor().verified(Article("example", CHINESE))
    assert (verified.claims, verified.rejections) == ((), ())


def test_it_is_said_that_nobody_reads_it(run: Run, tmp_path: Path) -> None:
    chinese, english = tmp_path / "zh.txt", tmp_path / "en.txt"
    chinese.write_text(CHINESE, encoding="utf-8")
    english.write_text("Tencent has teamed up with Fosun Pharma.\n", encoding="utf-8")
    status, out, err = run("extract", chinese, english)
    assert status == 0
    assert [json.loads(line)["article"] for line in out.splitlines()] == ["en"]
    [line] = err.splitlines()
    assert line == "g60kg: zh: not read, since the parser reads English; give --reader model, or --replies"


@pytest.mark.parametrize("option", ["--explain", "--rejected"])
def test_it_is_said_when_its_reading_is_explained_too(run: Run, tmp_path: Path, option: str) -> None:
    (tmp_path / "zh.txt").write_text(CHINESE, encoding="utf-8")
    status, _, err = run("extract", tmp_path / "zh.txt", option)
    assert status == 0
    assert "the parser reads English" in err


def test_what_is_recorded_for_it_is_read_and_nothing_is_said(tmp_path: Path) -> None:
    claim = {
        "quote": "芜湖市地处安徽省",
        "subject": {"name": "芜湖市", "mention": "芜湖市", "class": "City"},
        "predicate": "partOf",
        "object": {"name": "安徽省", "mention": "安徽省", "class": "Province"},
    }
    reply = {"by": "person", "claims": [claim]}
    (tmp_path / "example.json").write_text(json.dumps(reply, ensure_ascii=False), encoding="utf-8")
    own = replace(extractor(), recorded=RecordedReader((tmp_path,)))
    article = Article("example", CHINESE, language="zh")
    assert own.unread(article) is None
    assert [(c.subject.iri[-4:], c.predicate) for c in own.claims(article)] == [("wuhu", "g60:partOf")]


def test_another_reader_is_asked_for_any_language() -> None:
    none = replace(extractor(), readers=())
    assert none.unread(Article("example", CHINESE)) is None
    assert extractor().unread(Article("example", CHINESE)) is not None
