"""Writing the graph out: RDF, property graphs and tables, sorted, whole or not at all.

Goes in: quads in any order, a path, perhaps the name of a format. Comes out: a file, or a folder of files,
the same byte for byte whenever its content is the same; or the graph as networkx and pandas have it.
"""

from g60kg.export.formats import FORMATS, Format, export_quads, write_quads
from g60kg.export.networks import to_networkx
from g60kg.export.view import to_pandas

__all__ = [
    "FORMATS",
    "Format",
    "export_quads",
    "to_networkx",
    "to_pandas",
    "write_quads",
]
