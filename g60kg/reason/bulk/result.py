"""What a bulk run hands back: the inferred triples, on disk until somebody reads them.

Goes in: the table `inferred`. Comes out: a collection of triples that streams from a file in the run's
folder, which is removed with the collection.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Triple, parse

from g60kg.reason.bulk.workspace import Folder

if TYPE_CHECKING:
    import duckdb

_DECODED: Final = """
    SELECT a.text || ' ' || p.text || ' ' || b.text || ' .'
    FROM inferred i JOIN terms a ON a.id = i.a JOIN terms p ON p.id = i.p JOIN terms b ON b.id = i.b
"""


class Inferred(Collection[Triple]):
    """Triples that lie in an N-Triples file: counted, and read as often as one likes.

    `path` is the file; `Store.bulk_load(path=…)` reads it without a detour through Python.
    """

    def __init__(self, folder: Folder, path: Path, count: int) -> None:
        self._folder = folder
        self.path = path
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Triple]:
        for quad in parse(path=str(self.path), format=RdfFormat.N_TRIPLES):
            yield quad.triple

    def __contains__(self, triple: object) -> bool:
        return any(other == triple for other in self)


def write_result(connection: "duckdb.DuckDBPyConnection", folder: Folder) -> Inferred:
    """Write the table `inferred` as N-Triples."""
    path = folder.path / "inferred.nt"
    target = "'" + str(path).replace("'", "''") + "'"
    plain = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    row = connection.execute(f"COPY ({_DECODED} ORDER BY i.a, i.p, i.b) TO {target} ({plain})").fetchone()
    return Inferred(folder, path, int(row[0]) if row else 0)
