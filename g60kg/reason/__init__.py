"""Reasoning: an ontology becomes rules; the rules close facts, keep them closed, and explain them."""

from g60kg.reason.close import close, saturate
from g60kg.reason.closure import Closure, Contradiction
from g60kg.reason.compile import compile_rules
from g60kg.reason.explanation import Evidence, Explanation, Missing, Source
from g60kg.reason.facts import Facts, MemoryFacts
from g60kg.reason.increments import Delta, extend, retract
from g60kg.reason.infer import REASONERS, infer
from g60kg.reason.prov import to_quads
from g60kg.reason.rules import Atom, Rule, RuleSet, Slot, Term, Var
from g60kg.reason.storefacts import StoreFacts
from g60kg.reason.why import Why, all_proofs, why, why_not

__all__ = [
    "REASONERS",
    "Atom",
    "Closure",
    "Contradiction",
    "Delta",
    "Evidence",
    "Explanation",
    "Facts",
    "MemoryFacts",
    "Missing",
    "Rule",
    "RuleSet",
    "Slot",
    "Source",
    "StoreFacts",
    "Term",
    "Var",
    "Why",
    "all_proofs",
    "close",
    "compile_rules",
    "extend",
    "infer",
    "retract",
    "saturate",
    "to_quads",
    "why",
    "why_not",
]
