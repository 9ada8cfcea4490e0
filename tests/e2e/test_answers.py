"""Every stored query on the real article, and questions whose answer must be no."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from g60kg import KnowledgeGraph
from g60kg.query import load_catalogue
from g60kg.resources import resource
from tests.e2e.answers import EXPECTED
from tests.query.cases import lines, read_cases


@pytest.fixture(scope="module")
def kg(packaged: KnowledgeGraph) -> KnowledgeGraph:
    return packaged


def test_answers(kg: KnowledgeGraph, subtests: pytest.Subtests) -> None:
    for case in read_cases(EXPECTED):
        with subtests.test(str(case)):
            values: Mapping[str, Any] = case.values
            assert Counter(lines(kg.query(case.query, **values))) == Counter(case.rows)


def test_every_query_has_an_answer_written_down() -> None:
    assert {case.query for case in read_cases(EXPECTED)} == set(load_catalogue(resource("queries")).names)


@pytest.mark.parametrize(
    "question",
    [
        "ASK { ?company a g60:Company , g60:Place }",
        "ASK { ?thing g60:locatedIn id:japan }",
        "ASK { ?thing g60:locatedIn id:tokyo }",
        "ASK { id:wuhu g60:partOf id:jiangsu }",
        "ASK { id:haier-zhigu g60:locatedIn id:wuhu }",
        "ASK { id:songjiang g60:partOf id:zhejiang }",
        "ASK { id:g60-corridor-phase-2 g60:memberCity id:hefei }",
        "ASK { ?claim a g60:Claim FILTER NOT EXISTS { ?claim oa:hasTarget ?target } }",
        'ASK { ?entity skos:prefLabel ?name FILTER(CONTAINS(STR(?name), "Cai Bin")) }',
        'ASK { ?entity skos:prefLabel ?name FILTER(CONTAINS(STR(?name), "Jiang Huihui")) }',
    ],
)
def test_no_is_the_answer(question: str, kg: KnowledgeGraph) -> None:
    assert kg.sparql(question) is False


@pytest.mark.parametrize(
    "question",
    [
        "ASK { id:tencent a g60:ArtificialIntelligenceCompany }",
        "ASK { id:g60-corridor g60:memberCity id:wuhu , id:songjiang , id:hangzhou }",
        "ASK { id:wuhu g60:cooperatesWith id:songjiang }",
        "ASK { id:haier-zhigu g60:locatedIn id:china }",
        "ASK { GRAPH graph:inferred { id:omnivision a g60:IntegratedCircuitCompany } }",
    ],
)
def test_yes_is_the_answer(question: str, kg: KnowledgeGraph) -> None:
    assert kg.sparql(question) is True
