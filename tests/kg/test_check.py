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
def kg(changing: KnowledgeGraph) -> KnowledgeGraph:
    return changing


def found(kg: KnowledgeGraph, check: str) -> list[str]:
    """Return the findings of one check; shapes, the ontology and frames, which take longest, are left out."""
    with pytest.MonkeyPatch.context() as patch:
        for other in ("check_store", "check_files", "check_examples"):
            patch.setattr(f"g60kg.kg.validate.{other}", lambda *_: Report.of("none", ()))
        report = check_graph(kg.store, PACKAGED)
    return [str(finding) for finding in report.findings if finding.check == check]


def restated(kg: KnowledgeGraph, modality: str, **parts: NamedNode) -> None:
    """Add a claim like one of the packaged article, with this modality and other parts."""
    graph = claims_graph(CORRIDOR)
    one = next(q.subject for q in kg.store.match(None, RDF.predicate, G60.includedIn, graph))
    named = {RDF.subject: "subject", RDF.predicate: "predicate", RDF.object: "object"}
    new = []
    for quad in kg.store.match(one):  # type: ignore[arg-type]
        value = parts.get(named.get(quad.predicate, ""), quad.object)
        new.append(Quad(CLAIM[modality], quad.predicate, value, graph))
    kg.store.apply(add=[*new, Quad(CLAIM[modality], G60.modality, Literal(modality), graph)])


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


def test_claims_that_put_no_fact_are_checked_by_domain_and_range(kg: KnowledgeGraph) -> None:
    modalities = ["denied", "partial", "planned", "reported"]
    for modality in modalities[:3]:
        restated(kg, modality, subject=ID["six-plus-x"], predicate=G60.activeIn, object=ID.songjiang)
    restated(kg, modalities[3], predicate=G60.alongRoute, object=ID.songjiang)
    texts = found(kg, "claims")
    for modality, text in zip(modalities, texts, strict=True):
        assert text.startswith(f"error claim:{modality}: ")
        assert "included in the National" in text  # the words that say it
    assert all("id:six-plus-x: activeIn has a domain of Actor, not Indus" in text for text in texts[:3])
    assert "id:songjiang: alongRoute has a range of Route, not District" in texts[3]


def test_a_sound_graph_has_no_such_findings(kg: KnowledgeGraph) -> None:
    report = check_graph(kg.store, PACKAGED)
    assert report.ok
    assert "claims" not in {finding.check for finding in report.findings}


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
