"""What a model is told: the ontology's terms, the passages of a text, and the progress on a terminal."""

import re
from itertools import pairwise

import pytest

from g60kg.article import Article
from g60kg.extract.model.prompt import LONGEST, Passage, instructions, messages, passages
from g60kg.ontology import load_ontology


def listed(part: str) -> dict[str, str]:
    """Return the terms under a heading of the instructions, each with its line."""
    block = instructions().partition(f"\n{part}:\n")[2].partition("\n\n")[0]
    return {re.split(r"[ :]", line[2:], maxsplit=1)[0]: line for line in block.splitlines()}


def test_the_classes_and_predicates_are_those_of_the_ontology() -> None:
    ontology = load_ontology()
    predicates, measures = listed("Predicates"), listed("Measures")
    assert {*listed("Classes")} <= set(ontology.parents)
    assert {*predicates, *measures} <= ontology.properties
    assert {"partOf", "memberCity", "distinction", "startYear", "date", "signatory"} <= predicates.keys()
    assert {"companyCount", "growth", "share", "revenue"} <= measures.keys()
    assert not predicates.keys() & {*measures, "hasPart", "contains", "unit", "sha256", "rank", "statisticOf"}
    assert not listed("Classes").keys() & {"CorridorCompany", "BiomedicineCompany", "Claim", "Statistic"}


def test_a_term_is_told_with_its_ends_and_its_meaning() -> None:
    predicates, classes = listed("Predicates"), listed("Classes")
    assert predicates["headquarteredIn"].startswith(
        "- headquarteredIn (from Organization, to Place): The organ"
    )
    assert predicates["startYear"].partition(":")[0].endswith("to a date)")
    assert predicates["theme"].partition(":")[0].endswith("to words)")
    assert classes["Company"].startswith("- Company (a kind of Organization): ")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", 0),
        (" \n\t\n", 0),
        ("One.\n\nTwo.", 1),
        ("Wuhu grows. " * 150 + "\n" + "Hefei grows. " * 150, 2),
        ("Wuhu grows. " * 600, 4),
        ("word " * 2_000, 5),
        ("芜湖市发展。" * 1_000, 4),
    ],
)
def test_passages_cover_a_text_without_overlap(text: str, runs: int) -> None:
    found = passages(text)
    assert len(found) == runs
    assert all(0 < part.end - part.start <= LONGEST for part in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = "".join(text[part.start : part.end] for part in found)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_message_shows_what_stands_before() -> None:
    article = Article("a", "The corridor grows.\n\nIt joins Wuhu.", title="News")
    system, user = messages(article, Passage(21, 35), {"Wuhu": "City"})
    assert system["content"] == instructions()
    assert user["content"] == (
        "Title:\nNews\n\nNames found so far:\nWuhu (City)\n\n"
        "What stands before:\nThe corridor grows.\n\nThe passage:\nIt joins Wuhu."
    )
