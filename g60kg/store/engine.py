"""Answering SPARQL with Oxigraph: the store in memory, and what it has in common with the store on disk.

Terms of pyoxigraph come out, lazily. The engine's own errors become `SparqlError` and `StoreError`, also
while rows are read.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import Store as Engine

from g60kg.errors import DamagedStore, SparqlError, StoreError
from g60kg.store import union
from g60kg.store.base import UNION, Bindings, Graph, Named, Object, Selection, Subject, with_positions
from g60kg.store.bind import bound
from g60kg.store.guard import query_form
from g60kg.store.lexer import mistake, used_prefixes
from g60kg.store.parts import read_query

_PART: Final = 2**26
_MANY: Final = 100
"""Of a thing with so many triples the graphs are looked up triple by triple, as they are wanted."""


class EngineStore:
    """The reading half of a `Store`, over one Oxigraph engine.

    Prefixes that the project knows need no declaration in a text. The engine's default graph holds the union
    (see `union.py`), and is asked unless a query names its dataset by FROM.
    """

    name: str

    def __init__(self, engine: Engine) -> None:
        self._engine: Engine | None = engine

    @property
    def engine(self) -> Engine:
        """The Oxigraph store beneath, as it is now; not to be written to."""
        if self._engine is None:
            raise StoreError(f"{self.name}: this store is closed", mend="open it again")
        return self._engine

    def close(self) -> None:
        """Let go of what is held open; nothing can be asked any more. A second time does nothing."""
        self._engine = None

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query; see `Store.select`."""
        answer = self._query(text, bindings, "select")
        columns = tuple(variable.value for variable in answer.variables)
        return Selection(columns, self._guarded(map(tuple, answer))).in_order(read_query(text).columns)

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query; see `Store.ask`."""
        return bool(self._query(text, bindings, "ask"))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`."""
        return self._guarded(self._query(text, bindings, "construct", "describe"))

    def match(
        self, subject: Subject = None, predicate: Named = None, object: Object = None, graph: Graph = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit; see `Store.match`."""
        return self._guarded(with_positions(self._found(subject, predicate, object, graph)))

    def _found(self, subject: Any, predicate: Any, object: Any, graph: Any) -> Iterator[Quad]:
        find, ends = self.engine.quads_for_pattern, (subject, predicate, object)
        if graph is not None or not any(ends):
            for name in self.engine.named_graphs() if graph is None else (graph,):
                yield from find(*ends, name)
            return
        found = find(*ends, None)
        first = list(islice(found, _MANY))
        if len(first) < _MANY or not isinstance(first[-1].graph_name, DefaultGraph):
            yield from _in_graphs(chain(first, found))
            return
        # The union comes first, and is long: the graphs of its triples are looked up one by one.
        copies = (each.triple for each in find(*ends, UNION))
        yield from _in_graphs(quad for s, p, o in copies for quad in find(s, p, o, None))

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs held, sorted."""
        with reading(self.name):
            names = [name for name in self.engine.named_graphs() if isinstance(name, NamedNode)]
        return tuple(sorted(names, key=lambda name: name.value))

    def _query(self, text: str, bindings: Bindings | None, *wanted: str) -> Any:
        if (form := query_form(text)) not in wanted:
            mend = f"use {wanted[0].upper()} here"
            raise SparqlError(f"this is a query of the form {form.upper()}", mend=mend)
        sent = str(bound(text, bindings)) if bindings else text
        with reading(self.name, text):
            try:
                return self.engine.query(sent, prefixes=used_prefixes(text))
            except SyntaxError:
                self.engine.query(text, prefixes=used_prefixes(text))  # it says where in the text it stands
                raise

    def _guarded(self, found: Iterator[Any]) -> Iterator[Any]:
        with reading(self.name):
            yield from found


def _in_graphs(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads of named graphs alone: the default graph is their union."""
    return (quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))


@contextmanager
def reading(name: str, text: str = "", noun: str = "query") -> Iterator[None]:
    """Turn the engine's errors into the project's; `text` is what is asked, and `noun` what that is.

    Raises `SparqlError` with the place for a text that does not parse, `StoreError` for the rest.
    """
    try:
        yield
    except SyntaxError as error:
        raise mistake(text, error, noun) from error
    except (ValueError, RuntimeError) as error:
        if is_corruption(error):
            raise DamagedStore(f"{name}: {error}") from error
        raise SparqlError(f"the {noun} cannot be evaluated: {error}") from error
    except OSError as error:
        raise StoreError(
            f"{name}: cannot be read: {error}", mend="try again, or run `g60kg repair`"
        ) from error


def is_corruption(error: Exception) -> bool:
    """Whether an error of the engine says that a file does not hold what was written."""
    return isinstance(error, RuntimeError) and str(error).startswith("Corruption")


@dataclass(frozen=True, slots=True)
class QuadFile:
    """A file of N-Quads; with `graph`, of N-Triples that belong there. Its blank nodes get new labels."""

    path: Path
    graph: NamedNode | None = None

    def load(self, engine: Engine) -> None:
        """Load the file, a part at a time: the engine holds in memory what it is given at once."""
        of = RdfFormat.N_QUADS if self.graph is None else RdfFormat.N_TRIPLES
        with self.path.open("rb") as file:
            while part := file.read(_PART):
                engine.bulk_load(part + file.readline(), of, to_graph=self.graph)


def fill(engine: Engine, quads: Iterable[Quad], files: Iterable[QuadFile] = ()) -> None:
    """Put quads into an empty engine, with their union."""
    engine.bulk_extend(quads)
    for file in files:
        file.load(engine)
    union.unite(engine)


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
        fill(self.engine, quads, files)

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads, all or none; see `Store.apply`."""
        union.change(self.engine, list(remove), list(add))

    def rewrite(self, act: Callable[[Engine], None]) -> None:
        """Change the quads by a function of `union.py` that is given the engine; what it raises is raised."""
        act(self.engine)
