"""The formats that can be written, and quads into a file, a folder or a stream in any of them."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from pyoxigraph import Quad

from g60kg.errors import ExportError
from g60kg.export import neo4j
from g60kg.export.networks import write_gexf, write_graphml
from g60kg.export.rdf import (
    write_jsonld,
    write_rdfxml,
    write_sorted,
    write_trig,
    write_turtle,
    write_turtle12,
)
from g60kg.export.records import write_cube, write_nanopubs
from g60kg.export.stage import temporary_folder
from g60kg.export.view import METADATA, TABLES, View, view_of, write_csv, write_parquet
from g60kg.export.whole import STDOUT, whole_file, whole_folder


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `datasets` says whether it holds named graphs, else their union is written.

    One without endings is only written when it is named: a folder of files, or another reading of RDF.
    """

    name: str
    endings: tuple[str, ...]
    datasets: bool


FORMATS: Final = (
    Format("turtle", (".ttl",), False),
    Format("trig", (".trig",), True),
    Format("ntriples", (".nt",), False),
    Format("nquads", (".nq",), True),
    Format("rdfxml", (".rdf", ".xml", ".owl"), False),
    Format("jsonld", (".jsonld", ".json"), True),
)
"""The formats of RDF."""
TURTLE12: Final = Format("turtle12", (), False)
"""Turtle 1.2: a claim reifies what it states."""
NANOPUBS: Final = Format("nanopubs", (), True)
"""TriG: each claim a nanopublication."""
CUBE: Final = Format("cube", (".cube.ttl",), False)
"""Turtle: each figure an observation of the RDF Data Cube."""
VIEWS: Final = (
    Format("graphml", (".graphml",), False),
    Format("gexf", (".gexf",), False),
    Format("cypher", (".cypher",), False),
    Format("neo4j", (), False),
    Format("parquet", (), False),
    Format("csv", (), False),
)
"""The forms other than RDF."""
_ALL: Final = (*FORMATS, TURTLE12, NANOPUBS, CUBE, *VIEWS)
NAMES: Final = tuple(form.name for form in _ALL)


def named_format(name: str) -> Format:
    """Return the format of a name.

    Raises `ExportError` with the names that there are.

    >>> named_format("turtle").endings
    ('.ttl',)
    """
    for form in _ALL:
        if form.name == name:
            return form
    raise ExportError(f"no format {name!r}", mend=f"choose one of {', '.join(NAMES)}")


def format_of(path: Path) -> Format:
    """Return the format that a path's ending names, before `.gz` where that ends it.

    Raises `ExportError` where no format has the ending.

    >>> format_of(Path("g60.nq.gz")).name
    'nquads'
    """
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    known = {ending: form for form in _ALL for ending in form.endings}
    fitting = [ending for ending in known if plain.name.lower().endswith(ending)]
    if fitting:
        return known[max(fitting, key=len)]
    mend = f"end it in one of {', '.join(known)}, or give --format"
    if (table := plain.suffix.lower().removeprefix(".")) in ("csv", "parquet"):
        mend = f"its tables are files of a folder: name one, and give --format {table}"
    raise ExportError(f"{path}: no format has this ending", mend=mend)


def export_quads(
    quads: Iterable[Quad], path: str | Path, format: str | None = None, *, flat: bool = False
) -> None:
    """Write quads to a file, whole or not at all; the format is that of the path's ending, or as named.

    A path that ends in `.gz` is compressed. `flat` drops the names of the graphs. Raises `ExportError`
    where the format is unknown, cannot say what the graph holds, or the path cannot be written; then what
    stood there stands.
    """
    place = Path(path)
    form = named_format(format) if format else format_of(place)
    if flat and form not in FORMATS:
        raise ExportError(f"{form.name} cannot be flat", mend="choose a format of RDF")
    if place == STDOUT and form.name in _FOLDERS:
        raise ExportError(f"{form.name} is a folder of files", mend="give the path of a folder")
    if form in VIEWS:
        _export_view(quads, place, form)
        return
    with whole_file(place) as out:
        _write(quads, out, form, flat)


def write_quads(quads: Iterable[Quad], out: IO[bytes], format: str) -> None:
    """Write quads to a binary stream, in a format named.

    Raises `ExportError` where the format is unknown or cannot say what the graph holds.
    """
    form = named_format(format)
    if form in VIEWS:
        raise ExportError(f"{form.name} is not written to a stream", mend="give a path")
    _write(quads, out, form)


def _write(quads: Iterable[Quad], out: IO[bytes], form: Format, flat: bool = False) -> None:
    if form.name in _RECORDS:
        _RECORDS[form.name](quads, out)
        return
    named = form.datasets and not flat
    with temporary_folder() as folder:
        lines = write_sorted(quads, folder, datasets=named, by_graph=named and form.name != "nquads")
        _WRITERS[form.name](lines, out)


def _write_lines(lines: Path, out: IO[bytes]) -> None:
    with lines.open("rb") as file:
        shutil.copyfileobj(file, out)


def _export_view(quads: Iterable[Quad], path: Path, form: Format) -> None:
    """Write a graph in a form that is not RDF, to a file or into a folder."""
    if form.name in _FOLDERS:
        write, names = _FOLDERS[form.name]
        with whole_folder(path, names) as folder, view_of(quads) as view:
            write(view, folder)
    else:
        with whole_file(path) as out, view_of(quads) as view:
            _FILES[form.name](view, out)


_WRITERS: Final[Mapping[str, Callable[[Path, IO[bytes]], None]]] = {
    "turtle": write_turtle,
    "trig": write_trig,
    "ntriples": _write_lines,
    "nquads": _write_lines,
    "rdfxml": write_rdfxml,
    "jsonld": write_jsonld,
    "turtle12": write_turtle12,
}
_RECORDS: Final[Mapping[str, Callable[[Iterable[Quad], IO[bytes]], None]]] = {
    "nanopubs": write_nanopubs,
    "cube": write_cube,
}
_FILES: Final[Mapping[str, Callable[[View, IO[bytes]], None]]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "cypher": neo4j.write_cypher,
}
_FOLDERS: Final[Mapping[str, tuple[Callable[[View, Path], None], frozenset[str]]]] = {
    "parquet": (write_parquet, frozenset(f"{table}.parquet" for table in TABLES)),
    "csv": (write_csv, frozenset([*(f"{table}.csv" for table in TABLES), METADATA])),
    "neo4j": (neo4j.write_neo4j, neo4j.FILES),
}
