"""Figures in Chinese, and claims about a text in Chinese."""

import pytest

from g60kg.model import Entity
from g60kg.text.marks import Figure, Time
from tests.extract.verify.proposing import figure, kept, proposal, refused, thing, verified, verifier

TEXT = (
    "松江区是上海的一个区。该区有企业1.2万多家，其中三分之一从事智能制造。"
    "去年完成投资约450亿元。明年将新建两个园区。"
)


@pytest.mark.parametrize(
    ("words", "value", "unit", "comparator"),
    [
        ("约5792万人", "57920000", "unit:NUM", "about"),
        ("超过1.5万亿元", "1500000000000", "unit:CCY_CNY", "more than"),
        ("三分之一", "0.333333", "unit:FRACTION", "exact"),
        ("百分之九点五", "9.5", "unit:PERCENT", "exact"),
        ("1500多家", "1500", "unit:NUM", "more than"),
        ("1.2万多家", "12000", "unit:NUM", "more than"),
        ("三千五百万", "35000000", "unit:NUM", "exact"),
        ("一亿二千万元", "120000000", "unit:CCY_CNY", "exact"),
        ("十二个", "12", "unit:NUM", "exact"),
        ("二〇", "20", "unit:NUM", "exact"),
        ("7.62万平方公里", "76200", "unit:KiloM2", "exact"),
        ("不超过20%", "20", "unit:PERCENT", "up to"),
        ("近3,000家", "3000", "unit:NUM", "nearly"),
        ("60亿美元以上", "6000000000", "unit:CCY_USD", "at least"),
    ],
)
def test_numbers_are_read(words: str, value: str, unit: str, comparator: str) -> None:
    (mark,) = verifier().lexicon.chinese.figures(words)
    assert isinstance(mark.meaning, Figure)
    said = mark.meaning.value
    assert (said.value, said.unit, said.comparator) == (value, unit, comparator)


@pytest.mark.parametrize("words", ["点", "万一", "万亿", "分之", "百分之"])
def test_signs_that_make_no_number_are_none(words: str) -> None:
    assert not any(mark.end - mark.start == len(words) for mark in verifier().lexicon.chinese.figures(words))


def test_claims_about_a_chinese_text_are_verified() -> None:
    district = thing("松江区", "District", "该区")
    companies = proposal(
        "该区有企业1.2万多家",
        district,
        "companyCount",
        figure("1.2万多家", "12000", "count", "more than", "企业"),
    )
    claim = kept(TEXT, companies, language="zh")
    assert claim.subject.label == "Songjiang District"
    located = proposal(
        "松江区是上海的一个区", thing("松江区", "District"), "partOf", thing("上海", "Municipality")
    )
    shanghai = kept(TEXT, located, language="zh").object
    assert isinstance(shanghai, Entity)
    assert shanghai.label == "Shanghai"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2016年5月24日提出", ["2016-05-24"]),
        ("2016年提出", ["2016"]),
        ("去年12月", ["2022-12"]),
        ("五年", []),
    ],
)
def test_times_are_read(text: str, times: list[str]) -> None:
    marks = verifier().lexicon.chinese.times(text, "2023-07-11")
    assert [mark.meaning.start for mark in marks if isinstance(mark.meaning, Time)] == times


@pytest.mark.parametrize(("year", "is_kept"), [("2022", True), ("2021", False)])
def test_a_relative_year_is_computed(year: str, is_kept: bool) -> None:
    one = proposal(
        "去年完成投资约450亿元",
        thing("松江区", "District", ""),
        "investment",
        figure("450亿元", "45000000000", "CNY", "about"),
        limits={"year": year},
    )
    assert bool(verified(TEXT, one, language="zh").claims) is is_kept


def test_a_plan_in_chinese_is_no_fact() -> None:
    one = proposal(
        "明年将新建两个园区", thing("松江区", "District", ""), "count", figure("两个", "2", of="园区")
    )
    assert dict(kept(TEXT, one, language="zh").qualifiers)["modality"] == "planned"


@pytest.mark.parametrize(
    ("value", "unit", "check"), [("45000000", "CNY", "number"), ("45000000000", "USD", "unit")]
)
def test_a_wrong_scale_or_currency_is_refused(value: str, unit: str, check: str) -> None:
    one = proposal(
        "去年完成投资约450亿元",
        thing("松江区", "District", ""),
        "investment",
        figure("450亿元", value, unit, "about"),
    )
    assert refused(TEXT, one, language="zh") == check
