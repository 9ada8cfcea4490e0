"""The cases of the OWL 2 RL conformance suite: read, split into ontology and data, judged by the rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from g60kg.reason.compile import compile_rules
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.increments import saturate
from g60kg.reason.rules import Atom, Slot, Var
from g60kg.reason.vocabulary import SAME_AS, Fact, as_fact, is_schema, split_schema
from g60kg.terms import OWL
from tests.reason.solving import solutions

SUITE = Path(__file__).parents[2].parent / "shared" / "w3c" / "owl2rl"


@dataclass(frozen=True)
class Case:
    folder: Path
    kind: str

    @property
    def id(self) -> str:
        return self.folder.name.removeprefix("rdfbased-")

    def graph(self, part: str) -> list[Triple]:
        path = self.folder / f"{self.folder.name}.{part}.ttl"
        return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def read_cases() -> Iterator[Case]:
    for folder in sorted(SUITE.iterdir()):
        metadata = (folder / f"{folder.name}.metadata.properties").read_text()
        kind = re.search(r'key="testcase.type">(\w+)<', metadata)
        assert kind, folder
        yield Case(folder, kind[1])


def passes(case: Case) -> bool:
    """Whether the compiled rules reach what the case expects."""
    inconsistent = case.kind == "INCONSISTENCY"
    facts, contradictions = _everything(case.graph("graph" if inconsistent else "premisegraph"))
    return bool(contradictions) if inconsistent else _entails(facts, case.graph("conclusiongraph"))


def _everything(premises: list[Triple]) -> tuple[MemoryFacts, tuple[object, ...]]:
    """Close, and as long as the closure has new axioms, compile these too."""
    schema, data = split_schema(premises)
    while True:
        rules = compile_rules(schema, strict=False)
        facts, contradictions = saturate(rules, [as_fact(triple) for triple in data])
        known = {as_fact(triple) for triple in (*rules.schema, *rules.asserted)}
        new = {fact for fact in facts if is_schema(fact) and fact not in known and _is_legal(fact)}
        if not new:
            break
        schema += [Triple(*fact) for fact in sorted(new, key=str)]  # type: ignore[arg-type]
    for fact in known:
        facts.add(fact)
    for term in {term for fact in list(facts) for term in fact} | {OWL.sameAs}:
        facts.add((term, SAME_AS, term))
    return facts, contradictions


def _is_legal(fact: Fact) -> bool:
    return not isinstance(fact[0], Literal) and isinstance(fact[1], NamedNode)


def _entails(facts: MemoryFacts, conclusions: list[Triple]) -> bool:
    """Simple entailment: the blank nodes of the conclusions stand for anything."""

    def slot(term: object) -> Slot:
        return Var(term.value) if isinstance(term, BlankNode) else term  # type: ignore[return-value]

    atoms = [Atom(*(slot(term) for term in as_fact(triple))) for triple in conclusions]
    return next(solutions(atoms, facts, {}), None) is not None
