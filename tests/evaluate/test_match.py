import re

import pytest

from g60kg.evaluate.gold import RelationFact, StatisticFact, YearFact
from g60kg.evaluate.score import states
from g60kg.model import Value

from .conftest import claim, entity, figure

RELATION = RelationFact(re.compile("Wuhu"), ("partOf", "locatedIn"), re.compile("Anhui"))


def statistic(value: float, unit: str, comparator: str = "exact", industry: str = "") -> StatisticFact:
    names = re.compile(industry) if industry else None
    return StatisticFact("count", value, unit, comparator, re.compile("Wuhu"), names, "")


def test_a_relation_by_any_of_its_predicates() -> None:
    assert states(claim("Wuhu", "partOf", entity("Anhui Province")), RELATION)
    assert states(claim("Wuhu", "locatedIn", entity("Anhui")), RELATION)
    assert not states(claim("Wuhu", "covers", entity("Anhui")), RELATION)
    assert not states(claim("Anhui", "partOf", entity("Wuhu")), RELATION)


def test_a_name_is_found_in_the_label_or_in_the_words_of_the_text() -> None:
    repaired = entity("Songjiang", surface="Wuhu City")
    assert states(claim(repaired, "partOf", entity("Anhui")), RELATION)
    assert not states(claim("Wuhu", "partOf", Value("Anhui", "rdf:langString")), RELATION)


@pytest.mark.parametrize(
    ("value", "unit", "fact"),
    [
        ("76200", "unit:KiloM2", statistic(76200, "km2")),
        ("45000000000", "unit:CCY_CNY", statistic(45e9, "CNY")),
        ("45000000000", "cur:CNY", statistic(45e9, "CNY")),
        ("3", "unit:NUM", statistic(3, "count")),
        ("50", "unit:PERCENT", statistic(0.5, "fraction")),
        ("0.0416667", "unit:FRACTION", statistic(1 / 24, "fraction")),
        ("0.5", "unit:FRACTION", statistic(50, "percent")),
        ("200", "g60:Mu", statistic(200, "mu")),
    ],
)
def test_a_figure_in_the_units_of_the_gold_file(value: str, unit: str, fact: StatisticFact) -> None:
    assert states(claim("Wuhu", "count", figure(value, unit)), fact)


@pytest.mark.parametrize(
    "found",
    [
        claim("Wuhu", "count", figure("101")),
        claim("Wuhu", "count", figure("100", comparator="more than")),
        claim("Wuhu", "count", figure("100", "unit:HA")),
        claim("Hefei", "count", figure("100")),
        claim("Wuhu", "count", Value("100", "xsd:integer")),
        claim("Wuhu", "count", entity("Wuhu")),
    ],
)
def test_another_figure(found: object) -> None:
    assert not states(found, statistic(100, "count"))  # type: ignore[arg-type]


def test_the_industry_stands_in_a_qualifier_or_in_the_subject() -> None:
    fact = statistic(7, "count", industry="[Bb]iomed")
    assert states(claim("Wuhu", "count", figure("7"), industry=entity("Biomedicine")), fact)
    assert states(claim("Wuhu biomedical base", "count", figure("7")), fact)
    assert not states(claim("Wuhu", "count", figure("7"), industry="Biomedicine"), fact)
    assert not states(claim("Wuhu", "count", figure("7")), fact)


def test_a_year_stands_in_the_value_or_in_a_qualifier() -> None:
    fact = YearFact(re.compile("Wuhu"), "2016")
    assert states(claim("Wuhu", "startYear", Value("2016", "xsd:gYear")), fact)
    assert states(claim("Wuhu", "locatedIn", entity("Anhui"), date="2016-05-24"), fact)
    assert not states(claim("Wuhu", "startYear", Value("2017", "xsd:gYear")), fact)
    assert not states(claim("Hefei", "startYear", Value("2016", "xsd:gYear")), fact)
