"""From an ontology to its rules.

Goes in: the triples of an ontology. Comes out: a `RuleSet`. owlrl closes the ontology alone (kept on
disk); the tables of the specification turn the closed ontology into rules; what others imply is left
out, anonymous classes are worked in.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, Quad, Triple

from g60kg.reason.cache import cached
from g60kg.reason.compile.axioms import axiom_rules
from g60kg.reason.compile.classes import class_rules
from g60kg.reason.compile.equality import equality_rules
from g60kg.reason.compile.profile import check_lists, check_profile
from g60kg.reason.compile.properties import property_rules
from g60kg.reason.compile.prune import prune
from g60kg.reason.compile.schema import Schema, member
from g60kg.reason.compile.tidy import is_tautology, tidy, without_idle
from g60kg.reason.compile.unfold import unfold
from g60kg.reason.owlrl_closure import owlrl_closure
from g60kg.reason.rules import Rule, RuleSet
from g60kg.reason.vocabulary import as_fact, as_triple, is_schema, is_useful, split_schema
from g60kg.terms import RDF

_FORMAT = "closed-1"


def compile_rules(ontology: Iterable[Triple], *, strict: bool = True, cache: Path | None = None) -> RuleSet:
    """Return the rules of an ontology.

    `cache` is the folder of closed ontologies (default: the user's). Raises `OntologyError` for an axiom
    that no rule of OWL 2 RL expresses, naming it; with `strict=False` such axioms count as far as the
    rules of the specification, section 4.3, read them.
    """
    asserted = canonical(ontology)
    check_lists(asserted)
    if strict:
        check_profile(asserted)
    digest = _digest(asserted)
    closed = cached(f"{_FORMAT}-{digest}", lambda: _close(asserted), cache)
    needed = cached(f"{_FORMAT}-{digest}-needed", lambda: _needed(Schema(closed, asserted)), cache)
    facts = [triple for triple in closed if not is_schema(as_fact(triple)) and is_useful(as_fact(triple))]
    said = split_schema(asserted)[1]
    rules = _compile(Schema(needed, asserted))
    return RuleSet(
        rules=tuple(sorted(rules, key=lambda rule: (rule.name, str(rule)))),
        facts=tuple(sorted({*facts, *said}, key=str)),
        schema=tuple(triple for triple in closed if is_schema(as_fact(triple))),
        asserted=frozenset(asserted),
        digest=digest,
    )


def canonical(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples sorted, each once, with blank nodes labelled by what they say (RDFC-1.0)."""
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)


def _digest(triples: list[Triple]) -> str:
    return hashlib.sha256("\n".join(str(triple) for triple in triples).encode()).hexdigest()[:32]


def _close(asserted: list[Triple]) -> Iterator[Triple]:
    """Yield the legal triples of owlrl's closure of the schema; texts about terms are left to the rules."""
    schema, individuals = split_schema(asserted)
    linked = [triple for triple in individuals if not isinstance(triple.object, Literal)]
    closed, _ = owlrl_closure(as_fact(triple) for triple in (*schema, *linked))
    yield from (triple for fact in closed if (triple := as_triple(fact)))


def _needed(schema: Schema) -> set[Triple]:
    """Return the derived axioms whose rules the axioms as given do not imply."""
    is_said = schema.asserted.issuperset
    rules = prune(without_idle(_rules(schema)), lambda rule: is_said(rule.axioms))
    return {axiom for rule in rules for axiom in rule.axioms if axiom not in schema.asserted}


def _compile(schema: Schema) -> list[Rule]:
    named = _distinct(unfold([*without_idle(_rules(schema)), *_assertions(schema)]))
    return prune(without_idle(named), lambda rule: " + " not in rule.name)


def _rules(schema: Schema) -> list[Rule]:
    tables = (equality_rules, property_rules, class_rules, axiom_rules)
    return [rule for table in tables for rule in table(schema) if not is_tautology(rule)]


def _assertions(schema: Schema) -> Iterator[Rule]:
    """Yield a rule without body for each individual that is said to be of an anonymous class."""
    for who, kind in schema.said(RDF.type):
        triple = as_triple((who, RDF.type, kind))
        if triple and not is_useful((who, RDF.type, kind)) and not is_schema((who, RDF.type, kind)):
            yield Rule("", (), member(who, kind), (), (triple,))


def _distinct(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules, of those that say the same the first."""
    found: dict[object, Rule] = {}
    for rule in (tidy(rule) for rule in rules):
        found.setdefault((frozenset(rule.body), rule.head, frozenset(rule.distinct)), rule)
    return list(found.values())
