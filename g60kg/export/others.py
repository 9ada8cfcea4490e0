"""The forms other than RDF: property graphs and tables, written whole or not at all.

Goes in: quads, a path, a format. Comes out: a file, or a folder of files.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Final

from pyoxigraph import Quad

from g60kg.export import neo4j
from g60kg.export.folder import whole_folder
from g60kg.export.formats import Format
from g60kg.export.gexf import write_gexf
from g60kg.export.graphml import write_graphml
from g60kg.export.tables import write_csv, write_parquet
from g60kg.export.view import TABLES, View, view_of
from g60kg.export.whole import whole_file

_FILES: Final[Mapping[str, Callable[[View, IO[bytes]], None]]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "cypher": neo4j.write_cypher,
}
_FOLDERS: Final[Mapping[str, tuple[Callable[[View, Path], None], frozenset[str]]]] = {
    "parquet": (write_parquet, frozenset(f"{table}.parquet" for table in TABLES)),
    "csv": (write_csv, frozenset(f"{table}.csv" for table in TABLES)),
    "neo4j": (neo4j.write_neo4j, neo4j.FILES),
}


def export_view(quads: Iterable[Quad], path: Path, form: Format) -> None:
    """Write a graph in a form that is not RDF, to a file or into a folder.

    Raises `ExportError` where the path cannot be written; then what stood there stands.
    """
    if form.name in _FOLDERS:
        write, names = _FOLDERS[form.name]
        with whole_folder(path, names) as folder, view_of(quads) as view:
            write(view, folder)
    else:
        with whole_file(path) as out, view_of(quads) as view:
            _FILES[form.name](view, out)
