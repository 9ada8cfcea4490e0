from itertools import islice

from pyoxigraph import Literal, NamedNode

from benchmarks.corridor import corridor
from g60kg.resources import resource
from g60kg.terms import DCTERMS, G60, OA, PROV, RDF, RDFS, SKOS
from g60kg.triples import parse_ontology


def _declared() -> set[NamedNode]:
    ontology = parse_ontology(resource("ontology", "g60.ttl"))
    return {quad.subject for quad in ontology if isinstance(quad.subject, NamedNode)}


def test_every_term_is_declared_in_the_ontology() -> None:
    triples = list(corridor(5000))
    used = {triple.predicate for triple in triples} | {
        triple.object for triple in triples if triple.predicate in (RDF.type, G60.measure)
    }
    borrowed = {term for term in used if not str(term).startswith(f"<{G60.base}")}
    assert used - borrowed <= _declared()
    bases = (RDF.base, RDFS.base, SKOS.base, DCTERMS.base, PROV.base, OA.base)
    assert all(str(term)[1:].startswith(bases) for term in borrowed)


def test_triples_are_distinct_and_as_many_as_asked() -> None:
    assert len(set(corridor(30_000))) == 30_000


def test_a_smaller_corridor_begins_a_larger_one() -> None:
    assert list(corridor(2000)) == list(islice(corridor(9000), 2000))


def test_another_seed_is_another_corridor() -> None:
    assert set(corridor(5000, seed=1)) != set(corridor(5000, seed=2))


def test_no_claims_where_none_are_asked_for() -> None:
    assert any(triple.object == G60.Claim for triple in corridor(5000))
    assert not any(triple.object == G60.Claim for triple in corridor(5000, claimed=0))


def test_names_are_in_two_languages() -> None:
    names = [triple.object for triple in corridor(5000) if triple.predicate == SKOS.prefLabel]
    tags = {name.language for name in names if isinstance(name, Literal)}
    assert tags == {"en", "zh"}
