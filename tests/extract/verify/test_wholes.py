"""The counted noun stands by its number, and a share has its whole."""

import pytest

from tests.extract.verify.proposing import figure, kept, proposal, refused, thing


@pytest.mark.parametrize(
    ("sentence", "predicate", "words", "value", "unit", "of"),
    [
        ("Wuhu holds a fifth of the patents.", "share", "a fifth", "0.2", "fraction", "the patents"),
        ("Wuhu holds a fifth of the patents.", "share", "a fifth", "0.2", "fraction", "patents"),
        ("Wuhu has 400 jobs and 2,500 firms.", "count", "400", "400", "count", "jobs"),
        ("Wuhu has 400 jobs and 2,500 firms.", "count", "2,500", "2500", "count", "firms"),
        (
            "In Wuhu sales rose by 8 percent, profit by 9 percent.",
            "growth",
            "9 percent",
            "9",
            "percent",
            "profit",
        ),
        (
            "In Wuhu sales of 3 billion yuan rose by 8 percent.",
            "growth",
            "8 percent",
            "8",
            "percent",
            "sales",
        ),
        ("Wuhu has 400 of them.", "count", "400", "400", "count", ""),
    ],
)
def test_a_figure_of_what_stands_by_it_is_kept(
    sentence: str, predicate: str, words: str, value: str, unit: str, of: str
) -> None:
    claim = kept(
        sentence, proposal(sentence, thing("Wuhu", "City"), predicate, figure(words, value, unit, of=of))
    )
    assert dict(claim.qualifiers).get("countedKind") == (of or None)


@pytest.mark.parametrize(
    ("sentence", "predicate", "words", "value", "unit", "of"),
    [
        ("Wuhu holds a fifth of the patents.", "share", "a fifth", "0.2", "fraction", ""),
        ("Wuhu holds a fifth of the patents.", "share", "a fifth", "0.2", "fraction", "the firms"),
        (
            "Wuhu spent 106 percent of the annual plan.",
            "share",
            "106 percent",
            "106",
            "percent",
            "the annual plan",
        ),
        (
            "Wuhu holds a fifth of the firms, a sixth of the land.",
            "share",
            "a fifth",
            "0.2",
            "fraction",
            "the land",
        ),
        (
            "Wuhu holds a fifth of the firms, a sixth of the land.",
            "share",
            "a sixth",
            "0.166667",
            "fraction",
            "the firms",
        ),
        ("Wuhu sold 8 percent more cars.", "share", "8 percent", "8", "percent", "cars"),
        ("Wuhu has 400 jobs and 2,500 firms.", "count", "400", "400", "count", "firms"),
        ("Wuhu has 400 jobs and 2,500 firms.", "count", "2,500", "2500", "count", "jobs"),
        (
            "In Wuhu sales rose by 8 percent, profit by 9 percent.",
            "growth",
            "9 percent",
            "9",
            "percent",
            "sales",
        ),
        ("In Wuhu sales rose by 8 percent.", "growth", "8 percent", "8", "percent", "cars"),
        ("Wuhu has 400 jobs.", "count", "400", "400", "count", "shops"),
    ],
)
def test_a_figure_of_something_else_is_refused(
    sentence: str, predicate: str, words: str, value: str, unit: str, of: str
) -> None:
    text = f"{sentence[:-1]}."
    one = proposal(sentence, thing("Wuhu", "City"), predicate, figure(words, value, unit, of=of))
    assert refused(text, one) == "whole"
