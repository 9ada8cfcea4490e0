"""The candidates of a graph: their words, and the known names that look like theirs."""

import json

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import UnknownName

from .conftest import TEXT

NEWS = (
    "The Quux Blorp Industrial Park is located in Wuhu.",
    "Songjang Industrial Park is located in Wuhu. Quux Blorp Industrial Park covers 12 hectares.",
)


def test_a_candidate_with_class_words_and_nearest_names(small: KnowledgeGraph) -> None:
    [found] = small.candidates().listed
    assert (found.name, found.id, found.classes) == ("Foo Park", "foo-park", ("g60:Park",))
    quote = "Foo Park stands in Songjiang"
    [words] = found.words
    assert (words.article, words.quote) == ("small", quote)
    assert TEXT[words.start : words.end] == quote
    assert len(found.nearest) <= 3
    assert all(near.likeness >= 0.5 for near in found.nearest)
    assert found.known_as is None


def test_one_candidate_of_two_articles(changing: KnowledgeGraph) -> None:
    for number, text in enumerate(NEWS):
        changing.add(Article(f"a{number}", text, date="2024-01-01"))
    found = changing.candidates().find("quux blorp industrial park")
    assert [words.article for words in found.words] == ["a0", "a1"]
    for words in found.words:
        assert NEWS[int(words.article[1])][words.start : words.end] == words.quote


def test_a_near_name_is_proposed_and_never_merged(changing: KnowledgeGraph) -> None:
    text = "Suzhou Industial Park is located in Hefei. Quux Blorp Industrial Park is located in Wuhu."
    changing.add(Article("a1", text, date="2024-01-01"))
    found = changing.candidates().find("Suzhou Industial Park")
    assert [near.name for near in found.nearest] == ["Suzhou Industrial Park"]
    assert "\n  nearest: Suzhou Industrial Park (id:" in str(found)
    assert found.known_as is None
    assert found.iri.endswith("/suzhou-industial-park")
    assert changing.candidates().find("Quux Blorp Industrial Park").nearest == ()


@pytest.mark.parametrize(
    "name", ["Foo Park", "foo park", "foo-park", "id:foo-park", "https://w3id.org/g60kg/id/foo-park"]
)
def test_a_candidate_is_found_by_name_id_and_iri(small: KnowledgeGraph, name: str) -> None:
    assert small.candidates().find(name).id == "foo-park"


def test_another_name_is_none(small: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="no entity named 'Fo Park'; nearest: Foo Park"):
        small.candidates().find("Fo Park")
    with pytest.raises(UnknownName):
        small.candidates().find("")


def test_text_and_json(small: KnowledgeGraph) -> None:
    found = small.candidates()
    lines = str(found).splitlines()
    assert lines[0] == "Foo Park  (Park; id:foo-park)"
    assert lines[1] == "  small 64-92: «Foo Park stands in Songjiang»"
    assert "nearest" not in str(found)
    assert lines[-1] == "1 candidates"
    [value] = json.loads(json.dumps(found.to_json()))
    assert value["words"][0]["start"] == 64
    assert set(value) == {"iri", "name", "classes", "words", "nearest", "known_as", "senses"}
