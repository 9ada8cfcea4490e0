"""Nothing untrue is said: by kind of what an answer could claim and does not know."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.ask.asked import Asked
from g60kg.ask.understand import understand
from g60kg.ask.yesno import _worded
from g60kg.kg.asking import _askers
from tests.ask.conftest import Ask
from tests.docs.shown import sessions
from tests.running import Run

PAGE = (Path(__file__).parents[2] / "docs" / "ask.md").read_text(encoding="utf-8")
SHOWN = [shlex.split(command)[2] for command, _ in sessions(PAGE)]
PLANS = (
    "Innolux Corporation, Shanghai Topower New Energy Co Ltd and other companies will also move to the "
    "G60 Sci-Tech Corridor."
)

OUTPUT = (
    "Songjiang's enterprises above designated size had an output of 407.265 billion yuan in 2020, "
    "up 7.9 percent."
)


@pytest.fixture(scope="module")
def ask_plans(another: Callable[[], KnowledgeGraph]) -> Ask:
    kg = another()
    kg.add(Article("plans", PLANS, date="2024-06-01"))
    return kg.ask


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Are there more integrated circuit companies than AI companies?", "No: 121"),
        ("Are there more AI companies than integrated circuit companies?", "Yes: more than 840"),
        ("Are there more companies in AI than in biomedicine?", "No: more than 840"),
        ("Are there fewer companies in AI than in biomedicine?", "Yes: more than 840"),
        ("人工智能企业比集成电路企业多吗", "是的：超过840"),
        ("集成电路企业是否多于人工智能企业", "不是：121"),
        ("人工智能企业比集成电路企业少吗", "不是：超过840"),
    ],
)
def test_a_comparison_is_answered_with_both_figures(question: str, begins: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.text.startswith(begins)
    assert len(answer.rows) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Are there more robots companies than satellite internet companies?",
        "Does Hefei have more companies than Wuhu?",
        "Does Tencent make chips?",
        "Did KUKA sign the Songjiang Declaration?",
        "Did Shanghai sign the Songjiang Declaration?",  # a district of it did
        "Is Anhui part of the corridor?",
    ],
)
def test_no_sentence_that_does_not_state_it_says_yes(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.text.startswith("Not known: nothing in the graph says so")
    assert not answer.found


@pytest.mark.parametrize(
    ("question", "begins", "found"),
    [
        ("Has Innolux moved to the corridor?", "Not yet: planned", False),
        ("群创光电搬到走廊了吗", "尚未：计划中", False),
        ("Will Innolux move to the corridor?", "Planned", True),
    ],
)
def test_what_is_planned_is_no_plain_yes(question: str, begins: str, found: bool, ask_plans: Ask) -> None:
    answer = ask_plans(question)
    assert answer.text.startswith(begins)
    assert answer.found == found
    assert {row["standing"] for row in answer.rows} <= {"planned", "计划中"}


def test_what_is_planned_is_marked_in_lists_and_figures(ask_plans: Ask) -> None:
    assert "Innolux Corporation (planned)" in ask_plans("Which companies moved to the corridor?").text
    cluster = ask_plans("How big is the biopharma cluster?")
    assert "(planned)" in cluster.text
    assert {row["standing"] for row in cluster.rows} == {"planned"}
    assert "（计划中）" in ask_plans("生物医药产业集群规模多大").text


@pytest.mark.parametrize(
    ("mark", "text", "verdict"),
    [
        ("denied", "No: the article says that it is denied: it", "no"),
        ("reported", "Reported, not said as a fact: it", "yes"),
        ("partial", "In part: it", "yes"),
        ("proposed", "Yes, to confirm: it", "yes"),
    ],
)
def test_what_limits_a_claim_is_said_before_it(mark: str, text: str, verdict: str, ask: Ask) -> None:
    ask("Is Wuhu in Anhui?")
    index = next(asker for _, asker in _askers.values()).index
    q = Asked(understand("Is Wuhu in Anhui?", index), index)
    assert _worded(q, True, "it", (mark,)) == (text, verdict)


def test_what_awaits_confirmation_is_marked(changing: KnowledgeGraph) -> None:
    kg = changing
    kg.add(Article("output", OUTPUT, date="2021-03-17"))
    answer = kg.ask("What did Songjiang's above-scale enterprises produce in 2020?")
    assert answer.text.startswith("407.265 billion yuan (to confirm)")
    assert {row["standing"] for row in answer.rows} == {"to confirm"}
    assert "4,072.65亿元（待确认）" in kg.ask("松江2020年规上企业产值多少").text


@pytest.mark.parametrize(
    "question",
    [
        *SHOWN,
        "which firms work on robots",
        "Which provinces does the corridor cover?",
        "Which cities signed the Songjiang Declaration?",
        "Is Suzhou in Jiangsu?",
        "How long is the corridor now?",
        "How much does Tencent's computing center cost?",
        "what does Tencent operate",
        "Which parks are in Songjiang?",
        "Who built the Wuhu innovation center?",
        "Which cities are in Anhui?",
        "semiconductor companies",
        "When did the corridor begin?",
        "松江有哪些产业园区",
        "走廊面积多大",
        "湖州在哪个省",
    ],
)
def test_the_query_shown_gives_the_same_rows(question: str, ask: Ask, g60kg: Run) -> None:
    shown = [each for each in (*ask(question).choices, *ask(question).known) if each.query]
    for choice in shown:
        command = shlex.split(choice.query)
        result = g60kg(*command[1:], *(["--format", "jsonl"] if command[1] == "query" else []))
        assert (result.status, result.err) == (0, "")
        if command[1] == "query":
            rows = [set(map(local_text, json.loads(line).values())) for line in result.out.splitlines()]
            facts = [
                {fact.subject, float(fact.limits["value"][0]) if fact.is_figure else fact.object}
                for fact in choice.facts
            ]
            assert all(any(fact <= row for row in rows) for fact in facts)
            assert all(any(fact <= row for fact in facts) for row in rows)


def local_text(value: object) -> object:
    """Return what a cell is called in facts: the id of a thing, a number, a text."""
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value.rpartition("/id/")[2] if "/id/" in value else value
    return float(value) if isinstance(value, int | float) else value


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is Suzhou in Zhejiang?", "No: Suzhou part of Jiangsu"),
        ("Is Haier Zhigu in Wuhu?", "No: Haier Zhigu located in Songjiang"),
        ("Was the Songjiang Declaration signed in 2019?", "No: 2018"),
        ("Did the corridor begin in 2014?", "No: 2016"),
        ("Is the population of the corridor 40 million?", "No: about 57.92 million"),
        ("did the corridor get shorter in 2019?", "Not known"),
        ("Is CSG in Wuhu?", "Not known"),
        ("Is Nanjing a member city of the corridor?", "Not known"),
        ("走廊是2014年起步的吗", "不是：2016"),
        ("科大智能在芜湖吗", "不清楚"),
    ],
)
def test_no_is_said_where_something_contradicts(question: str, begins: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.text.startswith(begins)
    assert not answer.found


@pytest.mark.parametrize("question", ["what is the biggest investment in Songjiang?", "松江最大的投资是多少"])
def test_a_place_that_is_named_is_never_left_out(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert not answer.found
    assert answer.known
    assert "Songjiang" not in answer.about


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is the corridor still 40 km long?", "No: 180 km"),
        ("Is the corridor still 180 km long?", "Yes: 180 km"),
        ("Was the corridor originally 40 km long?", "Yes: 40 km"),
    ],
)
def test_what_was_is_not_what_still_is(question: str, begins: str, ask: Ask) -> None:
    assert ask(question).text.startswith(begins)


TWICE = "Songjiang signed 20 projects worth 28.11 billion yuan on April 7."
ROUNDS = "Fifty industrial projects were signed in Songjiang, with an investment of 23.283 billion yuan."
ROUND = "Songjiang signed 20 projects worth 28 billion yuan in April."
PARK = "The Haier Zhigu project in Songjiang has an investment of {n} billion yuan."


@pytest.mark.parametrize(
    ("texts", "question", "begins"),
    [
        (
            (TWICE, ROUNDS),
            "Taken together, what were the fifty and the twenty projects worth?",
            "51.393 billion",
        ),
        ((TWICE, ROUNDS), "松江两次签约的投资合计多少亿元？", "共513.93亿元"),
        ((TWICE, ROUND), "How much is invested in Songjiang in total?", "Not added up: "),
        (
            (PARK.format(n=2), PARK.format(n=3)),
            "How much does Haier Zhigu cost altogether?",
            "Not added up: ",
        ),
    ],
)
def test_only_like_figures_are_added_up(
    texts: tuple[str, ...], question: str, begins: str, changing: KnowledgeGraph
) -> None:
    for number, text in enumerate(texts):
        changing.add(Article(f"round-{number}", text, date=f"202{number + 1}-05-11"))
    answer = changing.ask(question)
    assert answer.text.startswith(begins)
    assert {each.article for each in answer.evidence} == {"round-0", "round-1"}


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("How many companies are there altogether in AI and integrated circuits?", ("840", "121")),
        ("人工智能和集成电路企业一共多少家", ("840", "121")),
    ],
)
def test_together_lists_all_figures(question: str, figures: tuple[str, ...], ask: Ask) -> None:
    assert all(figure in ask(question).text for figure in figures)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How big is the biopharma cluster supposed to be, in US dollars?", "US$13.8 billion"),
        ("When did the corridor move to version 3.0?", "2018"),
        ("松江、嘉兴、杭州哪一年签的战略合作协议", "2017"),
        ("Which provinces does the corridor run through?", "Anhui"),
        ("Which cities belong to the corridor?", "Xuancheng"),
        ("芜湖的产业创新中心建在上海哪个区", "松江"),
        ("走廊穿过哪些省", "安徽"),
    ],
)
def test_what_is_known_of_the_very_thing_is_the_answer(question: str, answer: str, ask: Ask) -> None:
    found = ask(question)
    assert found.found
    assert answer in found.text


def test_a_name_does_not_end_inside_a_word(ask: Ask) -> None:
    assert ask("上海市长是谁").text.startswith("没有答案")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("What about Hefei, is that on the member list?", "Yes: "),
        ("What about Wuxi, is that on the member list?", "Not known"),
        ("Linhang应该是哪儿", "“Linhang"),
        ("芜湖那个创新中心，算不算安徽城市在上海自建的第一个？", "不清楚"),
    ],
)
def test_what_is_asked_in_other_words_is_answered_and_nothing_else_denied(
    ask: Ask, question: str, begins: str
) -> None:
    assert ask(question).text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("走廊人口超过六千万了吗", "不是"),
        ("走廊人口超过五千万了吗", "是的"),
        ("人工智能企业有八百家以上吗", "是的"),
    ],
)
def test_a_limit_in_chinese_numerals(question: str, begins: str, ask: Ask) -> None:
    assert ask(question).text.startswith(begins)


def test_a_size_that_names_a_kind_is_no_limit(changing: KnowledgeGraph) -> None:
    text = "Output of Songjiang's enterprises above designated size was 407.265 billion yuan in 2020."
    changing.add(Article("size", text, date="2021-03-11"))
    asked = "Was the output of Songjiang's enterprises above designated size in 2020 {} 400 billion yuan?"
    assert changing.ask(asked.format("below")).text.startswith("No")
    assert changing.ask(asked.format("above")).text.startswith("Yes")
