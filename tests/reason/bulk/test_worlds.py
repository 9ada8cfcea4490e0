"""Bulk against the evaluator: random ontologies with data, and the cases of the conformance suite."""

from typing import Any

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode, Triple

from g60kg.reason.compile import compile_rules
from g60kg.reason.vocabulary import split_schema
from tests.reason import conformance, worlds
from tests.reason.bulk.samples import agree
from tests.sizes import size

_CASES = list(conformance.read_cases()) if conformance.SUITE.is_dir() else []
_TOGETHER = 30


def _agree(ontology: list[Triple], facts: list[Triple]) -> None:
    agree(compile_rules(ontology, strict=False), facts)


@settings(max_examples=size(15, 100), deadline=None)
@given(worlds.ontologies, worlds.data)
def test_random_worlds(ontology: list[str], data: list[str]) -> None:
    _agree(worlds.triples("\n".join(ontology)), worlds.triples("\n".join(data)))


def _apart(term: Any, number: int) -> Any:
    """Return a term of a case as no other case has it, unless it is of a vocabulary."""
    is_own = isinstance(term, NamedNode) and "w3.org" not in term.value
    return NamedNode(f"{term.value}-{number}") if is_own else term


@pytest.mark.skipif(not _CASES, reason="the conformance suite lies outside the repository")
def test_the_conformance_suite(subtests: pytest.Subtests) -> None:
    """Many cases are closed at once, as one world whose parts share no name."""
    for at in range(0, len(_CASES), _TOGETHER):
        world = list[Triple]()
        for number, case in enumerate(_CASES[at : at + _TOGETHER]):
            for triple in case.graph("graph" if case.kind == "INCONSISTENCY" else "premisegraph"):
                world.append(Triple(*(_apart(term, number) for term in triple)))
        with subtests.test(_CASES[at].id):
            _agree(*split_schema(world))
