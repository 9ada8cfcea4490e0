"""The stages, joined: `KnowledgeGraph`, the one class a user needs."""

from g60kg.describe.description import Description
from g60kg.kg.claims import Claims, claims_of_files
from g60kg.kg.graph import KnowledgeGraph, open_current
from g60kg.kg.overlays import Overlays
from g60kg.kg.stages import rules_text, stored_queries
from g60kg.kg.summary import Summary
from g60kg.kg.texts import read_articles
from g60kg.kg.validate import check_files

__all__ = [
    "Claims",
    "Description",
    "KnowledgeGraph",
    "Overlays",
    "Summary",
    "check_files",
    "claims_of_files",
    "open_current",
    "read_articles",
    "rules_text",
    "stored_queries",
]
