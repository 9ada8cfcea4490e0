"""Writing the graph out: every format of RDF, sorted, whole or not at all."""

from g60kg.export.formats import FORMATS, Format
from g60kg.export.quads import export_quads, write_quads

__all__ = ["FORMATS", "Format", "export_quads", "write_quads"]
