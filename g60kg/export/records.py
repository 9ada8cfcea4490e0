"""Claims as nanopublications, and figures as an RDF Data Cube: gathered in SQL, written by Oxigraph."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, parse

from g60kg.errors import ExportError
from g60kg.export.rdf import write_sorted, write_trig, write_turtle
from g60kg.export.view import make_table, parts_for, staged, statements
from g60kg.resources import resource

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH: Final = 10_000
_BROKEN: Final = (
    "SELECT claim FROM stated WHERE s IS NULL OR p IS NULL OR term IS NULL ORDER BY claim LIMIT 1"
)


def write_cube(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write the figures among quads as an RDF Data Cube in Turtle: `ontology/cube.ttl`, and observations.

    What is only planned or proposed, or converts another figure, is left out. Raises `ExportError` where
    there is no room on disk. Source: The RDF Data Cube Vocabulary, sections 6 and 11.
    """
    with staged(quads) as (connection, folder):
        observations = _written(connection, statements("cube")["lines"], folder / "observations")
        structure = parse(path=resource("ontology", "cube.ttl"), format=RdfFormat.TURTLE)
        whole = chain(structure, parse(path=observations, format=RdfFormat.N_TRIPLES))
        write_turtle(write_sorted(whole, folder, datasets=False), out)


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
    with staged(quads) as (connection, folder):
        *tables, lines = statements("nanopub").items()
        (count,) = connection.execute("SELECT count(*) FROM q").fetchone() or (0,)
        for name, select in tables:
            make_table(connection, name, select, parts_for(count))
            broken = connection.execute(_BROKEN).fetchone() if name == "stated" else None
            if broken:
                raise ExportError(
                    f"{broken[0]}: not the whole claim is there", mend="export whole graphs of claims"
                )
        write_trig(_written(connection, lines[1], folder / "nanopubs"), out)


def _written(connection: "DuckDBPyConnection", select: str, path: Path) -> Path:
    """Write the lines that SQL answers with to a file, and return its path."""
    found = connection.execute(select)
    with path.open("wb") as file:
        while batch := found.fetchmany(_BATCH):
            file.writelines(row[0].encode() + b"\n" for row in batch)
    return path
