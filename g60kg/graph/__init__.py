"""Claims to triples, in the named graphs of docs/ARCHITECTURE.md.

Goes in: an article and its claims; the ontology's file. Comes out: quads of their graphs.
"""

from g60kg.graph.facts import object_term
from g60kg.graph.quads import article_quads, ontology_quads

__all__ = ["article_quads", "object_term", "ontology_quads"]
