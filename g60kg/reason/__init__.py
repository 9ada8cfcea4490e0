"""Reasoning: an ontology becomes rules; the rules close facts, keep them closed, and explain them."""

from g60kg.reason.closure import Closure, Contradiction
from g60kg.reason.compile import compile_rules
from g60kg.reason.facts import Facts, MemoryFacts
from g60kg.reason.infer import REASONERS, close, infer
from g60kg.reason.rules import Atom, Rule, RuleSet, Slot, Term, Var

__all__ = [
    "REASONERS",
    "Atom",
    "Closure",
    "Contradiction",
    "Facts",
    "MemoryFacts",
    "Rule",
    "RuleSet",
    "Slot",
    "Term",
    "Var",
    "close",
    "compile_rules",
    "infer",
]
