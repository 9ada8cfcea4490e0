"""Claims to triples, in the named graphs of docs/ARCHITECTURE.md."""

from .article import article_quads
from .facts import object_term
from .ontology import ontology_quads

__all__ = ["article_quads", "object_term", "ontology_quads"]
