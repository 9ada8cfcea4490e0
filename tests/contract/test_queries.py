"""Every stored query gives the same bag of rows on every kind of store: the article's graph, all examples.

The store in memory is what the others are compared with; the servers are filled by `push`. Engines of other
makers, which plan some joins poorly, are asked over the small corridor of `tests/query`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, Quad

from g60kg.errors import StoreError
from g60kg.query import Catalogue, Rows, StoredQuery, load_catalogue, run
from g60kg.resources import resource
from g60kg.store import MemoryStore, Store, write_store
from g60kg.store.base import Row, Term
from g60kg.store.remote import RemoteStore, push
from g60kg.store.remote.store import LEDGER
from g60kg.terms import GEO, XSD
from tests.contract.conftest import as_dba, emptied
from tests.contract.servers import VIRTUOSO_ROWS
from tests.query.cases import read_cases
from tests.query.conftest import HERE, fixture_quads

SLOWEST = 600
"""Seconds that an engine may take on a busy machine."""
CATALOGUE: Catalogue = load_catalogue(resource("queries"))
Ask = Callable[[StoredQuery, Mapping[str, object]], Rows]
NOT_IN_VIRTUOSO = ("changes", "compare")
"""Its compiler (7.2) fails at expressions over aggregates of a SELECT within; `docs/stores` says so."""
KINDS = ["disk", "oxigraph", pytest.param("listed", marks=pytest.mark.slow)]
VIRTUOSO = pytest.param("virtuoso", marks=pytest.mark.slow)


def cases(few: bool = False) -> list[tuple[str, Mapping[str, object]]]:
    """Return each query without values, where it needs none, and with the examples of its header.

    Few are those with all examples of a header at once.
    """
    found: list[tuple[str, Mapping[str, object]]] = []
    for query in CATALOGUE:
        required = {parameter.name for parameter in query.parameters if parameter.required}
        given = [{}, query.example, *({name: value} for name, value in query.example.items())]
        given = [query.example] if few else given
        different = [values for i, values in enumerate(given) if values not in given[:i]]
        found += [(query.name, values) for values in different if required <= values.keys()]
    return found


@pytest.fixture(scope="module")
def memory(quads: list[Quad]) -> MemoryStore:
    return MemoryStore(quads)


@pytest.fixture(scope="module", params=[*KINDS, VIRTUOSO])
def other(
    request: pytest.FixtureRequest, memory: MemoryStore, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """Return a store that holds what the one in memory holds."""
    if request.param == "disk":
        return write_store(tmp_path_factory.mktemp("queries") / "store", memory.match(), {})
    url = request.getfixturevalue(request.param.replace("listed", "oxigraph"))
    with pytest.MonkeyPatch.context() as patch:
        as_dba(patch)
        remote = emptied(url)
        push(memory, remote)
    if request.param == "listed":  # as a server is asked that has no union of its own
        names = urlencode([("default-graph-uri", name.value) for name in memory.graphs()])
        return RemoteStore(f"{url}?{names}", timeout=SLOWEST)
    return remote


def bag(rows: Iterable[Row]) -> Counter[Row]:
    """Return rows as a bag, whole numbers as Oxigraph answers them, which makes one kind of all."""
    return Counter(tuple(map(_plain, row)) for row in rows)


def _plain(term: Term | None) -> Term | None:
    is_count = isinstance(term, Literal) and term.datatype == XSD.nonNegativeInteger
    return Literal(term.value, datatype=XSD.integer) if isinstance(term, Literal) and is_count else term


@pytest.mark.parametrize("other", KINDS, indirect=True)
def test_same_rows(
    memory: MemoryStore, other: Store, request: pytest.FixtureRequest, subtests: pytest.Subtests
) -> None:
    for name, values in cases(few=request.node.callspec.params["other"] == "listed"):
        with subtests.test(name, **values):
            query = CATALOGUE[name]
            wanted, found = run(memory, query, values), run(other, query, values)
            assert found.columns == wanted.columns
            assert bag(found.terms) == bag(wanted.terms)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["virtuoso", "comunica"])
def test_same_rows_in_other_engines(
    kind: str, request: pytest.FixtureRequest, credentials: None, subtests: pytest.Subtests
) -> None:
    url, small = request.getfixturevalue(kind), MemoryStore(fixture_quads())
    other = RemoteStore(url, timeout=SLOWEST)
    if kind == "virtuoso":
        push(small, emptied(url))
    first = {case.query: case for case in read_cases(HERE / "expected")[::-1] if case.rows}
    assert len(first) > 40
    for name in NOT_IN_VIRTUOSO if kind == "virtuoso" else ():
        with pytest.raises(StoreError, match="compiler error"):
            run(other, CATALOGUE[name], first.pop(name).values)
    for name, case in first.items():
        with subtests.test(str(case)):
            wanted, found = (run(store, CATALOGUE[name], case.values) for store in (small, other))
            assert bag(found.terms) == bag(wanted.terms)


def test_an_answer_longer_than_a_page_is_whole(memory: MemoryStore, other: Store) -> None:
    is_told = (
        f"!ISBLANK(?s) && !ISBLANK(?o) && ?g != {LEDGER} && ?p != {GEO.asWKT}"  # Virtuoso rewrites points
    )
    text = f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({is_told}) }}"
    wanted = bag(memory.select(text).rows)
    assert bag(other.select(text).rows) == wanted
    assert len(wanted) > VIRTUOSO_ROWS
    assert sum(1 for _ in other.match()) == len(memory)


def test_every_query_is_asked() -> None:
    assert {name for name, _ in cases()} == set(CATALOGUE.names)
