"""The data that questions are understood by: examples are tests, words mean something that there is."""

import re

import pytest

from g60kg.ask.understand import kind_of, kinds
from g60kg.ask.words import CHINESE, fold, ideas, keys, table
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.resources import resource
from tests.ask.conftest import Ask

EXAMPLES = [(entry["kind"], example) for entry in table("kinds") for example in entry["examples"]]
ONTOLOGY = "".join(resource("ontology", name).read_text(encoding="utf-8") for name in ("core.ttl", "g60.ttl"))
TERMS = set(re.findall(r"^g60:(\w+) a ", ONTOLOGY, re.M))


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_an_example_is_of_its_kind_and_has_an_answer(kind: str, example: str, ask: Ask) -> None:
    assert kind_of(fold(example)) == kind
    answer = ask(example)
    assert answer.found or kind == "rank"
    assert answer.language == ("zh" if CHINESE.search(example) and not example.isascii() else "en")


def test_every_kind_has_examples_in_both_languages() -> None:
    for entry in table("kinds"):
        assert {example.isascii() for example in entry["examples"]} == {True, False}
    assert {kind for kind, _ in kinds()} == {entry["kind"] for entry in table("kinds")}


def test_ideas_mean_what_the_ontology_has() -> None:
    for idea in ideas().values():
        assert {*idea.measures, *idea.predicates, *idea.classes} <= TERMS, idea.name
        assert all(map(keys, (*idea.en, *idea.zh, *idea.text))), idea.name


def test_names_and_industries_are_those_of_the_register() -> None:
    entries = stages.register(Overlays()).entries
    assert set(table("names")) <= set(entries)
    assert {entity for idea in ideas().values() for entity in idea.entities} <= set(entries)


def test_queries_and_implied_relations_are_there() -> None:
    graph = table("graph")
    assert set(graph["queries"]) <= TERMS
    assert {name for name, *_ in graph["queries"].values()} <= {
        p.stem for p in resource("queries").glob("*.rq")
    }
    for entry in graph["implied"]:
        assert {*entry["asked"], *entry["of"], entry["predicate"]} <= TERMS


def test_traditional_characters_stand_over_simplified_ones() -> None:
    assert all(len(old) == len(new) for old, new in table("traditional"))
    assert fold("芜湖屬於安徽") == fold("芜湖属于安徽") == "芜湖属于安徽"
