"""Bulk against the evaluator: random ontologies with data, and the cases of the conformance suite."""

from collections import defaultdict
from itertools import chain

import pytest
from hypothesis import given, settings
from pyoxigraph import Triple

from g60kg.reason.compile import compile_rules
from g60kg.reason.vocabulary import split_schema
from tests.reason import conformance, worlds
from tests.reason.bulk.samples import agree
from tests.sizes import size

_SUITE = conformance.SUITE.is_dir()


def _agree(ontology: list[Triple], facts: list[Triple]) -> None:
    agree(compile_rules(ontology, strict=False), facts)


@settings(max_examples=size(15, 100), deadline=None)
@given(worlds.ontologies, worlds.data)
def test_random_worlds(ontology: list[str], data: list[str]) -> None:
    _agree(worlds.triples("\n".join(ontology)), worlds.triples("\n".join(data)))


@pytest.mark.slow
@pytest.mark.skipif(not _SUITE, reason="the conformance suite lies outside the repository")
def test_the_conformance_suite() -> None:
    """Few cases of one ontology are closed at once: most have none, and share names, which multiply."""
    cases = defaultdict[frozenset[Triple], list[list[Triple]]](list)
    for case in conformance.read_cases():
        part = "graph" if case.kind == "INCONSISTENCY" else "premisegraph"
        ontology, facts = split_schema(case.graph(part))
        cases[frozenset(ontology)].append(facts)
    for schema, data in cases.items():
        for at in range(0, len(data), 6):
            _agree(sorted(schema, key=str), [*chain(*data[at : at + 6])])
