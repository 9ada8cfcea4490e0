import json
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.kg import KnowledgeGraph
from g60kg.query import resolve
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, RDF, REGISTER_GRAPH, SKOS, iri
from tests.serve.conftest import Ask


def matches(ask: Ask, **query: str) -> list[dict[str, Any]]:
    response = ask("complete", "*/*", *query.items())
    assert response.status == 200
    found: list[dict[str, Any]] = json.loads(response.body)["matches"]
    return found


@pytest.mark.parametrize("text", ["songji", "松江", "SONGJIANG", "matsue city"])
def test_an_entity_is_found_by_the_beginning_of_any_name(ask: Ask, text: str) -> None:
    assert ID.songjiang.value in [match["iri"] for match in matches(ask, text=text)]


def test_beginnings_before_words_before_the_rest(ask: Ask) -> None:
    names = [match["matched"].casefold() for match in matches(ask, text="park", limit="100")]
    ranks = [0 if name.startswith("park") else 1 if " park" in name else 2 for name in names]
    assert ranks == sorted(ranks)
    assert set(ranks) >= {1}


def test_only_members_of_the_class(ask: Ask, site: Site) -> None:
    for match in matches(ask, text="s", limit="100", **{"class": "g60:Company"}):
        assert any(site.kg.store.match(NamedNode(match["iri"]), RDF.type, G60.Company))
        assert match["page"] == f"/page/{match['iri'].rpartition('/')[2]}"


@pytest.mark.parametrize("name", ["Measure", "g60:Measure", G60.Measure.value])
def test_a_class_is_named_in_three_ways(ask: Ask, name: str) -> None:
    found = matches(ask, text="invest", **{"class": name})
    assert [match["value"] for match in found] == ["investment"]


def test_every_value_is_taken_by_a_query(ask: Ask, site: Site) -> None:
    for class_ in ("g60:Region", "g60:Company", "g60:IndustryCategory", "owl:Class"):
        found = matches(ask, text="", limit="100", **{"class": class_})
        assert found
        for match in found:
            assert resolve(site.kg.store, match["value"], iri(class_)).value == match["iri"]


def test_matches_are_shown_in_the_language_of_the_request(ask: Ask) -> None:
    (english,) = matches(ask, text="matsue city")
    (chinese,) = matches(ask, text="matsue city", lang="zh")
    assert [english[key] for key in ("value", "label", "also", "kind")] == [
        "Songjiang District",
        "Songjiang District",
        "Matsue City",
        "district",
    ]
    assert [chinese[key] for key in ("value", "label", "kind")] == ["松江区", "松江区", "区"]
    assert matches(ask, text="songjiang district")[0]["also"] == "松江区"


def test_a_name_that_two_bear_is_completed_to_what_tells_them_apart() -> None:
    quads = [
        quad
        for name in ("a", "b")
        for quad in (
            Quad(ID[name], RDF.type, G60.City, REGISTER_GRAPH),
            Quad(ID[name], SKOS.prefLabel, Literal("Twin", language="en"), REGISTER_GRAPH),
        )
    ]
    site = Site(KnowledgeGraph(MemoryStore(quads)), version="twins")
    found = json.loads(answer(site, Request("complete", query=(("text", "tw"),))).body)["matches"]
    assert [match["value"] for match in found] == ["id:a", "id:b"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ({"class": "g60:Compny"}, 404, "class"),
        ({"class": "nonsense"}, 404, "class"),
        ({"limit": "101"}, 400, "limit"),
        ({"limit": "-1"}, 400, "limit"),
        ({"text": "x" * 201}, 400, "text"),
        ({"lang": "fr"}, 400, "lang"),
    ],
)
def test_what_is_wrong_is_named(ask: Ask, query: dict[str, str], status: int, parameter: str) -> None:
    response = ask("complete", "*/*", *query.items())
    assert (response.status, json.loads(response.body)["parameter"]) == (status, parameter)


def test_ten_thousand_names_are_searched_at_once(site: Site) -> None:
    """A completion takes a small part of what a query of the same graph takes."""
    from time import perf_counter

    quads = [
        Quad(ID[f"e{n}"], SKOS.prefLabel, Literal(f"{word} {n} works", language="en"), REGISTER_GRAPH)
        for n in range(2_000)
        for word in ("North", "South", "East", "West", "Middle")
    ]
    big = Site(KnowledgeGraph(MemoryStore(quads)), version="ten thousand")
    answer(big, Request("complete", query=(("text", "n"),)))
    start = perf_counter()
    for text in ("n", "north 1", "works", "1999 w", "zzz", "e"):
        assert answer(big, Request("complete", query=(("text", text),))).status == 200
    asked = perf_counter()
    big.kg.search("works")
    assert asked - start < perf_counter() - asked
