"""News about a region's economy as an OWL knowledge graph whose every answer leads back to its words.

>>> from g60kg import KnowledgeGraph
>>> kg = KnowledgeGraph.build()
>>> rows = kg.query("companies-by-industry", industry="artificial intelligence")
"""

from g60kg.article import Article
from g60kg.errors import G60Error
from g60kg.kg import KnowledgeGraph
from g60kg.version import __version__

__all__ = ["Article", "G60Error", "KnowledgeGraph", "__version__"]
