"""What a check of a graph finds: contradictions with their proof, claims whose ends do not fit."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg import Article, KnowledgeGraph
from g60kg.check import Report
from g60kg.kg.stages import PACKAGED
from g60kg.kg.validate import check_graph
from g60kg.reason import Explanation
from g60kg.terms import (
    CLAIM,
    DCTERMS,
    G60,
    ID,
    INFERRED_GRAPH,
    PROV,
    RDF,
    SCHEMA,
    article_graph,
    claims_graph,
)

CORRIDOR = "2023-07-11-g60-corridor"


@pytest.fixture
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.build()


def found(kg: KnowledgeGraph, check: str) -> list[str]:
    report = check_graph(kg.store, PACKAGED)
    return [str(finding) for finding in report.findings if finding.check == check]


def restated(kg: KnowledgeGraph, **parts: NamedNode | Literal) -> None:
    """Add a claim like one of the packaged article, with other parts."""
    graph = claims_graph(CORRIDOR)
    one = next(q.subject for q in kg.store.match(None, RDF.predicate, G60.includedIn, graph))
    named = {RDF.subject: "subject", RDF.predicate: "predicate", RDF.object: "object"}
    new = []
    for quad in kg.store.match(one):  # type: ignore[arg-type]
        value = parts.get(named.get(quad.predicate, ""), quad.object)
        new.append(Quad(CLAIM.other, quad.predicate, value, graph))
    kg.store.apply(add=[*new, Quad(CLAIM.other, G60.modality, parts["modality"], graph)])


def test_a_contradiction_is_printed_with_its_rule_its_facts_and_their_quotes(kg: KnowledgeGraph) -> None:
    kg.add(Article("news", "Wuhu City is big. Tencent Yangtze River Delta AI center.", date="2024-01-02"))
    kg.store.apply(add=[Quad(ID.tencent, RDF.type, G60.City, article_graph(CORRIDOR))])
    (text,) = found(kg, "consistency")
    first, *proof = text.split("\n")
    assert first.startswith("error id:tencent: This cannot be, by cax-adc (?x a g60:")
    assert "_:" not in text
    assert any("id:tencent a g60:Company: the register: " in line for line in proof)
    assert any("g60:City rdfs:subClassOf g60:Region" in line for line in proof)


def test_the_quotes_of_a_contradiction_stand_in_it(kg: KnowledgeGraph) -> None:
    """A company that operates something cannot be an industry."""
    said = Quad(ID.tencent, RDF.type, G60.IndustryCategory, article_graph(CORRIDOR))
    gone = list(kg.store.match(ID.tencent, RDF.type))
    kg.store.apply(remove=gone, add=[said])
    texts = "\n".join(found(kg, "consistency"))
    assert "prp-dom (g60:operates rdfs:domain g60:Organization)" in texts
    assert "says: “Tencent’s G60 artificial intelligence advanced computing center”" in texts


@pytest.mark.parametrize("modality", ["planned", "denied", "reported", "partial"])
def test_a_claim_that_puts_no_fact_is_checked_by_domain_and_range(kg: KnowledgeGraph, modality: str) -> None:
    restated(
        kg,
        subject=ID["six-plus-x"],
        predicate=G60.activeIn,
        object=ID.songjiang,
        modality=Literal(modality),
    )
    (text,) = found(kg, "claims")
    assert text.startswith(
        "error claim:other: id:six-plus-x: activeIn has a domain of Actor, not IndustryScheme"
    )
    assert "included in the National" in text  # the words that say it


def test_the_object_of_a_planned_claim_is_checked(kg: KnowledgeGraph) -> None:
    restated(kg, predicate=G60.alongRoute, object=ID.songjiang, modality=Literal("planned"))
    (text,) = found(kg, "claims")
    assert "id:songjiang: alongRoute has a range of Route, not District" in text


def test_a_sound_graph_has_no_such_findings(kg: KnowledgeGraph) -> None:
    report = check_graph(kg.store, PACKAGED)
    assert report.ok
    assert isinstance(report, Report)
    assert not found(kg, "claims")


def test_the_types_of_records_are_there_for_a_query(kg: KnowledgeGraph) -> None:
    """As many of each as the ontology entails; they come and go with their article."""
    before = set(kg.store.match(graph=INFERRED_GRAPH))
    claims = {quad.subject for quad in kg.store.match(None, RDF.type, G60.Claim)}
    for kind in (G60.Record, PROV.Entity, G60.Qualifiable):
        assert claims <= {quad.subject for quad in kg.store.match(None, RDF.type, kind)}
    assert kg.sparql("ASK { ?a a schema:NewsArticle ; a schema:CreativeWork ; dcterms:date ?d }")
    assert kg.sparql("ASK { ?fact a g60:RegisterFact } ")
    assert not kg.sparql("ASK { ?fact a g60:RegisterFact FILTER NOT EXISTS { ?fact a prov:Entity } }")
    kg.add(Article("news", "Tencent has teamed up with Fosun Pharma.", date="2024-01-02"))
    new = next(q.subject for q in kg.store.match(None, RDF.type, G60.Claim, claims_graph("news")))
    assert isinstance(new, NamedNode)
    proof = kg.why(new, RDF.type, PROV.Entity)
    assert isinstance(proof, Explanation)
    assert proof.rule == "cax-sco"
    kg.remove("news")
    assert set(kg.store.match(graph=INFERRED_GRAPH)) == before
    assert SCHEMA.NewsArticle in {quad.object for quad in before}
    assert DCTERMS.date not in {quad.predicate for quad in before}
