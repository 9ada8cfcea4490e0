"""The graph as tables and as a property graph: one reading, which every such export shares."""

from g60kg.export.view.graph import edges, nodes
from g60kg.export.view.tables import TABLES
from g60kg.export.view.view import View, view_of

__all__ = ["TABLES", "View", "edges", "nodes", "view_of"]
