"""Quads into a file or a stream, in any format.

Goes in: quads in any order. Comes out: a file that is sorted and the same byte for byte whenever its
content is the same; a format without named graphs gets their union.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Final

from pyoxigraph import Quad

from g60kg.errors import ExportError
from g60kg.export.formats import FORMATS, NANOPUBS, VIEWS, Format, format_of, named_format
from g60kg.export.jsonld import write_jsonld
from g60kg.export.nanopub import write_nanopubs
from g60kg.export.order import write_sorted
from g60kg.export.others import export_view
from g60kg.export.turtle import write_rdfxml, write_trig, write_turtle
from g60kg.export.whole import whole_file


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
    if form in VIEWS:
        export_view(quads, place, form)
        return
    with whole_file(place) as out:
        if form == NANOPUBS:
            write_nanopubs(quads, out)
        else:
            _write(quads, out, form, flat)


def write_quads(quads: Iterable[Quad], out: IO[bytes], format: str) -> None:
    """Write quads to a binary stream, in a format named.

    Raises `ExportError` where the format is unknown or cannot say what the graph holds.
    """
    form = named_format(format)
    if form not in FORMATS:
        raise ExportError(f"{form.name} is not written to a stream", mend="give a path")
    _write(quads, out, form)


def _write(quads: Iterable[Quad], out: IO[bytes], form: Format, flat: bool = False) -> None:
    try:
        folder = tempfile.TemporaryDirectory(prefix="g60kg-")
    except OSError as error:
        raise ExportError(f"no place for the sorted parts: {error}", mend="set $TMPDIR") from error
    with folder as name:
        named = form.datasets and not flat
        by_graph = named and form.name != "nquads"
        lines = write_sorted(quads, Path(name), datasets=named, by_graph=by_graph)
        _WRITERS[form.name](lines, out)


def _write_lines(lines: Path, out: IO[bytes]) -> None:
    with lines.open("rb") as file:
        shutil.copyfileobj(file, out)


_WRITERS: Final[Mapping[str, Callable[[Path, IO[bytes]], None]]] = {
    "turtle": write_turtle,
    "trig": write_trig,
    "ntriples": _write_lines,
    "nquads": _write_lines,
    "rdfxml": write_rdfxml,
    "jsonld": write_jsonld,
}
