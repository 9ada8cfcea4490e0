"""What a question is understood as: names whole, short, in part and garbled; typos; numbers and times."""

import pytest

from g60kg.ask.answer import Asker
from g60kg.ask.model import Question
from g60kg.ask.understand import kind_of, understand
from g60kg.kg.asking import _askers
from tests.ask.conftest import Ask


@pytest.fixture(scope="module")
def read(ask: Ask) -> Asker:
    ask("芜湖在哪个省")
    return next(asker for _, asker in _askers.values())


def things(question: Question) -> set[str]:
    return {
        value for term in question.terms if term.kind == "thing" and term.weight >= 1 for value in term.values
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is Matsue City", {"songjiang"}),
        ("區別：蕪湖與合肥", {"wuhu", "hefei"}),
        ("the length of the corridor", {"g60-corridor"}),
        ("2.0版有什么城市", {"g60-corridor-phase-2"}),
        ("how big is the brain science base", {"g60-brain-intelligence-base"}),
        ("Where does Tencent's advanced computing center stand", {"tencent-yrd-ai-computing-center"}),
        ("智电港在哪", {"chint-tus-smart-electric-port"}),
        ("is Sonjiang a district", {"songjiang"}),
    ],
)
def test_names(text: str, found: set[str], read: Asker) -> None:
    assert found <= things(understand(text, read.index))


@pytest.mark.parametrize(
    "text", ["Is Fuzhou in the corridor?", "Where is Kuzhou?", "Does Zuzhou belong to it?"]
)
def test_a_name_that_is_like_another_is_not_taken_for_it(text: str, read: Asker) -> None:
    question = understand(text, read.index)
    assert things(question) <= {"g60-corridor"}
    assert question.unknown
    assert not question.notes


@pytest.mark.parametrize("text", ["Who is headquartered in Hefei?", "Where is the headquarters of Fosun?"])
def test_a_word_for_a_relation_is_no_name(text: str, read: Asker) -> None:
    assert "headquarters-economy" not in things(understand(text, read.index))


def test_most_of_a_name_means_its_thing(read: Asker) -> None:
    question = understand("where is the Wuhu industrial innovation center being built", read.index)
    assert "wuhu-shanghai-industrial-innovation-center" in things(question)


def test_typos_of_words_are_mended_and_said(read: Asker) -> None:
    question = understand("what is the lenght and the populaton of the corridor", read.index)
    assert question.notes == ("lenght → length", "populaton → population")
    assert {"length", "population"} <= {value for term in question.terms for value in term.values}


@pytest.mark.parametrize("text", ["which is larger", "longer firms", "biggest of all", "unknownword here"])
def test_what_is_no_typo_stays(text: str, read: Asker) -> None:
    assert not understand(text, read.index).notes


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("what happened in 2018", "year", "2018"),
        ("2021年4月的签约", "year", "2021"),
        ("2021年4月的签约", "month", "04"),
        ("the signing in March", "month", "03"),
        ("over 1,633 firms", "number", "1633"),
        ("57.92 million people", "number", "57920000"),
        ("450亿元", "number", "45000000000"),
        ("fifty projects", "number", "50"),
        ("五十个项目", "number", "50"),
        ("95%这个数字", "number", "95"),
        ("more than 2,000 firms", "number", "2000"),
    ],
)
def test_numbers_and_times(text: str, kind: str, value: str, read: Asker) -> None:
    assert (kind, (value,)) in {(term.kind, term.values) for term in understand(text, read.index).terms}


def test_the_months_that_are_other_words_too(read: Asker) -> None:
    terms = understand("they may march on", read.index).terms
    assert not [term for term in terms if term.kind == "month"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Is the cluster worth more than 10 billion yuan?", "yes_no"),
        ("Are there more AI firms or more chip firms?", "compare"),
        ("Which firm invested 45 billion yuan?", "who"),
        ("Which city was the first to build one?", "who"),
        ("In which city does it lie?", "where"),
        ("quote on population", "source"),
        ("what do the articles say about Tencent", "source"),
        ("松江有多少家上市公司，在上海排第几", "rank"),
        ("有多少人", "how_much"),
        ("list all articles", "published"),
        ("松江宣言", "thing"),
        ("", "thing"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_only_the_beginning_of_a_long_text_is_read(read: Asker) -> None:
    question = understand("where is Wuhu " + "and Hefei " * 20_000, read.index)
    assert things(question) == {"wuhu", "hefei"}
    assert len(question.terms) < 100
