"""Entries of the gazetteer in a store: there while an article names them, whatever its history."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import AmbiguousName, ParameterError, UnknownName
from g60kg.kg.overlays import Overlays
from g60kg.kg.review import Word
from g60kg.terms import G60, ID, RDF, REGISTER_GRAPH

TEXTS = (
    "Lanqi Group has a plant in Suzhou, Anhui Province.",
    "Hexagon Group has a plant in Lanzhou. Bohai Works is in Suzhou, Anhui.",
    "Bohai Group is in Xining.",
)
ARTICLES = tuple(Article(f"l{number}", text, date="2024-01-01") for number, text in enumerate(TEXTS))
OPEN = Article("open", "Lanqi Group has a plant in Taizhou.", date="2024-01-01")


def held(kg: KnowledgeGraph, name: str) -> bool:
    return any(kg.store.match(ID[name], None, None, REGISTER_GRAPH))


def test_a_graph_holds_what_its_articles_name_and_where_it_lies(changing: KnowledgeGraph) -> None:
    before = set(changing.store.match())
    assert not held(changing, "qinghai")
    changing.add(ARTICLES[2])
    assert held(changing, "xining")
    assert any(changing.store.match(ID.xining, G60.partOf, ID.qinghai, REGISTER_GRAPH))
    assert held(changing, "qinghai")
    assert changing.sparql("ASK { id:bohai-group g60:locatedIn id:china }")
    assert not held(changing, "suzhou-anhui")
    changing.remove("l2")
    assert set(changing.store.match()) == before


def test_any_history_gives_one_graph(another: Callable[[], KnowledgeGraph]) -> None:
    wanted: set[object] | None = None
    for seed in range(3):
        kg, order = another(), random.Random(seed)
        for article in order.sample(ARTICLES, 3):
            kg.add(article)
            if order.random() < 0.5:
                kg.remove(article.id)
                kg.add(article)
        kg.remove("l1")
        found: set[object] = set(kg.store.match())
        wanted = wanted or found
        assert held(kg, "suzhou-anhui")
        assert not held(kg, "lanzhou")
        assert found == wanted


def test_building_and_adding_give_one_graph(own_store: Path) -> None:
    kg = KnowledgeGraph.open(own_store)
    kg.add(ARTICLES[0])
    added = set(kg.store.match())
    again = KnowledgeGraph.build(own_store, overlays=Overlays(), validate=False)
    assert set(again.store.match()) == added


def test_a_name_of_two_things_lists_them_with_their_places(changing: KnowledgeGraph) -> None:
    assert changing.describe("Suzhou").iri == ID.suzhou.value
    changing.add(ARTICLES[0])
    with pytest.raises(AmbiguousName) as caught:
        changing.describe("Suzhou")
    assert str(caught.value) == (
        "'Suzhou' names 2 things; give one of: id:suzhou (in Jiangsu Province), id:suzhou-anhui (in Anhui"
        " Province); or name its place, as in 'Suzhou, Jiangsu Province'"
    )
    assert changing.describe("Suzhou, Anhui").iri == ID["suzhou-anhui"].value
    assert changing.describe("suzhou, jiangsu province").iri == ID.suzhou.value
    with pytest.raises(UnknownName):
        changing.describe("Suzhou, Gansu")


def test_an_open_choice_waits_with_its_senses(changing: KnowledgeGraph, tmp_path: Path) -> None:
    changing.add(OPEN)
    found = changing.candidates().find("Taizhou")
    assert found.id == "taizhou-open"
    assert found.known_as is None
    assert [(each.id, each.places) for each in found.senses] == [
        ("taizhou-jiangsu", ("Jiangsu Province",)),
        ("taizhou-zhejiang", ("Zhejiang Province",)),
    ]
    assert "  one of 2: id:taizhou-jiangsu (in Jiangsu Province); id:taizhou-zhejiang (in" in str(
        changing.candidates()
    )
    with pytest.raises(ParameterError, match="a name of id:taizhou-jiangsu already, and of 1 more; correct"):
        changing.accept("taizhou-open", Word(of="taizhou-jiangsu"), tmp_path / "own.yaml")


def test_a_person_says_which_is_meant(own_store: Path) -> None:
    kg = KnowledgeGraph.open(own_store)
    kg.add(OPEN)
    claims = {quad.subject for quad in kg.store.match(None, RDF.object, ID["taizhou-open"])}
    located = {quad.subject for quad in kg.store.match(None, RDF.subject, ID["lanqi-group"])}
    [claim] = claims & located
    kg.decide(str(claim).strip("<>"), "corrected", object="id:taizhou-zhejiang")
    again = KnowledgeGraph.build(own_store, validate=False)
    assert again.sparql("ASK { id:lanqi-group g60:locatedIn id:zhejiang }")
