"""Every stored query gives the same bag of rows behind every server: the article's graph, all examples.

The store in memory is what the others are compared with; the servers are filled by `push`. Engines of other
makers, which plan some joins poorly, are asked over the small corridor of `tests/query`. A store on disk
gives the same rows in the same order: `tests/serve/stored`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, Quad

from g60kg.errors import StoreError
from g60kg.query import Catalogue, Rows, StoredQuery, load_catalogue, run
from g60kg.resources import resource
from g60kg.store import MemoryStore, Store
from g60kg.store.base import Row, Term
from g60kg.store.remote import RemoteStore, push
from g60kg.store.remote.store import LEDGER
from g60kg.terms import GEO, XSD
from tests.contract.conftest import emptied
from tests.contract.servers import VIRTUOSO_ROWS
from tests.query.cases import read_cases
from tests.query.conftest import HERE, fixture_quads
from tests.sizes import size

SLOWEST = 600
"""Seconds that an engine may take on a busy machine."""
CATALOGUE: Catalogue = load_catalogue(resource("queries"))
Ask = Callable[[StoredQuery, Mapping[str, object]], Rows]
NOT_IN_VIRTUOSO = ("changes", "compare")
"""Its compiler (7.2) fails at expressions over aggregates of a SELECT within; `docs/stores` says so."""
POORLY_PLANNED: Mapping[str, tuple[str, ...]] = {
    "virtuoso": ("claims-of-article",),
    "comunica": ("series", "said-of", "totals", "central", "ranks", "disagreements", "investments"),
}
"""What takes an engine seconds each: the others are asked it, and `G60KG_LONG` asks it of this one, too."""


def cases() -> list[tuple[str, Mapping[str, object]]]:
    """Return each query without values, where it needs none, and with the examples of its header."""
    found: list[tuple[str, Mapping[str, object]]] = []
    for query in CATALOGUE:
        required = {parameter.name for parameter in query.parameters if parameter.required}
        given = [{}, query.example, *({name: value} for name, value in query.example.items())]
        different = [values for i, values in enumerate(given) if values not in given[:i]]
        found += [(query.name, values) for values in different if required <= values.keys()]
    return found


@pytest.fixture(scope="module")
def memory(quads: list[Quad]) -> MemoryStore:
    return MemoryStore(quads)


@pytest.fixture(scope="module")
def other(oxigraph: str, memory: MemoryStore) -> Store:
    """Return the store behind Oxigraph's server, which holds what the one in memory holds."""
    push(memory, remote := emptied(oxigraph))
    return remote


def bag(rows: Iterable[Row]) -> Counter[Row]:
    """Return rows as a bag, whole numbers as Oxigraph answers them, which makes one kind of all."""
    return Counter(tuple(map(_plain, row)) for row in rows)


def _plain(term: Term | None) -> Term | None:
    is_count = isinstance(term, Literal) and term.datatype == XSD.nonNegativeInteger
    return Literal(term.value, datatype=XSD.integer) if isinstance(term, Literal) and is_count else term


def test_same_rows(memory: MemoryStore, other: Store, subtests: pytest.Subtests) -> None:
    for name, values in cases():
        with subtests.test(name, **values):
            query = CATALOGUE[name]
            wanted, found = run(memory, query, values), run(other, query, values)
            assert found.columns == wanted.columns
            assert bag(found.terms) == bag(wanted.terms)


def _holds_the_whole(here: MemoryStore, there: Store) -> bool:
    is_told = (
        f"!ISBLANK(?s) && !ISBLANK(?o) && ?g != {LEDGER} && ?p != {GEO.asWKT}"  # Virtuoso rewrites points
    )
    text = f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({is_told}) }}"
    wanted = bag(here.select(text).rows)
    assert len(wanted) > VIRTUOSO_ROWS
    return bag(there.select(text).rows) == wanted and sum(1 for _ in there.match()) == len(list(here.match()))


def test_an_answer_longer_than_a_page_is_whole(memory: MemoryStore, other: Store) -> None:
    assert _holds_the_whole(memory, other)


@pytest.mark.slow
def test_an_answer_longer_than_virtuoso_gives_is_whole(virtuoso: str, credentials: None) -> None:
    push(small := MemoryStore(fixture_quads()), there := emptied(virtuoso))
    assert _holds_the_whole(small, there)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["virtuoso", "comunica", "listed"])
def test_same_rows_in_other_engines(
    kind: str, request: pytest.FixtureRequest, credentials: None, subtests: pytest.Subtests
) -> None:
    url, small = request.getfixturevalue(kind.replace("listed", "oxigraph")), MemoryStore(fixture_quads())
    if kind != "comunica":
        push(small, emptied(url))  # so this test comes last
    if kind == "listed":  # as a server is asked that has no union of its own
        url += "?" + urlencode([("default-graph-uri", name.value) for name in small.graphs()])
    other = RemoteStore(url, timeout=SLOWEST)
    first = {case.query: case for case in read_cases(HERE / "expected")[::-1] if case.rows}
    assert len(first) > 40
    for name in POORLY_PLANNED.get(kind, ())[: size(9, 0)]:
        del first[name]
    for name in NOT_IN_VIRTUOSO if kind == "virtuoso" else ():
        with pytest.raises(StoreError, match="compiler error"):
            run(other, CATALOGUE[name], first.pop(name).values)
    for name, case in first.items():
        with subtests.test(str(case)):
            wanted, found = (run(store, CATALOGUE[name], case.values) for store in (small, other))
            assert bag(found.terms) == bag(wanted.terms)


def test_every_query_is_asked() -> None:
    assert {name for name, _ in cases()} == set(CATALOGUE.names)
