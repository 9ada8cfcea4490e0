from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from g60kg.reason import Contradiction, compile_rules, infer
from g60kg.reason.compile import owlrl_closure
from g60kg.reason.vocabulary import Fact, as_fact
from tests.reason import worlds
from tests.reason.messages import read_messages
from tests.yamls import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("tables.yaml"))
SAID = [case["said"] for case in CASES]
SOUND = [case for case in CASES if "owlrl" not in case]
FAULTS = [case for case in CASES if "owlrl" in case]
triples = cache(worlds.triples)
"""The blank nodes of one text are the same each time."""


@pytest.fixture(scope="module", autouse=True)
def closed_once() -> Iterator[None]:
    """Let owlrl close each set of facts once: compiling asks for it, too."""
    closed = cache(owlrl_closure)

    def closure(facts: Iterable[Fact]) -> tuple[set[Fact], tuple[str, ...]]:
        found, messages = closed(frozenset(facts))
        return set(found), messages

    with pytest.MonkeyPatch.context() as patch:
        for place in ("g60kg.reason.compile.build", "g60kg.reason.reasoners", __name__):
            patch.setattr(f"{place}.owlrl_closure", closure)
        yield


def test_exactly_this_follows(subtests: pytest.Subtests) -> None:
    for case in CASES:
        with subtests.test(case["rule"], said=case["said"]):
            closure = infer([], triples(case["said"]))
            if "fails" in case:
                assert case["fails"] in {found.rule for found in closure.contradictions}
            else:
                assert set(closure.inferred) == set(triples(case["follows"]))
                assert closure.contradictions == ()


def test_owlrl_says_the_same(subtests: pytest.Subtests) -> None:
    for case in SOUND:
        with subtests.test(case["rule"], said=case["said"]):
            ours, theirs = (infer([], triples(case["said"]), reasoner=name) for name in ("compiled", "owlrl"))
            assert ours.inferred == theirs.inferred
            assert ours.contradictions == theirs.contradictions
            found = _contradictions(case["said"])
            ill_typed = {each.rule for each in ours.contradictions if each.rule == "dt-not-type"}
            assert {each.rule for each in ours.contradictions} == {each.rule for each in found} | ill_typed
            meant = {fact for each in found for fact in each.premises if fact[0] != fact[2]}
            assert meant <= {fact for each in ours.contradictions for fact in each.premises}


def _contradictions(said: str) -> list[Contradiction]:
    """Return what owlrl itself says of what cannot hold."""
    closed, messages = owlrl_closure(map(as_fact, triples(said)))
    return list(read_messages(messages, closed))


def test_owlrl_still_has_the_fault(subtests: pytest.Subtests) -> None:
    for case in FAULTS:
        with subtests.test(case["rule"], fault=case["owlrl"]):
            if "fails" in case:
                assert _contradictions(case["said"]) == []
            else:
                theirs = infer([], triples(case["said"]), reasoner="owlrl")
                assert set(theirs.inferred) != set(triples(case["follows"]))


def test_the_rule_bears_the_name_of_the_specification(subtests: pytest.Subtests) -> None:
    for case in CASES:
        if not case["rule"].startswith("dt-"):
            with subtests.test(case["rule"], said=case["said"]):
                schema = compile_rules(triples(case["said"]), strict=False)
                assert case["rule"] in {name for rule in schema.rules for name in rule.name.split(" + ")}
