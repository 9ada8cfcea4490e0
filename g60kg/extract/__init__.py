"""Articles to claims, by a grammar that is data (docs/ARCHITECTURE.md)."""

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
    "load_grammar",
    "make_article",
    "read_article",
]
