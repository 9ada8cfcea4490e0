"""The formats that can be written, and quads into a file, a folder or a stream in any of them."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import IO, Final, Literal

from pyoxigraph import Quad, RdfFormat, parse

from g60kg.errors import ExportError
from g60kg.export import neo4j, networks, rdf, view
from g60kg.resources import installed, resource
from g60kg.temporary import TemporaryFolder
from g60kg.whole import STDOUT, whole_file, whole_folder

_BROKEN: Final = (
    "SELECT claim FROM stated WHERE s IS NULL OR p IS NULL OR term IS NULL ORDER BY claim LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `datasets` says whether it holds named graphs, else their union is written.

    One without endings is only written when it is named. `write` takes sorted lines (of a format of RDF), the
    quads as they come, or a view of them, and a stream; or a view and a folder, whose `files` are named.
    """

    name: str
    endings: tuple[str, ...]
    datasets: bool
    takes: Literal["lines", "quads", "view", "folder"]
    write: Callable[..., None] = field(repr=False)
    files: frozenset[str] = frozenset()


def _write_lines(lines: Path, out: IO[bytes]) -> None:
    with lines.open("rb") as file:
        shutil.copyfileobj(file, out)


def write_cube(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write the figures among quads as an RDF Data Cube in Turtle: `ontology/cube.ttl`, and observations.

    What is only planned or proposed, or converts another figure, is left out. Raises `ExportError` where
    there is no room on disk. Source: The RDF Data Cube Vocabulary, sections 6 and 11.
    """
    with view.staged(quads) as tables:
        observations = tables.lines(view.statements("cube")["lines"])
        structure = parse(path=resource("ontology", "cube.ttl"), format=RdfFormat.TURTLE)
        whole = chain(structure, parse(path=observations, format=RdfFormat.N_TRIPLES))
        rdf.write_turtle(rdf.write_sorted(whole, tables.folder, datasets=False), out)


def write_nanopubs(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write all claims among quads as nanopublications, in TriG.

    There are four graphs a claim, `…/nanopub/ID/CODE#Head`, `#assertion`, `#provenance` and `#pubinfo`. The
    assertion is the direct triple, with all of a figure's; a claim that is limited, or that is only planned,
    denied, reported or proposed, is asserted as a claim, with what limits it. The provenance is where it
    stands: article, quote, place, pattern, reader, basis, status, repairs. CODE is the hash of the whole (a
    trusty URI, module RA). It was created on the later of two days, so that the same graph gives the same
    bytes: that of the ontology's version and that of the article. Raises `ExportError` for a claim that is
    not whole, and where there is no room on disk. Sources: Nanopublication Guidelines
    (nanopub.net/guidelines), basic elements; Trusty URI Specification, module RA.
    """
    with view.staged(quads) as tables:
        *made, lines = view.statements("nanopub").items()
        for name, select in made:
            tables.make(name, select)
            broken = tables.connection.execute(_BROKEN).fetchone() if name == "stated" else None
            if broken:
                message = f"{broken[0]}: not the whole claim is there"
                raise ExportError(message, mend="export whole graphs of claims")
        rdf.write_trig(tables.lines(lines[1]), out)


FORMATS: Final = (
    Format("turtle", (".ttl",), False, "lines", rdf.write_turtle),
    Format("trig", (".trig",), True, "lines", rdf.write_trig),
    Format("ntriples", (".nt",), False, "lines", _write_lines),
    Format("nquads", (".nq",), True, "lines", _write_lines),
    Format("rdfxml", (".rdf", ".xml", ".owl"), False, "lines", rdf.write_rdfxml),
    Format("jsonld", (".jsonld", ".json"), True, "lines", rdf.write_jsonld),
)
"""The formats of RDF."""
_ALL: Final = (
    *FORMATS,
    Format("turtle12", (), False, "lines", partial(rdf.write_turtle, reifies=True)),
    Format("nanopubs", (), True, "quads", write_nanopubs),
    Format("cube", (".cube.ttl",), False, "quads", write_cube),
    Format("graphml", (".graphml",), False, "view", partial(networks.write_network, form="graphml")),
    Format("gexf", (".gexf",), False, "view", partial(networks.write_network, form="gexf")),
    Format("cypher", (".cypher",), False, "view", neo4j.write_cypher),
    Format("neo4j", (), False, "folder", neo4j.write_neo4j, neo4j.FILES),
    Format("parquet", (), False, "folder", view.write_parquet, view.PARQUET),
    Format("csv", (), False, "folder", view.write_csv, view.CSV),
)


@cache
def formats() -> dict[str, Format]:
    """Return the formats by name: our own, then those of installed packages."""
    return {form.name: form for form in (*_ALL, *(each.load() for each in installed("exporters").values()))}


def named_format(name: str) -> Format:
    """Return the format of a name.

    Raises `ExportError` with the names that there are.

    >>> named_format("turtle").endings
    ('.ttl',)
    """
    if name not in formats():
        raise ExportError(f"no format {name!r}", mend=f"choose one of {', '.join(formats())}")
    return formats()[name]


def format_of(path: Path) -> Format:
    """Return the format that a path's ending names, before `.gz` where that ends it.

    Raises `ExportError` where no format has the ending.

    >>> format_of(Path("g60.nq.gz")).name
    'nquads'
    """
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    known = {ending: form for form in formats().values() for ending in form.endings}
    fitting = [ending for ending in known if plain.name.lower().endswith(ending)]
    if fitting:
        return known[max(fitting, key=len)]
    mend = f"end it in one of {', '.join(known)}, or give --format"
    if (table := plain.suffix.lower().removeprefix(".")) in ("csv", "parquet"):
        mend = f"its tables are files of a folder: name one, and give --format {table}"
    raise ExportError(f"{path}: no format has this ending", mend=mend)


def export_quads(
    quads: Iterable[Quad],
    path: str | Path,
    format: str | None = None,
    *,
    flat: bool = False,
    parts: int | None = None,
    compress: bool = False,
) -> None:
    """Write quads to a file, whole or not at all; the format is that of the path's ending, or as named.

    A path that ends in `.gz` is compressed. `flat` drops the names of the graphs. With `parts` the path is a
    folder of so many files of N-Quads, compressed or not, which servers load side by side. Raises
    `ExportError` where the format is unknown, cannot say what the graph holds, or the path cannot be written;
    then what stood there stands.
    """
    place = Path(path)
    if parts:
        if flat or format not in (None, "nquads"):
            raise ExportError("parts are N-Quads with their graphs", mend="leave out the format and flat")
        before = frozenset(path.name for path in place.glob("part-?????.nq*"))
        with whole_folder(place, before) as folder, TemporaryFolder("export") as room:
            rdf.write_parts(rdf.write_sorted(quads, room, datasets=True), folder, parts, compress=compress)
        return
    form = named_format(format) if format else format_of(place)
    if flat and form not in FORMATS:
        raise ExportError(f"{form.name} cannot be flat", mend="choose a format of RDF")
    if form.takes != "folder":
        with whole_file(place) as out:
            _write(quads, out, form, flat)
        return
    if place == STDOUT:
        raise ExportError(f"{form.name} is a folder of files", mend="give the path of a folder")
    with whole_folder(place, form.files) as folder, view.view_of(quads) as tables:
        form.write(tables, folder)


def write_quads(quads: Iterable[Quad], out: IO[bytes], format: str) -> None:
    """Write quads to a binary stream, in a format named.

    Raises `ExportError` where the format is unknown or cannot say what the graph holds.
    """
    form = named_format(format)
    if form.takes in ("view", "folder"):
        raise ExportError(f"{form.name} is not written to a stream", mend="give a path")
    _write(quads, out, form)


def _write(quads: Iterable[Quad], out: IO[bytes], form: Format, flat: bool = False) -> None:
    if form.takes == "quads":
        form.write(quads, out)
    elif form.takes == "view":
        with view.view_of(quads) as tables:
            form.write(tables, out)
    else:
        named = form.datasets and not flat
        with TemporaryFolder("export") as folder:
            lines = rdf.write_sorted(quads, folder, datasets=named, by_graph=named and form.name != "nquads")
            form.write(lines, out)
