"""Finding entities by their names."""

from g60kg import KnowledgeGraph


def names(kg: KnowledgeGraph, text: str) -> list[str]:
    return [row["en"] for row in kg.search(text).to_dicts()]


def test_a_whole_name_comes_first(packaged: KnowledgeGraph) -> None:
    assert names(packaged, "suzhou")[0] == "Suzhou"
    assert names(packaged, "Songjiang District")[0] == "Songjiang District"


def test_part_of_a_name_in_either_language(packaged: KnowledgeGraph) -> None:
    assert {"Suzhou", "Huzhou", "Hangzhou"} <= set(names(packaged, "ZHOU"))
    assert names(packaged, "松江")[0] == "Songjiang District"
    assert "Wuhu" in names(packaged, "芜湖")


def test_a_garbled_name_finds_the_true_entity(packaged: KnowledgeGraph) -> None:
    found = packaged.search("Matsue City").to_dicts()[0]
    assert (found["en"], found["matched"]) == ("Songjiang District", "Matsue City")


def test_each_entity_once_and_none_without_the_text(packaged: KnowledgeGraph) -> None:
    rows = packaged.search("a").to_dicts()
    assert len({row["entity"] for row in rows}) == len(rows)
    assert all("a" in row["matched"].lower() for row in rows)
    assert not len(packaged.search("no such name"))
    assert not len(packaged.search("  "))
