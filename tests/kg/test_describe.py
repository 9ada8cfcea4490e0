"""What is known of an entity, the layers kept apart."""

import json

import pytest

from g60kg import KnowledgeGraph
from g60kg.describe.figures import plain_number
from g60kg.errors import AmbiguousName, UnknownName


def test_each_claim_comes_with_its_words_and_place(small: KnowledgeGraph) -> None:
    found = small.describe("Songjiang District")
    assert [each.quote.text for each in found.said] == [
        "Matsue City has 840 companies",
        "Songjiang may work with Jiaxing",
        "Foo Park stands in Songjiang",
    ]
    assert {each.quote.article for each in found.said} == {"small"}
    assert found.said[0].quote.start == 0


def test_a_figure_shows_number_comparator_unit_and_limits(small: KnowledgeGraph) -> None:
    first = small.describe("id:songjiang").said[0]
    assert str(first.statement).endswith("more than 840 (year 2023)")
    assert first.repairs == ("“Matsue City” is Songjiang District: 松江 was read as the Japanese city 松江.",)


def test_how_a_claim_is_meant_is_shown(small: KnowledgeGraph) -> None:
    assert small.describe("松江区").said[1].statement.limits == (("modality", "planned"),)


def test_the_register_and_the_inferences_stand_apart(small: KnowledgeGraph) -> None:
    found = small.describe("songjiang")
    facts = {str(each.statement): each.source for each in found.register}
    assert facts["Songjiang District part of Shanghai"]
    inferred = set(map(str, found.inferred))
    assert "Songjiang District part of China" in inferred
    assert not inferred & set(facts)


def test_names_types_and_garbled_names(small: KnowledgeGraph) -> None:
    found = small.describe("Songjiang")
    assert (found.names["en"], found.names["zh"]) == ("Songjiang District", "松江区")
    assert found.types == ("g60:District",)
    assert "Matsue City" in found.garbled
    assert not found.candidate


def test_a_candidate_says_so(small: KnowledgeGraph) -> None:
    found = small.describe("Foo Park")
    assert found.candidate
    assert "a candidate" in str(found)


def test_the_text_reads_from_names_to_inferences(small: KnowledgeGraph) -> None:
    lines = str(small.describe("songjiang")).splitlines()
    assert lines[0] == "Songjiang District  松江区"
    titles = [
        line.partition(":")[0] for line in lines if line.startswith(("Said", "The register", "Inferred"))
    ]
    assert titles == ["Said", "The register adds", "Inferred"]
    assert "      “Foo Park stands in Songjiang”" in lines


def test_the_text_tells_alike_facts_together_and_a_few_of_many_names(packaged: KnowledgeGraph) -> None:
    found = packaged.describe("songjiang")
    lines = str(found).splitlines()
    towns = next(
        line for line in lines if " part of Songjiang District: Chedun Town; Dongjing Town; " in line
    )
    assert "source: " in lines[lines.index(towns) + 1]
    (contains,) = (line for line in lines if line.startswith("  Songjiang District contains "))
    said = [each.object for each in found.inferred if each.predicate == "contains"]
    assert contains == f"  Songjiang District contains {len(said)}: {'; '.join(said)}"
    corridor = packaged.describe("g60-corridor")
    (also,) = (line for line in str(corridor).splitlines() if line.startswith("also: "))
    assert also.endswith(f"G60 Hi-Tech Valley, and {len(corridor.also) - 8} more")


def test_it_is_json_too(small: KnowledgeGraph) -> None:
    value = json.loads(json.dumps(small.describe("songjiang").to_json()))
    assert value["said"][0]["quote"]["end"] == 29


def test_an_unknown_or_ambiguous_name(small: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="Songjiang"):
        small.describe("Songjang District")
    with pytest.raises((UnknownName, AmbiguousName)):
        small.describe("")


@pytest.mark.parametrize(
    ("number", "text"), [("76200", "76,200"), ("13.80", "13.8"), ("0.5", "0.5"), ("1E2", "100"), ("x", "x")]
)
def test_numbers_are_readable(number: str, text: str) -> None:
    assert plain_number(number) == text
