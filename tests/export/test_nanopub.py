"""Nanopublications: the structure that the guidelines ask for, and what stands where."""

from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from g60kg.errors import ExportError
from g60kg.export import export_quads
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    DATASET,
    DCTERMS,
    G60,
    ID,
    NANOPUB,
    NP,
    OA,
    ONTOLOGY_GRAPH,
    PROV,
    RDF,
    SOFTWARE,
    XSD,
    article_graph,
    claims_graph,
)
from tests.export.samples import FIGURE, LIMITED, PLAIN, PLANNED, QUADS, WORDS

LICENCE = NamedNode("https://www.apache.org/licenses/LICENSE-2.0")
DATED = Quad(
    NamedNode("https://w3id.org/g60kg/ontology"), DCTERMS.modified, Literal("2024-01-01"), ONTOLOGY_GRAPH
)
STATED = Quad(NamedNode("https://w3id.org/g60kg/ontology"), DCTERMS.license, LICENCE, ONTOLOGY_GRAPH)
PARTS = ("Head", "assertion", "provenance", "pubinfo")
Graphs = dict[NamedNode, set[Triple]]


def exported(quads: list[Quad], folder: Path) -> Graphs:
    export_quads(quads, folder / "np.trig", "nanopubs")
    graphs: Graphs = defaultdict(set)
    for quad in parse(path=folder / "np.trig", format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        graphs[quad.graph_name].add(quad.triple)
    return graphs


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Graphs:
    return exported([*QUADS, STATED, DATED], tmp_path_factory.mktemp("np"))


def about(graphs: Graphs, claim_id: str) -> NamedNode:
    """Return the IRI of the nanopublication of a claim: its address, and the code of what it says."""
    heads = (graph.value.removesuffix("#Head") for graph in graphs if graph.value.endswith("#Head"))
    (found,) = (each for each in heads if each.startswith(f"{NANOPUB[claim_id].value}/RA"))
    return NamedNode(found)


def part(graphs: Graphs, claim_id: str, name: str) -> NamedNode:
    return NamedNode(f"{about(graphs, claim_id).value}#{name}")


def check_structure(graphs: Graphs) -> set[NamedNode]:
    """Check what the guidelines ask of well-formed nanopublications; return their IRIs."""
    heads = {
        (triple.subject, graph)
        for graph, triples in graphs.items()
        for triple in triples
        if (triple.predicate, triple.object) == (RDF.type, NP.Nanopublication)
    }
    seen: list[NamedNode] = []
    for about, head in heads:
        assert isinstance(about, NamedNode)
        linked = [
            [t.object for t in graphs[head] if (t.subject, t.predicate) == (about, link)]
            for link in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
        ]
        assert [len(each) for each in linked] == [1, 1, 1]
        assert len(graphs[head]) == 4
        assertion, provenance, pubinfo = (each[0] for each in linked)
        names = [head, assertion, provenance, pubinfo]
        assert all(isinstance(name, NamedNode) and graphs.get(name) for name in names)
        assert len({about, *names}) == 5
        assert isinstance(provenance, NamedNode)
        assert isinstance(pubinfo, NamedNode)
        assert any(assertion in (t.subject, t.object) for t in graphs[provenance])
        assert any(about in (t.subject, t.object) for t in graphs[pubinfo])
        seen += [name for name in names if isinstance(name, NamedNode)]
    assert sorted(seen, key=str) == sorted(graphs, key=str), "every graph belongs to one nanopublication"
    return {about for about, _ in heads if isinstance(about, NamedNode)}


def test_every_claim_is_a_nanopublication_that_is_well_formed(graphs: Graphs) -> None:
    claims = {q.subject.value for q in QUADS if q.object == G60.Claim and isinstance(q.subject, NamedNode)}
    found = {iri.value.rpartition("/")[0] for iri in check_structure(graphs)}
    assert found == {NANOPUB.base + claim.removeprefix(CLAIM.base) for claim in claims}


def test_those_of_the_packaged_graph_are_well_formed(quads: list[Quad], tmp_path: Path) -> None:
    claims = {q.subject for q in quads if (q.predicate, q.object) == (RDF.type, G60.Claim)}
    assert len(check_structure(exported(quads, tmp_path))) == len(claims) > 100


def test_a_plain_claim_asserts_its_triple_alone(graphs: Graphs) -> None:
    assert graphs[part(graphs, PLAIN[0].id, "assertion")] == {Triple(ID["new-park"], G60.locatedIn, ID.wuhu)}
    words = Triple(ID.wuhu, G60.theme, Literal(WORDS.quote, language="en"))
    assert graphs[part(graphs, WORDS.id, "assertion")] == {words}


def test_a_figure_is_asserted_with_its_number_unit_and_limits(graphs: Graphs) -> None:
    triples = graphs[part(graphs, FIGURE.id, "assertion")]
    (leading,) = (triple for triple in triples if triple.subject == ID.wuhu)
    figure = leading.object
    stated = {quad.triple for quad in QUADS if quad.subject == figure and "/article/" in str(quad.graph_name)}
    assert triples == {leading, *stated}
    assert {G60.value, G60.unit, G60.comparator, G60.year} <= {triple.predicate for triple in stated}


def test_what_is_only_planned_is_not_asserted_as_a_fact(graphs: Graphs) -> None:
    triples, node = graphs[part(graphs, PLANNED.id, "assertion")], CLAIM[PLANNED.id]
    assert {triple.subject for triple in triples} == {node}
    assert Triple(node, G60.modality, Literal("planned")) in triples
    assert Triple(node, RDF.object, ID.hefei) in triples


def test_a_limited_claim_is_asserted_with_its_limits(graphs: Graphs) -> None:
    triples, node = graphs[part(graphs, LIMITED.id, "assertion")], CLAIM[LIMITED.id]
    assert Triple(ID.wuhu, G60.cooperatesWith, ID.hefei) in triples
    assert {triple.predicate for triple in triples if triple.subject == node} >= {G60.year, RDF.subject}


def test_the_provenance_leads_to_the_words_and_the_repairs(graphs: Graphs) -> None:
    triples, node = graphs[part(graphs, WORDS.id, "provenance")], CLAIM[WORDS.id]
    assertion, article = part(graphs, WORDS.id, "assertion"), ARTICLE["hostile"]
    assert Triple(assertion, PROV.wasDerivedFrom, node) in triples
    assert Triple(assertion, PROV.wasQuotedFrom, article) in triples
    assert Triple(node, G60.pattern, Literal("test")) in triples
    quote = NamedNode(f"{node.value}/quote")
    assert Triple(quote, OA.exact, Literal(WORDS.quote)) in triples
    assert {OA.start, OA.end, OA.prefix, G60.repairedTo, G60.sha256} <= {t.predicate for t in triples}


def test_the_publication_info_names_maker_licence_and_dataset(graphs: Graphs) -> None:
    it, triples = about(graphs, WORDS.id), graphs[part(graphs, WORDS.id, "pubinfo")]
    assert Triple(it, DCTERMS.creator, SOFTWARE) in triples
    assert Triple(it, DCTERMS.isPartOf, DATASET) in triples
    assert Triple(it, DCTERMS.license, LICENCE) in triples
    (created,) = (triple.object for triple in triples if triple.predicate == DCTERMS.created)
    assert created == Literal("2024-02-19T00:00:00+00:00", datatype=XSD.dateTime)


def test_the_same_claims_give_the_same_bytes(tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "a.trig.gz", "nanopubs")
    export_quads(QUADS[::-1], tmp_path / "b.trig.gz", "nanopubs")
    assert (tmp_path / "a.trig.gz").read_bytes() == (tmp_path / "b.trig.gz").read_bytes()


def test_a_graph_without_claims_gives_none(tmp_path: Path) -> None:
    quads = [quad for quad in QUADS if quad.graph_name == article_graph("hostile")]
    assert exported(quads, tmp_path) == {}


def test_a_claim_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    quads = [Quad(CLAIM["0a"], RDF.type, G60.Claim, claims_graph("x"))]
    with pytest.raises(ExportError, match="claim/0a: not the whole claim is there; export whole graphs"):
        export_quads(quads, tmp_path / "np.trig", "nanopubs")
    assert not list(tmp_path.iterdir())
