"""What is around a thing: as JSON, and drawn."""

import json
from typing import Any

import pytest

from g60kg.describe.around import around
from g60kg.serve.pages.neighbours import walk
from g60kg.serve.pages.page import PageNames
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request
from g60kg.terms import ID
from tests.serve.pages.conftest import Ask, parse


def neighbours(site: Site, slug: str) -> dict[str, Any]:
    response = answer(
        site, Request("neighbours", path={"slug": slug}, headers={"accept": "application/json"})
    )
    assert response.status == 200
    found: dict[str, Any] = json.loads(response.body)
    return found


def test_every_edge_is_a_fact_of_its_layer(site: Site) -> None:
    found = neighbours(site, "tencent")
    edges = {(edge["predicate"], edge["target"].rpartition("/")[2], edge["layer"]) for edge in found["edges"]}
    assert ("g60:operates", "tencent-yrd-ai-computing-center", "said") in edges
    assert ("g60:inIndustry", "artificial-intelligence", "inferred") in edges
    ends = {end for edge in found["edges"] for end in (edge["source"], edge["target"])}
    assert ends == {node["iri"] for node in found["nodes"]}


def test_much_is_bounded_and_every_property_has_a_share(site: Site) -> None:
    found = around(site.kg.store, ID["songjiang"], PageNames(site.kg.store, "en").of, 12)
    assert len(found.edges) == 12
    assert sum(found.totals.values()) > 40
    assert {(edge.predicate, edge.is_out) for edge in found.edges} == set(list(found.totals)[:12])


def test_no_edge_is_there_twice(site: Site) -> None:
    found = around(site.kg.store, ID["g60-corridor"], PageNames(site.kg.store, "en").of)
    ways = [(edge.predicate, edge.other, edge.is_out) for edge in found.edges]
    assert len(ways) == len(set(ways))


def test_what_is_unfolded_shows_its_own(site: Site) -> None:
    names = PageNames(site.kg.store, "en")
    tree = walk(site.kg.store, names, ID["songjiang"], [ID["xuancheng"], ID["nowhere"]])
    kids = {kid.slug: kid.twigs for _, kids in tree.twigs for kid in kids}
    assert {slug for slug, twigs in kids.items() if twigs} == {"xuancheng"}
    below = {kid.slug for _, grown in kids["xuancheng"] for kid in grown}
    assert below
    assert "songjiang" not in below


def test_a_mark_folds_what_it_unfolded(ask: Ask) -> None:
    folded, unfolded = (
        parse(ask("neighbours", {"slug": "songjiang"}, **query)).links()
        for query in ({}, {"open": "jiaxing"})
    )
    assert "/neighbours/songjiang?open=jiaxing" in folded
    assert "/neighbours/songjiang" in unfolded
    assert "/neighbours/songjiang?open=jiaxing&open=hefei" in unfolded


@pytest.mark.parametrize("slug", ["nowhere", "a b", "<x>", "../etc/passwd", ""])
def test_what_nobody_knows_is_not_found(ask: Ask, slug: str) -> None:
    assert ask("neighbours", {"slug": slug}).status == 404


def test_too_much_unfolded_is_refused(site: Site) -> None:
    many = tuple(("open", f"x{number}") for number in range(13))
    request = Request("neighbours", path={"slug": "wuhu"}, query=many, headers={"accept": "text/html"})
    assert answer(site, request).status == 400
