"""What nothing says is not answered: by kind of what is other than what is there."""

import json

import pytest

from tests.ask.conftest import Ask
from tests.running import Run

OTHER_RELATIONS = [
    "who founded Haier Zhigu?",
    "who founded the Lingang Science City",
    "who bought Tencent",
    "which company acquired OmniVision?",
    "who sued KUKA?",
    "who designed the Wuhu innovation center?",
    "who translated the Songjiang Declaration?",
    "where does Fosun Pharma sell its drug",
    "where is the airport of Jinhua",
    "when was the washing machine factory closed",
    "why did Haier build the washing machine factory",
    "what language is spoken in Wuhu",
    "what did Fosun Pharma pay to Haohai",
    "谁创办了海尔智谷",
    "谁收购了腾讯",
    "修正药业的创始人是谁",
    "超硅半导体在哪里上市",
    "腾讯算力中心哪年关闭",
    "复星医药为什么退出上海",
]
OTHER_THINGS = [
    "which hospitals are in Songjiang?",
    "How many employees does Tencent have?",
    "how many students are at Songjiang University",
    "what is the population of Hangzhou?",
    "how long is the Shanghai-Suzhou-Huzhou high-speed railway?",
    "how many AI companies does Hefei have?",
    "库卡的工厂在哪里",
    "who owns Fosun Pharma",
    "宣城有哪些园区",
    "苏州有多少家集成电路企业",
    "沪苏湖高铁全长多少公里",
]
OTHER_YEARS = [
    "how many AI companies were there in 2015?",
    "what was the population of the corridor in 1990",
    "what was the length of the corridor in 2030",
    "2012年有多少家生物医药企业",
]
OTHER_NUMBERS = [
    "what is the area of Songjiang",
    "what does a CAR-T therapy cost",
    "what is the GDP of the corridor",
    "杭州的面积有多大",
    "湖州有多少家药企",
    "海尔投资了多少钱",
    "How many universities are in Songjiang?",
    "松江有多少所大学",
]


@pytest.mark.parametrize("question", [*OTHER_RELATIONS, *OTHER_THINGS, *OTHER_YEARS, *OTHER_NUMBERS])
def test_what_nothing_says(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.text.startswith(
        ("No answer: ", "没有答案：", "Not known: the graph holds nothing named", "不清楚：")
    )
    assert not answer.found
    assert len(answer.choices) == 1
    assert not answer.evidence


@pytest.mark.parametrize("question", ["Does Quectel export chips?", "Did Wuhu leave the corridor?"])
def test_no_yes_to_another_verb(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.text == "Not known: nothing in the graph says so"
    assert not answer.found
    assert all(not choice.text.startswith("Yes") for choice in answer.known)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who operates Tencent's computing center", "Tencent"),
        ("what does Tencent operate", "Tencent"),
        ("How many AI companies were there in 2023?", "840"),
        ("What was the area of the corridor in 2023?", "76,200"),
        ("where is Haier Zhigu", "Songjiang"),
        ("which firms work on robots", "KUKA"),
        ("List companies in robotics", "KUKA"),
        ("海尔智谷在哪里", "松江"),
    ],
)
def test_what_is_said_of_the_same_things_is_answered(question: str, answer: str, ask: Ask) -> None:
    found = ask(question)
    assert found.found
    assert answer in found.text
    assert not found.known


def test_what_is_known_instead_stands_right_below(g60kg: Run) -> None:
    result = g60kg("ask", "who bought Tencent")
    head, known, first, *_ = result.out.splitlines()
    assert (result.status, head) == (1, "No answer: nothing in the graph says that of Tencent")
    assert (known, first[:40]) == ("What is known of Tencent:", "Tencent operates Tencent Yangtze River D")
    other = g60kg("ask", "who founded Haier Zhigu?").out.split("\n\n")[0].splitlines()
    assert [*other[1:2], other[2][:11]] == ["What is known of Haier Zhigu:", "Haier Zhigu"]
    assert "version 1.0" not in "".join(other)
    chinese = g60kg("ask", "谁收购了腾讯")
    assert chinese.status == 1
    assert chinese.out.splitlines()[1] == "关于腾讯，已知的有："


def test_what_is_known_instead_is_no_reading(g60kg: Run) -> None:
    answer = json.loads(g60kg("ask", "who bought Tencent", "--format", "json").out)
    assert not answer["found"]
    assert [each["text"] for each in answer["readings"]] == [answer["answer"]]
    assert answer["known"][0]["evidence"]


@pytest.mark.parametrize(
    "question", ["Does it have more companies?", "are there more firms now than before?"]
)
def test_a_comparison_without_two_sides_is_not_known(question: str, ask: Ask) -> None:
    assert str(ask(question)).startswith("Not known: nothing in the graph says so")
