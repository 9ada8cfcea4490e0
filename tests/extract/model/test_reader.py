"""The model reader against a server of recorded replies, and what its proposals become once verified."""

import asyncio
import io
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import ModelError, ReplyError
from g60kg.extract import load_extractor
from g60kg.extract.model import Limits, ModelReader, Spent
from g60kg.extract.model import prompt as prompts
from g60kg.extract.proposals import Mention, Proposal, Reader
from g60kg.extract.verify import Verifier, load_bases
from g60kg.register import load_register
from g60kg.resources import resource
from g60kg.text.lexicon import Lexicon, load_lexicon
from tests.extract.model.serving import TEXTS, Request, Said, chat, error, recorded, served

FAST = Limits(connect=5, read=5, total=20, pause=0.01)


@cache
def lexicon() -> Lexicon:
    return load_lexicon(load_register(resource("data", "register")))


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each paragraph of the short texts a passage of its own."""
    monkeypatch.setattr(prompts, "LONGEST", 130)


def article(name: str, **known: str) -> Article:
    return replace(Article.from_file(TEXTS / f"{name}.txt"), **known)


def said(proposals: tuple[Proposal, ...]) -> list[str]:
    return [f"{p.subject.name} {p.predicate.removeprefix('g60:')}" for p in proposals]


def test_an_article_is_read_passage_by_passage(short: None, caplog: pytest.LogCaptureFixture) -> None:
    with served(recorded("sensors")) as server:
        reader = ModelReader(server.url, "small", "secret", limits=FAST)
        of_the_contract: Reader = reader
        proposals = tuple(of_the_contract.propose(article("sensors", date="2024-03-05")))
    assert said(proposals)[0] == "Lanting Sensors headquarteredIn"
    assert {p.reader for p in proposals} == {reader.name} == {"model:small"}
    assert {p.basis for p in proposals} == {"model"}
    assert len(proposals) == 7
    assert [request.path for request in server.requests] == ["/v1/chat/completions"] * 3
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer secret"}
    assert reader.spent == Spent(3, 0, 300, 60)
    assert caplog.messages == []
    asked = [request.asked["messages"][-1]["content"] for request in server.requests]
    assert "Names found so far" not in asked[0]
    assert all("Names found so far:\nLanting Sensors (Company)" in each for each in asked[1:])
    assert all("Date:\n2024-03-05" in each for each in asked)
    schema = server.requests[0].asked["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["properties"]["claims"]["items"]["required"][0] == "quote"


def test_proposals_are_placed_and_names_that_stand_nowhere_are_not_passed_on(short: None) -> None:
    text = article("sensors").text
    with served(recorded("sensors")) as server:
        proposals = ModelReader(server.url, "small", limits=FAST).propose(article("sensors"))
    placed = [p for p in proposals if p.start is not None]
    assert len(placed) == 6
    assert all(text[p.start : p.start + len(p.quote)] == p.quote for p in placed if p.start is not None)
    assert any(isinstance(p.object, Mention) and p.object.name == "Wuhan" for p in proposals)
    assert not any("Wuhan" in json.dumps(request.asked) for request in server.requests)


def test_what_the_model_invents_is_refused_by_the_verifier() -> None:
    read = article("sensors")
    with served(recorded("sensors")) as server:
        proposals = ModelReader(server.url, "small", limits=FAST).propose(read)
    verified = Verifier(lexicon(), load_bases()).verify(read, proposals)
    assert {c.reader for c in verified.claims} == {"model:small"}
    assert all(read.text[c.start : c.end] == c.quote for c in verified.claims)
    assert {"g60:headquarteredIn", "g60:companyCount", "g60:partOf"} <= {c.predicate for c in verified.claims}
    refused = {(r.check, getattr(r.proposal.object, "name", r.proposal.object)) for r in verified.rejections}
    assert ("quote", "Wuhan") in refused
    assert "number" in {check for check, _ in refused}


def test_a_chinese_text_is_read_to_the_end() -> None:
    read = article("songjiang", language="zh")
    with served(recorded("songjiang")) as server:
        proposals = ModelReader(server.url, "small", limits=FAST).propose(read)
    verified = Verifier(lexicon(), load_bases()).verify(read, proposals)
    objects = {
        (c.subject.label, c.predicate, getattr(c.object, "value", None) or getattr(c.object, "label", None))
        for c in verified.claims
    }
    company = "蓝庭传感科技有限公司"
    assert objects == {
        ("Songjiang District", "g60:partOf", "Shanghai"),
        ("Songjiang District", "g60:companyCount", "2800"),
        (company, "g60:headquarteredIn", "Songjiang District"),
        (company, "g60:count", "30000"),
        (company, "g60:investment", "4500000000"),
        ("工厂", "g60:locatedIn", "Hefei"),
    }
    refused = [getattr(r.proposal.object, "surface", "") for r in verified.rejections]
    assert sorted(refused) == ["45亿元", "苏州市"]


def test_kept_replies_need_no_model_and_give_the_same(tmp_path: Path, short: None) -> None:
    folder = tmp_path / "replies"
    with served(recorded("sensors")) as server:
        reader = ModelReader(server.url, "small", "secret", folder=folder, limits=FAST)
        first = reader.propose(article("sensors"))
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(kept) == 3
    assert b"secret" not in b"".join(kept.values())
    again = ModelReader(None, "small", folder=folder)
    assert again.propose(article("sensors")) == first
    assert again.spent == Spent(kept=3)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept
    assert len(server.requests) == 3


def test_half_a_character_is_kept_as_it_is_read(tmp_path: Path) -> None:
    reply = (TEXTS / "sensors.json").read_text(encoding="utf-8").replace("Wuhan", "Wu\\ud800")
    content = json.dumps(json.loads(reply), ensure_ascii=False)
    with served(lambda *_: chat(content)) as server:
        first = ModelReader(server.url, "small", folder=tmp_path, limits=FAST).propose(article("sensors"))
    assert ModelReader(None, "small", folder=tmp_path).propose(article("sensors")) == first
    assert len(first) == 7


def test_another_text_model_or_title_is_asked_for_anew(tmp_path: Path) -> None:
    with served(recorded("sensors")) as server:
        ModelReader(server.url, "small", folder=tmp_path, limits=FAST).propose(article("sensors"))
        for other in (article("sensors", title="New"), article("songjiang")):
            with pytest.raises(
                ModelError, match=r"no reply of model:small is kept .*; name an endpoint by --model-url"
            ):
                ModelReader(None, "small", folder=tmp_path).propose(other)
        with pytest.raises(ModelError, match="no reply of model:large is kept"):
            ModelReader(None, "large", folder=tmp_path).propose(article("sensors"))


def test_after_a_failure_only_what_is_missing_is_asked_for(tmp_path: Path, short: None) -> None:
    good = recorded("sensors")

    def script(request: Request, number: int) -> Said:
        return error(401)(request, number) if number == 1 else good(request, number)

    with served(script) as server:
        with pytest.raises(ModelError, match="401"):
            ModelReader(server.url, "small", folder=tmp_path, limits=replace(FAST, at_once=1)).propose(
                article("sensors")
            )
        assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
        reader = ModelReader(server.url, "small", folder=tmp_path, limits=FAST)
        assert len(reader.propose(article("sensors"))) == 7
    assert (reader.spent.asked, reader.spent.kept) == (2, 1)


@pytest.mark.parametrize(
    ("content", "finish", "report"),
    [
        (
            '{"claims": [{"quote": "Hefei is',
            "length",
            "not JSON: Unterminated string starting at, and ends early (length); its passage",
        ),
        ("I cannot help with that.", "stop", "not JSON"),
        ("", "stop", "not JSON"),
        (None, "content_filter", ", and ends early (content_filter); its passage gives nothing"),
        ('{"facts": []}', "stop", "lacks 'claims'; add it; its passage gives"),
        ("[" * 100_000, "stop", "nested too deep"),
        ('{"claims": [{"quote": 7}]}', "stop", "claim 1: "),
        (
            json.dumps({"claims": [{"quote": "Hefei"}] * 50_000}),
            "stop",
            "50,000 of 50,000 claims cannot be used",
        ),
    ],
)
def test_a_reply_of_no_use_costs_a_report(
    content: str | None, finish: str, report: str, caplog: pytest.LogCaptureFixture
) -> None:
    with served(lambda *_: chat(content, finish)) as server:
        assert ModelReader(server.url, "small", limits=FAST).propose(article("sensors")) == ()
    reports = caplog.messages
    assert any(report in each for each in reports), reports
    assert 1 <= len(reports) <= 4
    assert not any("\n" in each for each in reports)


@pytest.mark.parametrize(
    "dress", ["{}", "```json\n{}\n```", "<think>Hm, {{}} or not?</think>\n{}", " \n{}\n"]
)
def test_a_reply_is_found_under_thoughts_and_fences(dress: str) -> None:
    reply = json.loads((TEXTS / "sensors.json").read_text(encoding="utf-8"))
    with served(lambda *_: chat(dress.format(json.dumps(reply)))) as server:
        assert len(ModelReader(server.url, "small", limits=FAST).propose(article("sensors"))) == 7


def test_a_reply_may_not_call_itself_a_persons() -> None:
    reply = json.loads((TEXTS / "sensors.json").read_text(encoding="utf-8")) | {"by": "person"}
    with served(lambda *_: chat(json.dumps(reply))) as server:
        proposals = ModelReader(server.url, "small", limits=FAST).propose(article("sensors"))
    assert {p.basis for p in proposals} == {"model"}


def test_a_kept_reply_that_is_damaged_is_named(tmp_path: Path) -> None:
    with served(recorded("sensors")) as server:
        ModelReader(server.url, "small", folder=tmp_path, limits=FAST).propose(article("sensors"))
    [path] = tmp_path.iterdir()
    for damage in (b"", b"{}", b'{"text": 1, "finish": "", "sent": 0, "received": 0}', b"\xff"):
        path.write_bytes(damage)
        with pytest.raises(ReplyError, match=rf"{path.name}: a kept reply .*; remove it"):
            ModelReader(None, "small", folder=tmp_path).propose(article("sensors"))


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with served(recorded("sensors")) as server, pytest.raises(ModelError, match="a reply cannot be kept"):
        ModelReader(server.url, "small", folder=tmp_path / "file", limits=FAST).propose(article("sensors"))


def test_an_archive_is_refused_before_anything_is_sent() -> None:
    with served(recorded("sensors")) as server:
        with pytest.raises(ModelError, match=r"big: [\d,]+ passages, more than 200; split the article"):
            ModelReader(server.url, "small", limits=FAST).propose(
                Article("big", "Wuhu lies in Anhui. " * 40_000)
            )
        assert server.requests == []


def test_the_extractor_asks_the_model_named_with_the_key_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register = load_register(resource("data", "register"))
    with pytest.raises(ModelError, match="'' names no model; give --model NAME"):
        load_extractor(register, reader="model")
    monkeypatch.setenv("G60KG_MODEL_KEY", "k")
    with served(recorded("sensors")) as server:
        (reader,) = load_extractor(register, reader="model", model="large", model_url=server.url).readers
        reader.propose(article("sensors"))
    assert server.requests[0].asked["model"] == "large"
    assert server.requests[0].headers["authorization"] == "Bearer k"


def test_progress_is_shown_on_a_terminal_alone(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    with served(recorded("sensors")) as server:
        ModelReader(server.url, "small", limits=FAST).propose(article("sensors"))
        assert out.getvalue() == ""
        monkeypatch.setattr(out, "isatty", lambda: True)
        ModelReader(server.url, "small", limits=FAST).propose(article("sensors"))
    assert out.getvalue().startswith("\rsensors: 1/3 passages, 100 + 20 tokens\x1b[K\r")
    assert out.getvalue().endswith("\rsensors: 3/3 passages, 300 + 60 tokens\x1b[K\n")


def test_it_reads_within_a_loop_and_in_another_process() -> None:
    async def notebook(reader: ModelReader) -> int:
        return len(reader.propose(article("sensors")))

    with served(recorded("sensors")) as server:
        reader = pickle.loads(pickle.dumps(ModelReader(server.url, "small", limits=FAST)))
        with ThreadPoolExecutor(1) as apart:  # a browser's test may have left a loop in this thread
            assert apart.submit(asyncio.run, notebook(reader)).result() == 7
        assert len(reader.propose(article("sensors"))) == 7


def test_the_example_in_the_prompt_is_what_the_verifier_takes() -> None:
    example = prompts.wording()["example"]
    with served(lambda *_: chat(json.dumps(example["reply"]))) as server:
        read = Article("example", example["text"])
        proposals = ModelReader(server.url, "small", limits=FAST).propose(read)
    verified = Verifier(lexicon(), load_bases()).verify(read, proposals)
    assert verified.rejections == ()
    assert len(verified.claims) == len(example["reply"]["claims"]) == 5
