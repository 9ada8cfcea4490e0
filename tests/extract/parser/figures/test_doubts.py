"""Figures that may be of a part only are to confirm; a plain one beside them is accepted."""

import pytest

from g60kg import Article
from g60kg.model import Value
from tests.extract.packaged import extractor

PART = {
    "More than 230 Suzhou companies have branches in Huzhou.": "230",
    "Twenty-five enterprises of Wuhu are on the list.": "25",
    "The Wuhu Fund has backed 63 companies, 11 of which have gone public.": "11",
    "Luhe Cell Ltd has leased four floors of the new MedTech Tower.": "4",
    "Wuhu has set aside 2 square kilometers for companies.": "2",
    "The industry's output value in Pudong exceeded 360 billion yuan in 2022.": "360000000000",
    "Wuhu is home to more than 900 enterprises in that field.": "900",
    "Keyun Group grew. Some 230 people work in Wuhu.": "230",
    "Keyun Group is setting up a school of welding for 2,000 students.": "2000",
    "A quantum computer with 504 qubits went online at Wuhu University.": "504",
    "Nearly 20,000 Hong Kong and Macau people bought a home in Wuhu.": "20000",
    "Keyun Group has 700 employees from 14 countries.": "14",
    "Lanqi Group and Keyun Group have trained 1,150 fitters.": "1150",
    "Each of them is large. Each plant employs 400 people in Wuhu.": "400",
}
WHOLE = {
    "More than 230 companies have settled in Huzhou.": "230",
    "The 25 enterprises of Wuhu are on the list.": "25",
    "Wuhu covers an area of 2 square kilometers.": "2",
    "With an area of 72 square kilometers, Wuhu produced much.": "72",
    "Wuhu Park offers 410,000 square meters of floor space.": "410000",
    "Lanqi Group and Keyun Group each have 1,150 workers.": "1150",
}


def _status(text: str, value: str) -> set[str]:
    claims = extractor().claims(Article(id="a", text=text))
    return {c.status for c in claims if isinstance(c.object, Value) and c.object.value == value}


@pytest.mark.parametrize("text", PART)
def test_a_figure_that_may_be_of_a_part_is_to_confirm(text: str) -> None:
    assert _status(text, PART[text]) <= {"proposed"}


@pytest.mark.parametrize("text", WHOLE)
def test_a_figure_of_the_whole_is_accepted(text: str) -> None:
    assert _status(text, WHOLE[text]) == {"accepted"}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Wuhu's imports and exports came to 341.7 billion yuan.", "341700000000", "imports and exports"),
        ("The Wuhu Bridge has a main span of 620 meters.", "620", "main span"),
        (
            "Keyun Group has an annual capacity of 300,000 cars.",
            "300000",
            "annual capacity of 300,000 cars",
        ),
    ],
)
def test_what_is_counted_is_kept_whole(text: str, value: str, kind: str) -> None:
    claims = extractor().claims(Article(id="a", text=text))
    found = [c for c in claims if isinstance(c.object, Value) and c.object.value == value]
    assert [dict(c.qualifiers).get("countedKind") for c in found] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Wuhu used to make six out of every ten buttons sold in China.",
        "Keyun Group has dropped plans for a plant in Vietnam.",
        "Wuhu Industrial Park has room for 120 firms.",
        "Keyun Group said its pump had been approved on January 9.",
    ],
)
def test_what_is_not_so_is_not_said(text: str) -> None:
    assert [c for c in extractor().claims(Article(id="a", text=text)) if c.status == "accepted"] == []
