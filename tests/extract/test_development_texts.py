"""What is found in the development texts, by the script that also scores the texts kept aside."""

import importlib.util
import json
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from g60kg.extract import extract
from g60kg.model import Article
from tests.extract.packaged import SHARED, TEXTS, development_texts, grammar, needs_shared

pytestmark = needs_shared

RECALL = 1.0
"""Of what the gold files name, the part that must be found in each text."""
PARTS = (("relations", "states_relation"), ("statistics", "states_statistic"), ("years", "states_year"))


@cache
def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_claims", SHARED / "score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _gold(article: Article) -> dict[str, Any]:
    paths = [path for path in TEXTS.glob("*.gold.json") if path.name.startswith(f"{article.id}.")]
    gold: dict[str, Any] = json.loads(paths[0].read_text(encoding="utf-8"))
    return gold


@pytest.mark.parametrize("article", development_texts(), ids=lambda article: article.id)
def test_recall_does_not_fall(article: Article) -> None:
    claims = [claim.to_json() for claim in extract(article, grammar())]
    facts = [(_states(name), fact) for part, name in PARTS for fact in _gold(article).get(part, [])]
    missed = [fact for states, fact in facts if not any(states(claim, fact) for claim in claims)]
    assert facts
    assert len(missed) <= round(len(facts) * (1 - RECALL)), missed


def _states(name: str) -> Callable[[Any, Any], bool]:
    states: Callable[[Any, Any], bool] = getattr(_script(), name)
    return states


@pytest.mark.parametrize("article", development_texts(), ids=lambda article: article.id)
def test_no_trap_is_stepped_into(article: Article) -> None:
    traps = _gold(article).get("traps", {})
    script = _script()
    for claim in (claim.to_json() for claim in extract(article, grammar())):
        for pattern in traps.get("never_entities", []):
            assert not script.named(claim["subject"], pattern)
            assert not script.named(claim["object"], pattern)
        for fact in traps.get("never_relations", []):
            assert not script.states_relation(claim, fact)
