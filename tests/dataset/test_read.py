"""What a dataset says of itself, counted in another way."""

from collections import Counter, defaultdict

import pytest
from pyoxigraph import NamedNode, Quad

from g60kg import KnowledgeGraph
from g60kg.dataset import DatasetDescription, describe_dataset
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, INFERRED_GRAPH, RDF


@pytest.fixture(scope="module")
def described(packaged: KnowledgeGraph) -> DatasetDescription:
    return packaged.describe_dataset()


def test_counts_are_those_of_the_quads(packaged: KnowledgeGraph, described: DatasetDescription) -> None:
    quads = list(packaged.store.match())
    assert described.triples == len(quads)
    assert {part.iri: part.count for part in described.graphs} == Counter(iri(q.graph_name) for q in quads)
    assert {part.iri: part.count for part in described.properties} == Counter(
        q.predicate.value for q in quads
    )
    assert described.subjects == len({quad.subject for quad in quads})
    assert described.objects == len({quad.object for quad in quads})


def test_members_of_classes_and_entities_are_counted_once(
    packaged: KnowledgeGraph, described: DatasetDescription
) -> None:
    members: dict[str, set[object]] = defaultdict(set)
    for quad in packaged.store.match(None, RDF.type):
        if isinstance(quad.object, NamedNode):
            members[quad.object.value].add(quad.subject)
    assert {part.iri: part.count for part in described.classes} == {k: len(v) for k, v in members.items()}
    assert described.claims == len(members[G60.Claim.value])
    typed = {iri(subject) for held in members.values() for subject in held if isinstance(subject, NamedNode)}
    assert described.entities == sum(each.startswith(ID.base) for each in typed)


def iri(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value


def test_sources_licence_and_version_are_told(described: DatasetDescription) -> None:
    (source,) = described.sources
    assert (source.date, source.language) == ("2023-07-11", "en")
    assert source.title
    assert source.title.startswith("The G60 Science")
    assert described.period == ("2023-07-11", "2023-07-11")
    assert described.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert described.ontology
    assert described.ontology.startswith("https://w3id.org/g60kg/ontology/")
    assert described.version[0].isdigit()


def test_what_was_inferred_can_be_left_out(packaged: KnowledgeGraph, described: DatasetDescription) -> None:
    held = describe_dataset(packaged.store, inferred=False)
    inferred = sum(1 for _ in packaged.store.match(graph=INFERRED_GRAPH))
    assert held.triples == described.triples - inferred
    assert INFERRED_GRAPH.value not in {part.iri for part in held.graphs}


def test_an_empty_store_is_described_too() -> None:
    empty = describe_dataset(MemoryStore())
    assert (empty.triples, empty.entities, empty.sources, empty.licence) == (0, 0, (), None)
    assert "0 triples in 0 graphs" in str(empty)


def test_articles_without_title_or_date_are_sources() -> None:
    quads = [Quad(ID.x, RDF.type, G60.Article, NamedNode("https://w3id.org/g60kg/graph/claims/x"))]
    described = describe_dataset(MemoryStore(quads))
    assert [source.iri for source in described.sources] == [ID.x.value]
    assert described.period is None
