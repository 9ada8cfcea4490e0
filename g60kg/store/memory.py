"""A store in memory: what tests and short sessions use.

Goes in: quads. Comes out: a `Store` that ends with its process.
"""

from collections.abc import Callable, Iterable

from pyoxigraph import Quad
from pyoxigraph import Store as Engine

from g60kg.store.engine import EngineStore
from g60kg.store.files import QuadFile


class MemoryStore(EngineStore):
    """A `Store` in memory.

    >>> from g60kg.terms import G60, GRAPH, ID
    >>> store = MemoryStore([Quad(ID.wuhu, G60.partOf, ID.anhui, GRAPH.register)])
    >>> [row[0].value for row in store.select("SELECT ?o { id:wuhu g60:partOf ?o }").rows]
    ['https://w3id.org/g60kg/id/anhui']
    """

    name = ":memory:"

    def __init__(self, quads: Iterable[Quad] = (), *, files: Iterable[QuadFile] = ()) -> None:
        super().__init__(Engine())
        self._engine.bulk_extend(quads)
        for file in files:
            file.load(self._engine)

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads, all or none; see `Store.apply`."""
        gone, new = list(remove), list(add)
        for quad in gone:
            self._engine.remove(quad)
        self._engine.extend(new)

    def rewrite(self, change: Callable[[Engine], None]) -> None:
        """Change the quads by a function that is given the engine; what it raises is raised here.

        The function sees to it that all is done or nothing, as one update or one load of the engine does.
        """
        change(self._engine)
