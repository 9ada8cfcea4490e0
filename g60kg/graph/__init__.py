"""Claims to triples, in the named graphs of docs/ARCHITECTURE.md.

Goes in: an article and its claims; the ontology's file. Comes out: quads of their graphs; which articles are
alike.
"""

from g60kg.graph.facts import object_term
from g60kg.graph.fingerprints import keys, likeness, pairs
from g60kg.graph.quads import article_quads, ontology_quads

__all__ = ["article_quads", "keys", "likeness", "object_term", "ontology_quads", "pairs"]
