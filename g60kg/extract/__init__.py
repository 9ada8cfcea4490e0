"""Articles to claims, by a grammar that is data (docs/ARCHITECTURE.md)."""

from .article import make_article, read_article
from .extract import extract, extract_pattern
from .grammar import Grammar, load_grammar
from .lines import claim_line

__all__ = ["Grammar", "claim_line", "extract", "extract_pattern", "load_grammar", "make_article", "read_article"]
