"""The packaged article as a graph: each claim a node, each plain fact a triple, each quote in the text."""

from collections import Counter

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.graph import article_quads, object_term
from g60kg.model import Entity
from g60kg.terms import ARTICLE, CLAIM, DCTERMS, G60, OA, PROV, RDFS, article_graph, claims_graph, iri
from tests.extract.packaged import corridor, corridor_claims, extractor


def test_no_node_is_blank() -> None:
    quads = article_quads(corridor(), corridor_claims())
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert all(isinstance(quad.object, NamedNode | Literal) for quad in quads)


def test_the_article_as_a_graph() -> None:
    """Each claim has a node, each plain fact a triple, and two builds agree."""
    claims = corridor_claims()
    quads = article_quads(corridor(), claims)
    assert quads == article_quads(corridor(), extractor().claims(corridor()))
    nodes = {quad.subject for quad in quads if quad.object == G60.Claim}
    assert nodes == {CLAIM[claim.id] for claim in claims}
    direct = {
        (q.subject, q.predicate, q.object) for q in quads if q.graph_name == article_graph(corridor().id)
    }
    for claim in claims:
        triple = (NamedNode(claim.subject.iri), iri(claim.predicate), object_term(claim))
        assert (triple in direct) == claim.is_fact


def test_every_direct_triple_was_said() -> None:
    """Nothing stands in the graph of the article but what claims say, their statistics and candidates."""
    claims = corridor_claims()
    said = {(claim.subject.iri, iri(claim.predicate)) for claim in claims if claim.is_fact}
    own = {term.value for claim in claims if isinstance(term := object_term(claim), NamedNode)}
    candidates = {
        part.iri
        for c in claims
        for part in (c.subject, c.object)
        if isinstance(part, Entity) and part.candidate
    }
    for quad in article_quads(corridor(), claims):
        if quad.graph_name == article_graph(corridor().id):
            assert isinstance(quad.subject, NamedNode)
            key = (quad.subject.value, quad.predicate)
            assert key in said or quad.subject.value in own | candidates


def test_selectors_stand_in_the_text() -> None:
    text = corridor().text
    found: dict[str, dict[str, str]] = {}
    for quad in article_quads(corridor(), corridor_claims()):
        if isinstance(quad.object, Literal) and quad.predicate in (
            OA.start,
            OA.end,
            OA.exact,
            OA.prefix,
            OA.suffix,
        ):
            node, _, _ = str(quad.subject).rpartition("/")
            found.setdefault(node, {})[quad.predicate.value.rpartition("#")[2]] = quad.object.value
    assert len(found) == len(corridor_claims())
    for selector in found.values():
        start, end = int(selector["start"]), int(selector["end"])
        assert text[start:end] == selector["exact"]
        assert text[:start].endswith(selector["prefix"])
        assert text[end:].startswith(selector["suffix"])


def test_claims_are_quoted_from_one_article() -> None:
    quads = article_quads(corridor(), corridor_claims())
    sources = Counter(quad.object for quad in quads if quad.predicate == PROV.wasQuotedFrom)
    assert sources == {ARTICLE[corridor().id]: len(corridor_claims())}
    assert Quad(ARTICLE[corridor().id], DCTERMS.language, Literal("en"), claims_graph(corridor().id)) in quads
    assert any(quad.predicate == RDFS.comment for quad in quads)
