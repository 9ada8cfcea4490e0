"""Every fact of the graph is explained down to words, register entries or axioms."""

import json
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from g60kg import Article, KnowledgeGraph
from g60kg.describe.evidence import SHOWN, Supports
from g60kg.describe.proofs import fact
from g60kg.errors import QueryError, UnknownName
from g60kg.graph import article_quads
from g60kg.kg import stages
from g60kg.reason import Explanation, Missing, StoreFacts, Why
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, INFERRED_GRAPH, RDF
from tests.kg.conftest import ARTICLE, CLAIMS


def leaves(found: Explanation | Missing) -> list[Explanation]:
    assert isinstance(found, Explanation)
    return [part for part in found.parts() if part.rule is None]


def test_an_inferred_fact_rests_on_the_register(packaged: KnowledgeGraph) -> None:
    found = packaged.why("Songjiang District", "partOf", "China")
    assert isinstance(found, Explanation)
    assert found.rule == "prp-trp"
    assert {part.kind for part in leaves(found)} == {"register"}
    assert "Administrative divisions" in str(found)
    assert json.loads(json.dumps(found.to_json()))["rule"] == "prp-trp"


def test_a_said_fact_rests_on_the_words_of_its_article(packaged: KnowledgeGraph) -> None:
    (article,) = stages.packaged_articles()
    found = packaged.why("g60-corridor", "population", "57,920,000")
    assert isinstance(found, Explanation)
    (words,) = found.evidence
    assert words.kind == "said"
    assert words.quote == article.text[words.start : words.end]
    assert "57.92 million" in str(words.quote)


def test_the_words_are_those_that_state_it(small: KnowledgeGraph) -> None:
    found = small.why("Foo Park", "locatedIn", "Songjiang District")
    assert isinstance(found, Explanation)
    assert [words.quote for words in found.evidence] == ["Foo Park stands in Songjiang"]
    above = small.why("Foo Park", "locatedIn", "Shanghai")
    assert {part.kind for part in leaves(above)} == {"said", "register"}


def test_what_is_only_planned_does_not_hold(small: KnowledgeGraph) -> None:
    assert isinstance(small.why("Songjiang", "cooperatesWith", "Jiaxing"), Missing)


def test_a_candidate_and_a_part_of_a_figure_rest_on_words(small: KnowledgeGraph) -> None:
    found = small.why("Foo Park", "a", "g60:Park")
    assert isinstance(found, Explanation)
    assert [words.quote for words in found.evidence] == ["Foo Park stands in Songjiang"]
    (statistic,) = {quad.object for quad in small.store.match(ID.songjiang, G60.companyCount)}
    unit = small.why(statistic, G60.comparator, Literal("more than"))
    assert isinstance(unit, Explanation)
    assert [words.quote for words in unit.evidence] == ["Matsue City has 840 companies"]


def test_what_does_not_hold_says_what_it_wants(packaged: KnowledgeGraph) -> None:
    found = packaged.why("Wuhu", "partOf", "Shanghai")
    assert isinstance(found, Missing)
    assert "does not hold" in str(found)
    told = found.to_text(packaged.name)
    assert told.splitlines()[1].startswith("What holds: Wuhu part of Anhui Province")
    assert ID.anhui.value in str(found.to_json()["held"])


def test_every_inferred_fact_rests_on_evidence(packaged: KnowledgeGraph) -> None:
    explain = Why(stages.rules(), StoreFacts(packaged.store), Supports(packaged.store).evidence)
    triples = [quad.triple for quad in packaged.store.match(graph=INFERRED_GRAPH)]
    assert len(triples) > 500
    for triple in triples:
        found = explain.of((triple.subject, triple.predicate, triple.object))  # type: ignore[arg-type]
        assert isinstance(found, Explanation)
        assert found.rule is not None or found.kind == "axiom", triple
        assert all(part.evidence for part in leaves(found)), triple


def test_all_proofs_begin_with_the_smallest(packaged: KnowledgeGraph) -> None:
    found = packaged.proofs("Songjiang District", "partOf", "China")
    assert [proof.size for proof in found] == sorted(proof.size for proof in found)
    assert found[0] == packaged.why("Songjiang District", "partOf", "China")
    assert packaged.proofs("Wuhu", "partOf", "Shanghai") == ()


@pytest.mark.parametrize("predicate", ["partOf", "g60:partOf", G60.partOf.value, "part of", "is part of"])
def test_the_ways_to_name_a_property(packaged: KnowledgeGraph, predicate: str) -> None:
    if predicate == "is part of":
        with pytest.raises(UnknownName, match="nearest: "):
            fact(packaged.store, "Wuhu", predicate, "Anhui")
    else:
        wanted = Triple(ID.wuhu, G60.partOf, ID.anhui)
        assert fact(packaged.store, "芜湖市", predicate, "安徽省") == wanted


def test_terms_of_rdflib_are_understood(packaged: KnowledgeGraph) -> None:
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef

    triple = fact(packaged.store, URIRef(ID.wuhu.value), RDFLIB_RDF.type, URIRef(G60.City.value))
    assert triple == Triple(ID.wuhu, RDF.type, G60.City)
    label = fact(packaged.store, ID.wuhu, "skos:prefLabel", RdflibLiteral("芜湖市", lang="zh"))
    assert label.object == Literal("芜湖市", language="zh")


def test_a_candidate_that_only_a_proposed_claim_names_has_its_words() -> None:
    claims = (replace(CLAIMS[2], status="proposed"),)
    store = MemoryStore([*stages.ground_quads(), *article_quads(ARTICLE, claims)])
    found = KnowledgeGraph(store).why("id:foo-park", "a", "g60:Park")
    assert isinstance(found, Explanation)
    assert [one.quote for one in found.evidence] == ["Foo Park stands in Songjiang"]


def test_what_names_nothing(packaged: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="no entity named 'Wuhuu'; nearest: Wuhu"):
        packaged.why("Wuhuu", "partOf", "Anhui")
    with pytest.raises(QueryError, match="is no IRI"):
        packaged.why("Wuhu", "partOf", "http://example.com/a b")
    assert isinstance(packaged.why("Wuhu", "partOf", NamedNode("http://example.com/x")), Missing)


def test_of_many_articles_that_say_a_fact_some_are_read_and_the_others_counted(
    changing: KnowledgeGraph,
) -> None:
    kg = changing
    texts = (f"Wuhu signed an agreement with Huzhou. {'So it was. ' * number}" for number in range(SHOWN + 3))
    for done in kg.add_many([Article(f"a{number}", text) for number, text in enumerate(texts)], jobs=1):
        assert done.value is True
    found = kg.why("wuhu", "cooperatesWith", "huzhou")
    assert isinstance(found, Explanation)
    assert [one.more for one in found.evidence] == [None] * SHOWN + [3]
    assert len({one.article for one in found.evidence[:-1]}) == SHOWN
    assert "and 3 more articles" in str(found)
    assert json.loads(json.dumps(found.to_json()))["evidence"][-1] == {"kind": "said", "more": 3}


def test_of_much_that_is_known_a_part_is_told(
    packaged: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = packaged.describe("Songjiang District")
    assert not whole.is_cut
    for name in ("MOST", "MOST_INFERRED"):
        monkeypatch.setattr(f"g60kg.describe.description.{name}", 2)
    part = packaged.describe("Songjiang District")
    assert part.is_cut
    assert (len(part.said), len(part.inferred)) == (2, 2)
    assert "There is more" in str(part)
    assert set(part.said) <= set(whole.said)
