"""Why a fact holds: trees down to quotes, register entries and axioms."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import NamedNode

from g60kg.serve.site import Site
from g60kg.serve.values import Response
from g60kg.terms import INFERRED_GRAPH, curie

Read = Callable[..., Any]
FACT = {"s": "id:songjiang", "p": "rdf:type", "o": "g60:CorridorCity"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_proof_reaches_the_words(read: Read, language: str) -> None:
    page = read("why", lang=language, **FACT)
    assert any(
        "across Songjiang, Jiaxing and Hangzhou" in "".join(each.itertext()) for each in page.all("mark")
    )
    assert any("#char=5573,5741" in href for href in page.links())
    source = {"en": "Administrative divisions of Shanghai.", "zh": "上海市行政区划。"}[language]
    assert source in {"".join(each.itertext()) for each in page.all("cite")}


def test_all_proofs_stand_there_each_another(read: Read) -> None:
    page = read("why", s="id:songjiang", p="g60:partOf", o="id:china")
    proofs = ["".join(each.itertext()) for each in page.all("section", class_="proof")]
    assert len(proofs) == 3
    assert len({proof.partition("\n")[2] for proof in proofs}) == 3


def test_names_are_taken_as_a_user_writes_them(read: Read) -> None:
    assert read("why", s="松江", p="partOf", o="China", lang="zh").all("section", class_="proof")


def test_what_does_not_hold_says_what_it_wants(ask: Read) -> None:
    response = ask("why", s="songjiang", p="partOf", o="Hefei")
    assert response.status == 404
    assert "does not hold" in response.body.decode()


def test_without_a_fact_there_is_a_form(read: Read) -> None:
    assert [each.get("name") for each in read("why").all("input") if each.get("name") != "q"] == [
        "s",
        "p",
        "o",
    ]


def test_json_has_the_proof(ask: Read) -> None:
    found = json.loads(ask("why", **FACT, format="json").body)
    assert found["kind"] == "inferred"
    assert found["premises"]


@pytest.mark.parametrize("name", ["no such thing", "<>", "http://[", "id:a b"])
def test_an_unknown_name_is_not_found(ask: Read, name: str) -> None:
    assert ask("why", s=name, p="partOf", o="China").status in (400, 404)
    assert ask("why", s="songjiang", p=name, o="China").status in (400, 404)
    assert ask("why", s="songjiang", p="partOf", o=name).status in (400, 404)


def test_every_sort_of_inferred_fact_has_its_page(site: Site, read: Read) -> None:
    first: dict[NamedNode, tuple[str, str, str]] = {}
    for quad in site.kg.store.match(graph=INFERRED_GRAPH):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            first.setdefault(quad.predicate, (curie(quad.subject), curie(quad.predicate), curie(quad.object)))
    assert len(first) > 10
    for subject, predicate, value in first.values():
        assert read("why", s=subject, p=predicate, o=value).all("section", class_="proof")


def test_every_link_answers(read: Read, follow: Callable[[str], Response]) -> None:
    for href in read("why", **FACT).links():
        assert follow(href).status in (200, 303), href
