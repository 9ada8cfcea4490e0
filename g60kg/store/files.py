"""Files that a store is filled from: their blank nodes, if they have any, get new labels.

Goes in: an N-Quads file, or an N-Triples file and the graph it goes to. Comes out: their quads in an engine,
without a detour through Python.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat
from pyoxigraph import Store as Engine

_PART: Final = 2**26


@dataclass(frozen=True, slots=True)
class QuadFile:
    """A file of quads; with `graph`, of triples that belong there."""

    path: Path
    graph: NamedNode | None = None

    def load(self, engine: Engine) -> None:
        """Load the file into an engine, a part at a time: it holds in memory what it is given at once."""
        of = RdfFormat.N_QUADS if self.graph is None else RdfFormat.N_TRIPLES
        with self.path.open("rb") as file:
            while part := file.read(_PART):
                engine.bulk_load(part + file.readline(), of, to_graph=self.graph)
