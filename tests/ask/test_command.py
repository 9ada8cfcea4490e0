"""`g60kg ask`: what it prints, its exit status, and what it does with unusable input."""

import json

import pytest

from tests.running import Run


def test_an_answer(g60kg: Run) -> None:
    result = g60kg("ask", "how many AI companies are there?")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("more than 840: Songjiang District")


def test_json(g60kg: Run) -> None:
    result = g60kg("ask", "芜湖在哪个省", "--format", "json")
    answer = json.loads(result.out)
    assert (answer["answer"], answer["found"], answer["nearest"]) == ("安徽省", True, [])
    [reading] = answer["readings"]
    assert reading["rows"][0]["value"] == "安徽省"
    assert reading["understood"]["thing"] == "芜湖 = 芜湖市"
    assert reading["query"] == "g60kg query regions-below --entity Wuhu --place 'Anhui Province'"


def test_the_query_shown_runs(g60kg: Run) -> None:
    query = json.loads(g60kg("ask", "Which cities signed the Songjiang Declaration?", "--format", "json").out)
    words = query["readings"][0]["query"].split(" --")
    result = g60kg(*words[0].split()[1:], *(part.strip("'") for part in f"--{words[1]}".split(" ", 1)))
    assert result.status == 0
    assert "Suzhou" in result.out


@pytest.mark.parametrize(
    "question", ["Is Suzhou in Zhejiang?", "Who is the mayor of Songjiang?", "asdf qwerty"]
)
def test_no_leaves_with_1(question: str, g60kg: Run) -> None:
    result = g60kg("ask", question)
    assert (result.status, result.err) == (1, "")
    assert result.out.startswith("No")


@pytest.mark.parametrize("question", ["", "   ", "?!", "\x00\x07", "…", "()" * 50])
def test_a_question_without_a_word_is_unusable(question: str, g60kg: Run) -> None:
    result = g60kg("ask", question)
    assert (result.status, result.out) == (2, "")
    assert result.err == 'g60kg: the question is empty; ask one, such as "how many AI companies are there?"\n'


@pytest.mark.parametrize(
    "question",
    [
        "a" * 100_000,
        "松" * 100_000,
        "is Wuhu " * 12_500,
        "9" * 100_000,
        "十" * 100_000,
        "*" * 5_000 + "?",
        "a\x1b[31m b",
    ],
)
def test_odd_input_has_an_answer(question: str, g60kg: Run) -> None:
    result = g60kg("ask", question)
    assert result.status in (0, 1, 2)
    assert "Traceback" not in result.out + result.err
    assert "\x1b" not in result.out + result.err
    assert len(result.out) < 20_000


def test_help_has_an_example(g60kg: Run) -> None:
    assert 'g60kg ask "how many AI companies are there?"' in g60kg("ask", "--help").out


@pytest.mark.parametrize(("word", "thing"), [("chips", "Integrated circuits"), ("药企", "Biomedicine")])
def test_a_query_names_what_an_everyday_word_stands_for(word: str, thing: str, g60kg: Run) -> None:
    result = g60kg("query", "companies-by-industry", "--industry", word)
    assert result.status == 2
    assert f"no entity named {word!r}; nearest: {thing}" in result.err
