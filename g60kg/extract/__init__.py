"""Articles to claims, by a grammar that is data (docs/ARCHITECTURE.md)."""

from .explain import Explained, ExplainedSentence, Marked, Read, explain
from .extract import extract, extract_pattern
from .grammar import Grammar, load_grammar
from .lines import claim_line

__all__ = [
    "Explained",
    "ExplainedSentence",
    "Grammar",
    "Marked",
    "Read",
    "claim_line",
    "explain",
    "extract",
    "extract_pattern",
    "load_grammar",
]
