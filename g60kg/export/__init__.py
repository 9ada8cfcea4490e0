"""Writing the graph out: RDF, property graphs and tables, sorted, whole or not at all."""

from g60kg.export.formats import FORMATS, Format
from g60kg.export.memory import to_networkx, to_pandas
from g60kg.export.quads import export_quads, write_quads

__all__ = ["FORMATS", "Format", "export_quads", "to_networkx", "to_pandas", "write_quads"]
