"""The kinds of question of an analyst: each by one run of one stored query, and in plain words."""

from pathlib import Path
from typing import Any

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.kg.stages import stored_queries
from tests.yamls import read_yaml

KINDS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("analyst.yaml"))
MORE = (
    "CHINT Electrics, a subsidiary of CHINT Group, makes low-voltage electrical products. "
    "Hexagon Group of Sweden opened its Dual Smart Empowerment Center in Songjiang in July 2022. "
    "Shanghai Zhongke Chenxin Satellite Technology Co is investing 600 million yuan in a digital satellite "
    "factory in Songjiang. "
    "The population of the G60 Science and Technology Innovation Corridor is 61 million."
)
LATER = "Songjiang had 1,105 artificial intelligence companies at the end of 2025."


@pytest.fixture(scope="module")
def graphs(packaged: KnowledgeGraph, another: Any) -> dict[str, KnowledgeGraph]:
    more = another()
    more.add(Article("more", MORE, date="2023-07-11"))
    more.add(Article("later", LATER, date="2026-02-01"))
    return {"packaged": packaged, "more": more}


@pytest.fixture(params=KINDS, ids=lambda kind: kind["kind"].replace(" ", "-"))
def kind(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def test_one_run_of_one_query_answers_it(kind: dict[str, Any], graphs: dict[str, KnowledgeGraph]) -> None:
    kg, values = graphs[kind.get("graph", "packaged")], kind.get("values", {})
    rows = kg.query(kind["query"], **values)
    told = [" | ".join(map(str, row.values())) for row in rows.to_dicts()]
    for words in kind["rows"]:
        assert any(all(word in line for word in words) for line in told), words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_plain_words_find_it(language: str, kind: dict[str, Any], graphs: dict[str, KnowledgeGraph]) -> None:
    answer = graphs[kind.get("graph", "packaged")].ask(kind[language])
    assert answer.found
    assert answer.language == language
    assert answer.evidence
    assert [word for word in kind["answer"][language] if word not in answer.text] == []


def test_there_are_27_and_the_document_lists_them() -> None:
    text = (Path(__file__).parents[2] / "docs" / "questions.md").read_text("utf-8")
    assert len(KINDS) == 27
    for kind in KINDS:
        assert f"| {kind['kind']} | `{kind['query']}" in text
        assert kind["query"] in stored_queries().names
