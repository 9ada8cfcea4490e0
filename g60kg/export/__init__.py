"""Writing the graph out: RDF, property graphs and tables, sorted, whole or not at all."""

from g60kg.export.formats import FORMATS, Format, export_quads, write_quads
from g60kg.export.networks import to_networkx
from g60kg.export.view import to_pandas

__all__ = ["FORMATS", "Format", "export_quads", "to_networkx", "to_pandas", "write_quads"]
