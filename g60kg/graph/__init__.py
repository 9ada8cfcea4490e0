"""Claims to triples, in the named graphs of docs/ARCHITECTURE.md."""

from g60kg.graph.article import article_quads
from g60kg.graph.facts import object_term
from g60kg.graph.ontology import ontology_quads

__all__ = ["article_quads", "object_term", "ontology_quads"]
