"""The stages, joined: `KnowledgeGraph`, the one class a user needs."""

from g60kg.describe.description import Description
from g60kg.kg.claims import Claims
from g60kg.kg.graph import KnowledgeGraph, open_current
from g60kg.kg.overlays import Overlays, Summary
from g60kg.kg.stages import stored_queries

__all__ = ["Claims", "Description", "KnowledgeGraph", "Overlays", "Summary", "open_current", "stored_queries"]
