from pathlib import Path
from typing import Any

import pytest
import yaml

from g60kg.reason import compile_rules, infer
from tests.reason.worlds import triples

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "tables.yaml").read_text(encoding="utf-8")
)
SAID = [case["said"] for case in CASES]
SOUND = [case for case in CASES if "owlrl" not in case]
FAULTS = [case for case in CASES if "owlrl" in case]


def _name(case: dict[str, Any]) -> str:
    return f"{case['rule']}: {case['said']}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_exactly_this_follows(case: dict[str, Any]) -> None:
    closure = infer([], triples(case["said"]))
    if "fails" in case:
        assert case["fails"] in {found.rule for found in closure.contradictions}
    else:
        assert set(closure.inferred) == set(triples(case["follows"]))
        assert closure.contradictions == ()


@pytest.mark.parametrize("case", SOUND, ids=_name)
def test_owlrl_says_the_same(case: dict[str, Any]) -> None:
    ours, theirs = (infer([], triples(case["said"]), reasoner=name) for name in ("compiled", "owlrl"))
    assert ours.inferred == theirs.inferred
    assert {found.rule for found in ours.contradictions} == {found.rule for found in theirs.contradictions}
    meant = {fact for found in theirs.contradictions for fact in found.premises if fact[0] != fact[2]}
    assert meant <= {fact for found in ours.contradictions for fact in found.premises}


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: f"{case['rule']}: {case['owlrl']}")
def test_owlrl_still_has_the_fault(case: dict[str, Any]) -> None:
    theirs = infer([], triples(case["said"]), reasoner="owlrl")
    if "fails" in case:
        assert theirs.contradictions == ()
    else:
        assert set(theirs.inferred) != set(triples(case["follows"]))


@pytest.mark.parametrize("case", [case for case in CASES if not case["rule"].startswith("dt-")], ids=_name)
def test_the_rule_bears_the_name_of_the_specification(case: dict[str, Any]) -> None:
    schema = compile_rules(triples(case["said"]), strict=False)
    assert case["rule"] in {name for rule in schema.rules for name in rule.name.split(" + ")}
