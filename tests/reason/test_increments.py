import time
from collections.abc import Iterable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Triple

from g60kg.errors import LimitError
from g60kg.reason import (
    Facts,
    RuleSet,
    StoreFacts,
    close,
    compile_rules,
    extend,
    increments,
    retract,
    saturate,
)
from g60kg.reason.vocabulary import as_fact, as_triple
from g60kg.store import MemoryStore
from g60kg.terms import INFERRED_GRAPH, ONTOLOGY_GRAPH, article_graph
from tests.reason.worlds import facts, ontologies, triples
from tests.sizes import size

FEW = settings(
    max_examples=size(20, 150), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
ARTICLE = article_graph("one")

Step = tuple[bool, list[str]]
histories = st.lists(
    st.tuples(st.booleans(), st.lists(facts, min_size=1, max_size=3)), min_size=1, max_size=8
)


class InMemory:
    """The facts in memory, the inferences as the deltas give them."""

    def __init__(self, rules: RuleSet) -> None:
        self.facts: Facts = saturate(rules, [])[0]
        self.inferred = set(close(rules, []).inferred)

    def apply(self, add: Iterable[Triple], remove: Iterable[Triple], **_: object) -> None:
        assert not self.inferred.intersection(add)
        assert self.inferred.issuperset(remove)
        self.inferred = (self.inferred | set(add)) - set(remove)


class InStore:
    """The facts in a store, opened anew for each step."""

    def __init__(self, rules: RuleSet) -> None:
        self.store = MemoryStore()
        self.apply(close(rules, []).inferred, [])
        self.store.apply(add=_in(ONTOLOGY_GRAPH, rules.asserted))

    @property
    def facts(self) -> Facts:
        return StoreFacts(self.store)

    @property
    def inferred(self) -> set[Triple]:
        return {quad.triple for quad in self.store.match(graph=INFERRED_GRAPH)}

    def apply(
        self,
        add: Iterable[Triple],
        remove: Iterable[Triple],
        said: Iterable[Triple] = (),
        unsaid: Iterable[Triple] = (),
    ) -> None:
        self.store.apply(
            add=[*_in(INFERRED_GRAPH, add), *_in(ARTICLE, said)],
            remove=[*_in(INFERRED_GRAPH, remove), *_in(ARTICLE, unsaid)],
        )


def _in(graph: NamedNode, given: Iterable[Triple]) -> list[Quad]:
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in given]


def _live_through(rules: RuleSet, world: InMemory | InStore, history: list[Step]) -> None:
    said: set[Triple] = set()
    for adds, texts in history:
        given = {triple for triple in triples("\n".join(texts)) if triple not in rules.asserted}
        if adds:
            delta = extend(rules, world.facts, sorted(given, key=str))
            world.apply(delta.added, delta.removed, said=given)
            said |= given
        else:
            delta = retract(rules, world.facts, sorted(given & said, key=str))
            world.apply(delta.added, delta.removed, unsaid=given)
            said -= given
        assert world.inferred == set(close(rules, said).inferred)


@pytest.mark.parametrize("work", [increments._WORK, -1], ids=["by steps", "closed anew"])
@FEW
@given(ontologies, histories)
def test_any_history_ends_as_one_closure(work: int, ontology: list[str], history: list[Step]) -> None:
    rules = compile_rules(triples("\n".join(ontology)))
    with patch("g60kg.reason.increments._WORK", work):
        _live_through(rules, InMemory(rules), history)
        _live_through(rules, InStore(rules), history)


class _Counting(StoreFacts):
    """Counts the facts that are looked at."""

    looks = 0

    def match(self, *pattern):  # type: ignore[no-untyped-def]
        for fact in super().match(*pattern):
            type(self).looks += 1
            yield fact


def _cost(number: int) -> int:
    rules = compile_rules(triples(":p a owl:TransitiveProperty ; rdfs:domain :A . :A rdfs:subClassOf :B ."))
    world = InStore(rules)
    said = triples("".join(f":a{n} :p :b{n} . :b{n} :p :c{n} .\n" for n in range(number)))
    world.apply(close(rules, said).inferred, [], said=said)
    _Counting.looks = 0
    new = triples(":c0 :p :d .")
    extend(rules, _Counting(world.store), new)
    world.apply([], [], said=new)
    retract(rules, _Counting(world.store), new)
    return _Counting.looks


def test_the_cost_does_not_grow_with_the_graph() -> None:
    assert 0 < _cost(10) == _cost(400)


def test_a_fact_that_was_inferred_and_is_then_said_is_no_inference() -> None:
    rules = compile_rules(triples(":p owl:inverseOf :q ."))
    working, _ = saturate(rules, [])
    extend(rules, working, triples(":a :p :b ."))
    delta = extend(rules, working, triples(":b :q :a ."))
    assert (delta.added, list(delta.removed)) == ((), triples(":b :q :a ."))
    assert list(retract(rules, working, triples(":b :q :a .")).added) == triples(":b :q :a .")


def test_what_holds_itself_up_in_a_circle_falls() -> None:
    rules = compile_rules(triples(":p owl:inverseOf :q . :q owl:inverseOf :r . :r owl:inverseOf :s ."))
    working, _ = saturate(rules, [])
    added = extend(rules, working, triples(":a :p :b .")).added
    assert retract(rules, working, triples(":a :p :b .")).removed == added


def test_a_new_contradiction_is_told() -> None:
    rules = compile_rules(triples(":A owl:disjointWith :B ."))
    working, _ = saturate(rules, [])
    assert extend(rules, working, triples(":a a :A .")).contradictions == ()
    (found,) = extend(rules, working, triples(":a a :B .")).contradictions
    assert (found.rule, len(found.premises)) == ("cax-dw", 2)


def test_more_than_the_limit_is_an_error() -> None:
    rules = compile_rules(triples(":p a owl:TransitiveProperty ."))
    working, _ = saturate(rules, [])
    chain = triples("".join(f":n{n} :p :n{n + 1} .\n" for n in range(50)))
    with pytest.raises(LimitError, match="more than 100 facts"):
        extend(rules, working, chain, limit=100)


def test_a_link_amid_a_long_chain_is_taken_back_in_bounded_time() -> None:
    rules = compile_rules(triples(":p a owl:TransitiveProperty ; owl:inverseOf :q ."))
    chain = triples("".join(f":n{n} :p :n{n + 1} .\n" for n in range(120)))
    working, _ = saturate(rules, map(as_fact, chain))
    begin = time.process_time()
    delta = retract(rules, working, [chain[60]])
    assert time.process_time() - begin < 10
    left = set(close(rules, [*chain[:60], *chain[61:]]).inferred)
    assert set(close(rules, chain).inferred) - set(delta.removed) | set(delta.added) == left
    assert {as_triple(fact) for fact in working} >= left
    assert not working.contains(as_fact(chain[60]))
