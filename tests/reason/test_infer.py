import time

import pytest
from pyoxigraph import BlankNode

from g60kg.errors import G60Error, LimitError
from g60kg.reason import Closure, close, compile_rules, infer
from g60kg.reason.vocabulary import as_fact, as_triple, is_built_in
from g60kg.resources import reasoners
from g60kg.terms import OWL, RDF
from tests.reason.worlds import triples


@pytest.mark.parametrize("reasoner", ["compiled", "owlrl"])
def test_only_what_is_legal_and_useful_is_kept(reasoner: str) -> None:
    ontology = triples(
        ":A a owl:Class ; rdfs:subClassOf :B, [ owl:onProperty :p ; owl:allValuesFrom :C ] ."
        ":p a owl:ObjectProperty ."
        ":t a owl:DatatypeProperty ; rdfs:range xsd:string ; rdfs:subPropertyOf :u ."
    )
    said = triples(':a a :A ; :p :b ; :t "x" ; owl:sameAs :a2 .')
    for triple in (inferred := infer(ontology, said, reasoner=reasoner).inferred):
        assert as_triple(as_fact(triple)) == triple
        assert not is_built_in(triple.subject)
        assert not isinstance(triple.object, BlankNode)
        assert not (triple.predicate == RDF.type and is_built_in(triple.object))
        assert not (triple.predicate == OWL.sameAs and triple.subject == triple.object)
        assert triple not in {*ontology, *said}
    assert set(triples(':a a :B ; :u "x" . :b a :C . :a2 :t "x" ; :u "x" .')) <= set(inferred)


@pytest.mark.parametrize("reasoner", reasoners())
def test_every_engine_gives_a_sorted_closure(reasoner: str) -> None:
    closure = infer(triples(":p owl:inverseOf :q ."), triples(":a :p :b . :c :p :a ."), reasoner=reasoner)
    assert isinstance(closure, Closure)
    assert list(closure.inferred) == sorted(set(closure.inferred), key=str)
    assert len(closure.inferred) == (0 if reasoner == "none" else 2)


def test_an_unknown_reasoner_is_an_error() -> None:
    with pytest.raises(G60Error, match="no reasoner 'pellet'; give one of: compiled, owlrl, none"):
        infer([], [], reasoner="pellet")


def test_nothing_follows_from_nothing() -> None:
    assert infer([], []) == infer([], [], reasoner="owlrl") == Closure(())


@pytest.mark.parametrize(
    ("ontology", "said"),
    [
        (":p a owl:FunctionalProperty .", "".join(f":a :p :n{n} .\n" for n in range(10_000))),
        ("", "".join(f":n{n} owl:sameAs :n{n + 1} .\n" for n in range(10_000))),
        (":p a owl:TransitiveProperty .", "".join(f":n{n} :p :n{n + 1} .\n" for n in range(10_000))),
    ],
    ids=[
        "a property with ten thousand equal values",
        "ten thousand equal names",
        "a chain of ten thousand links",
    ],
)
def test_an_explosion_stops_with_a_clear_limit(ontology: str, said: str) -> None:
    rules, facts = compile_rules(triples(ontology)), triples(said)
    begin = time.process_time()
    with pytest.raises(LimitError, match="more than 50,000 facts follow; use the bulk engine"):
        close(rules, facts, limit=50_000)
    assert time.process_time() - begin < 20


def test_a_long_chain_that_fits_is_closed_whole() -> None:
    chain = triples("".join(f":n{n} :p :n{n + 1} .\n" for n in range(200)))
    assert len(infer(triples(":p a owl:TransitiveProperty ."), chain).inferred) == 200 * 199 // 2


def test_literals_entail_with_owlrl_what_they_entail() -> None:
    ontology = triples(
        ":t rdfs:subPropertyOf :u ; rdfs:domain :A . :u rdfs:domain :B . :k a owl:InverseFunctionalProperty ."
        ":f rdfs:subPropertyOf :k . :C owl:onProperty :h ; owl:hasValue 5 ."
    )
    said = triples(':a :t "x" ; owl:sameAs :b . :c :f "1" ; :h 5 . :d :k "1" ; :t "y"@en .')
    theirs = infer(ontology, said, reasoner="owlrl")
    assert theirs.inferred == infer(ontology, said).inferred
    expected = ':a :u "x" ; a :A, :B . :b :t "x" . :c owl:sameAs :d ; a :C ; :t "y"@en . :d :f "1" .'
    assert set(triples(expected)) <= set(theirs.inferred)


def test_what_an_ontology_says_twice_is_inferred_once() -> None:
    rules = compile_rules(triples("[ owl:oneOf (:a :a) ] rdfs:subClassOf :A, :B . :A rdfs:subClassOf :B ."))
    assert list(close(rules, []).inferred) == triples(":a a :A, :B .")
