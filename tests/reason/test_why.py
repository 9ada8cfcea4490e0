from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import NamedNode, Quad, Triple

from g60kg.errors import LimitError
from g60kg.reason import (
    Evidence,
    Explanation,
    Facts,
    Missing,
    RuleSet,
    StoreFacts,
    Why,
    close,
    compile_rules,
    infer,
    saturate,
)
from g60kg.reason.joins import Backward
from g60kg.reason.vocabulary import Fact, as_fact
from g60kg.reason.why import WORK
from g60kg.store import MemoryStore
from g60kg.terms import INFERRED_GRAPH, article_graph
from tests.reason.worlds import data, ontologies, triples

MANY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def _world(ontology: str, said: str) -> tuple[RuleSet, Facts]:
    rules = compile_rules(triples(ontology))
    return rules, saturate(rules, [as_fact(triple) for triple in triples(said)])[0]


def _explained(rules: RuleSet, facts: Facts, turtle: str, work: int = WORK) -> Explanation:
    (triple,) = triples(turtle)
    found = Why(rules, facts, work=work).of(as_fact(triple))
    assert isinstance(found, Explanation)
    return found


def _no_circle(part: Explanation, above: frozenset[Fact] = frozenset()) -> None:
    assert part.fact is None or part.fact not in above
    for premise in part.premises:
        _no_circle(premise, above | ({part.fact} if part.fact else set()))


def _least_sizes(rules: RuleSet, facts: Facts, goals: Iterable[Fact]) -> dict[Fact, int]:
    """The sizes of smallest proofs, by brute force: rounds over all instances of all rules."""
    backward, sizes = Backward(rules.rules), dict[Fact, int]()
    wanted = list(goals)

    def size(fact: Fact) -> float:
        return 0 if facts.held(fact) else sizes.get(fact, float("inf"))

    for _ in range(len(wanted) + 1):
        for goal in wanted:
            for one in backward.instances(goal, facts):
                steps = 1 + sum(size(premise) for premise in one.premises)
                if steps < size(goal):
                    sizes[goal] = int(steps)
    return sizes


def _tree_size(part: Explanation) -> int:
    return (part.rule is not None) + sum(map(_tree_size, part.premises))


@MANY
@given(ontologies, data)
def test_every_inference_has_a_smallest_proof_without_circle(ontology: list[str], said: list[str]) -> None:
    rules, facts = _world("\n".join(ontology), "\n".join(said))
    inferred = close(rules, triples("\n".join(said))).inferred
    every = [fact for fact in facts.match(None, None, None) if not facts.held(fact)]
    least = _least_sizes(rules, facts, every)
    for triple in inferred:
        found = Why(rules, facts).of(as_fact(triple))
        assert isinstance(found, Explanation)
        assert found.kind == "inferred"
        _no_circle(found)
        assert _tree_size(found) == least[as_fact(triple)]


@MANY
@given(ontologies, data)
def test_every_contradiction_has_a_proof(ontology: list[str], said: list[str]) -> None:
    rules, facts = _world("\n".join(ontology), "\n".join(said))
    for found in close(rules, triples("\n".join(said))).contradictions:
        proof = Why(rules, facts).contradiction(found)
        assert proof.fact is None
        assert [part.fact for part in proof.premises] == list(found.premises)
        assert str(proof).startswith(f"This cannot be, by {found.rule}")


ONTOLOGY = """
:partOf a owl:TransitiveProperty ; rdfs:domain :Region .
:locatedIn owl:propertyChainAxiom (:locatedIn :partOf) ; owl:inverseOf :contains .
:City rdfs:subClassOf :Region . :Region owl:disjointWith :Company .
"""
SAID = (
    ":tencent a :Company ; :locatedIn :songjiang . :songjiang :partOf :shanghai . :shanghai :partOf :delta ."
)


def _source(triple: Triple) -> tuple[Evidence, ...]:
    if triple in triples(":tencent :locatedIn :songjiang ."):
        return (
            Evidence("said", "news", "Tencent's centre in Songjiang", 10, 39, claim="http://example.org/c1"),
        )
    return (Evidence("register", source="Administrative divisions."),)


def test_it_reads_like_an_argument() -> None:
    rules, facts = _world(ONTOLOGY, SAID)
    (goal,) = triples(":delta :contains :tencent .")
    text = str(Why(rules, facts, source=_source).of(as_fact(goal))).replace("http://example.org/", ":")
    assert text == (
        ":delta :contains :tencent, by prp-inv1 (:locatedIn owl:inverseOf :contains), since\n"
        "└─ :tencent :locatedIn :delta, by prp-spo2"
        " (?x :locatedIn ?y & ?y :partOf ?z -> ?x :locatedIn ?z), since\n"
        "   ├─ :tencent :locatedIn :songjiang: news says: “Tencent's centre in Songjiang” (10-39)\n"
        "   └─ :songjiang :partOf :delta, by prp-trp (:partOf a owl:TransitiveProperty), since\n"
        "      ├─ :songjiang :partOf :shanghai: the register: Administrative divisions.\n"
        "      └─ :shanghai :partOf :delta: the register: Administrative divisions."
    )


def test_a_premise_is_shown_once() -> None:
    rules, facts = _world(
        ":A rdfs:subClassOf :B, :C . :D owl:intersectionOf (:B :C) . :A rdfs:subClassOf :A0 .", ":x a :A ."
    )
    found = _explained(rules, facts, ":x a :D .")
    assert str(found).count("x a http://example.org/A: said") == 1
    assert str(found).count("(shown above)") == 1
    assert found.size == 3
    premises = found.to_json()["premises"]
    assert premises[1]["premises"] == [{"ref": premises[0]["premises"][0]["id"]}]


def test_what_is_said_and_what_the_ontology_says_need_no_rule() -> None:
    rules, facts = _world(":p rdfs:range :A . :o :p :i .", ":a :p :b .")
    assert _explained(rules, facts, ":a :p :b .").kind == "said"
    assert _explained(rules, facts, ":o :p :i .").kind == "axiom"


def test_all_proofs_are_different_and_begin_with_the_smallest() -> None:
    rules, facts = _world(ONTOLOGY, SAID)
    (goal,) = triples(":tencent :locatedIn :delta .")
    proofs = Why(rules, facts).all_of(as_fact(goal))
    assert len({str(proof) for proof in proofs}) == len(proofs) == 2
    assert [proof.size for proof in proofs] == sorted(proof.size for proof in proofs)
    assert proofs[0].size == _explained(rules, facts, ":tencent :locatedIn :delta .").size
    assert Why(rules, facts).all_of(as_fact(goal), most=1) == proofs[:1]
    for proof in proofs:
        _no_circle(proof)


@pytest.mark.parametrize(
    ("goal", "rule", "wanted"),
    [
        (":tencent :locatedIn :mars .", "prp-spo2", ":shanghai :partOf :mars|:songjiang :partOf :mars"),
        (":mars a :Region .", "cax-sco", ":mars a :City"),
        (":tencent :likes :shanghai .", None, ""),
    ],
)
def test_what_does_not_hold_names_the_nearest_rule(goal: str, rule: str | None, wanted: str) -> None:
    rules, facts = _world(ONTOLOGY, SAID)
    (triple,) = triples(goal)
    found = Why(rules, facts).of(as_fact(triple))
    assert isinstance(found, Missing)
    assert found.rule == rule
    words = " and ".join(str(atom) for atom in found.wanted).replace("http://example.org/", ":")
    assert words in wanted.split("|")
    assert "does not hold" in str(found)
    assert found.to_json()["holds"] is False
    assert Why(rules, facts).all_of(as_fact(triple)) == ()


def test_a_contradiction_names_the_sentences() -> None:
    said = ":tencent a :Company ; :partOf :shanghai ."
    closure = infer(triples(ONTOLOGY), triples(said))
    rules, facts = _world(ONTOLOGY, said)
    (found,) = closure.contradictions
    assert str(Why(rules, facts).contradiction(found)).replace("http://example.org/", ":") == (
        "This cannot be, by cax-dw (:Region owl:disjointWith :Company), since\n"
        "├─ :tencent a :Region, by prp-dom (:partOf rdfs:domain :Region), since\n"
        "│  └─ :tencent :partOf :shanghai: said\n"
        "└─ :tencent a :Company: said"
    )


def test_the_json_is_complete() -> None:
    rules, facts = _world(ONTOLOGY, SAID)
    (goal,) = triples(":tencent :locatedIn :shanghai .")
    found = Why(rules, facts, source=_source).of(as_fact(goal))
    assert isinstance(found, Explanation)
    value = found.to_json()
    assert (value["rule"], value["kind"], len(value["premises"])) == ("prp-spo2", "inferred", 2)
    assert value["fact"]["object"] == "<http://example.org/shanghai>"
    assert value["premises"][0]["evidence"] == [
        {
            "kind": "said",
            "article": "news",
            "quote": "Tencent's centre in Songjiang",
            "start": 10,
            "end": 39,
            "claim": "http://example.org/c1",
        }
    ]


def test_a_search_has_a_limit() -> None:
    chain = "".join(f":C{number} rdfs:subClassOf :C{number + 1} .\n" for number in range(30))
    rules, facts = _world(chain, ":a a :C0 .")
    (goal,) = triples(":a a :C30 .")
    assert isinstance(Why(rules, facts).of(as_fact(goal)), Explanation)
    with pytest.raises(LimitError, match="first 10 steps"):
        Why(rules, facts, work=10).of(as_fact(goal))


_CHAINED = """
:partOf a owl:TransitiveProperty ; owl:inverseOf :hasPart . :borough rdfs:subPropertyOf :partOf .
:locatedIn owl:propertyChainAxiom (:locatedIn :partOf) ; owl:inverseOf :contains .
"""


@pytest.mark.parametrize(
    ("goal", "link", "steps"),
    [
        (":n0 :partOf :n100 .", ":n{0} :partOf :n{1} .", 99),
        (":n0 :partOf :n100 .", ":n{1} :hasPart :n{0} .", 199),
        (":n0 :partOf :n100 .", ":n{0} :borough :n{1} .", 199),
        (":n100 :hasPart :n0 .", ":n{0} :partOf :n{1} .", 100),
        (":tencent :locatedIn :n100 .", ":n{0} :partOf :n{1} .", 100),
        (":n400 :contains :tencent .", ":n{0} :partOf :n{1} .", 401),
    ],
    ids=["said", "said the other way round", "of a lower property", "asked in reverse", "carried", "both"],
)
def test_a_long_chain_is_explained_at_once(goal: str, link: str, steps: int) -> None:
    length = 400 if "n400" in goal else 100
    links = "".join(link.format(n, n + 1) + "\n" for n in range(length))
    rules = compile_rules(triples(_CHAINED))
    said = triples(f"{links} :tencent :locatedIn :n0 .")
    facts = saturate(rules, map(as_fact, said), limit=10**7)[0]
    found = _explained(rules, facts, goal, work=20 * length)
    leaves = [part.fact for part in found.parts() if part.rule is None]
    assert {as_fact(triple) for triple in said[:length]} <= set(leaves)
    assert found.size == steps
    assert max(map(len, str(found).splitlines())) < 400
    assert found.to_json()["kind"] == "inferred"


def _in(graph: NamedNode, given: Iterable[Triple]) -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, graph) for each in given]


def test_a_long_chain_in_a_store_is_explained_and_has_many_proofs() -> None:
    rules = compile_rules(triples(_CHAINED))
    said = triples("".join(f":n{n} :partOf :n{n + 1} .\n" for n in range(150)))
    store = MemoryStore(_in(article_graph("one"), said))
    inferred = close(rules, said).inferred
    store.apply(add=_in(INFERRED_GRAPH, inferred))
    (goal,) = triples(":n0 :partOf :n150 .")
    found = Why(rules, StoreFacts(store)).of(as_fact(goal))
    assert isinstance(found, Explanation)
    assert found.size == 149
    proofs = Why(rules, StoreFacts(store)).all_of(as_fact(goal), most=3)
    assert len({str(proof) for proof in proofs}) == 3
    for proof in proofs:
        _no_circle(proof)


def test_a_shortcut_is_taken() -> None:
    links = "".join(f":n{n} :partOf :n{n + 1} .\n" for n in range(40))
    rules, facts = _world(_CHAINED, f"{links} :n30 :hasPart :n3 .")
    assert _explained(rules, facts, ":n0 :partOf :n40 .").size == 3 + 2 + 10 - 1
