"""Reasoning: an ontology becomes rules; the rules close facts, keep them closed, and explain them."""

from g60kg.model import Evidence
from g60kg.reason.compile import compile_rules
from g60kg.reason.engine import Closure, Contradiction, Engine, Task
from g60kg.reason.explanation import Explanation, Missing, Source
from g60kg.reason.facts import Facts, MemoryFacts, StoreFacts
from g60kg.reason.increments import Delta, close, extend, retract, saturate
from g60kg.reason.reasoners import infer
from g60kg.reason.rules import RuleSet
from g60kg.reason.why import Why

__all__ = [
    "Closure",
    "Contradiction",
    "Delta",
    "Engine",
    "Evidence",
    "Explanation",
    "Facts",
    "MemoryFacts",
    "Missing",
    "RuleSet",
    "Source",
    "StoreFacts",
    "Task",
    "Why",
    "close",
    "compile_rules",
    "extend",
    "infer",
    "retract",
    "saturate",
]
