"""The contract of a store, run over every kind of store."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.errors import ParameterError, SparqlError, UpdateRefused
from g60kg.store import UNION, DiskStore, MemoryStore, write_store
from g60kg.store.as_rdflib import to_dataset
from g60kg.store.remote import RemoteStore
from g60kg.store.union import copy_of
from g60kg.terms import G60, GRAPH, ID
from tests.contract.conftest import as_dba, as_writer, emptied

REGISTER = GRAPH["register"]
ARTICLE = GRAPH["article/one"]
QUADS = [
    Quad(ID["wuhu"], G60["partOf"], ID["anhui"], REGISTER),
    Quad(ID["anhui"], G60["partOf"], ID["china"], REGISTER),
    Quad(ID["wuhu"], G60["motto"], Literal("a city", language="en"), ARTICLE),
]


AnyStore = MemoryStore | DiskStore | RemoteStore


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("virtuoso", "ours")]


KINDS = ["memory", "disk", "oxigraph", *SLOW]


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnyStore]:
    """Return a store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "disk":
        yield write_store(tmp_path_factory.mktemp("contract") / "store", (), {})
    else:
        with pytest.MonkeyPatch.context() as patch:
            (as_writer if request.param == "ours" else as_dba)(patch)
            yield emptied(request.getfixturevalue(request.param))


@pytest.fixture
def store(made: AnyStore) -> AnyStore:
    """Return a store of each kind that holds the same quads; what a test changes is changed back."""
    held = set(made.match())
    if held != set(QUADS):
        made.apply(add=QUADS, remove=held - set(QUADS))
    return made


def test_default_graph_is_the_union(store: AnyStore) -> None:
    answer = store.select("SELECT ?p ?o { id:wuhu ?p ?o } ORDER BY ?p")
    assert answer.columns == ("p", "o")
    assert list(answer.rows) == [
        (G60["motto"], Literal("a city", language="en")),
        (G60["partOf"], ID["anhui"]),
    ]


def test_the_union_has_a_triple_of_several_graphs_once(store: AnyStore) -> None:
    store.apply(add=[Quad(ID["wuhu"], G60["partOf"], ID["anhui"], ARTICLE)])
    found = list(store.match(ID["wuhu"], None, None, UNION))
    held = {copy_of(quad) for quad in QUADS if quad.subject == ID["wuhu"]}
    assert len(found) == len(held)
    assert set(found) == held
    assert any(store.match(ID["wuhu"], G60["partOf"], ID["anhui"], UNION))
    assert not any(store.match(ID["no-such-thing"], graph=UNION))


def test_a_query_may_name_its_dataset(store: AnyStore) -> None:
    text = f"SELECT ?p FROM {ARTICLE} {{ id:wuhu ?p ?o }}"
    assert list(store.select(text).rows) == [(G60["motto"],)]
    assert not store.ask(f"ASK FROM {ARTICLE} {{ id:wuhu g60:partOf ?o }}")
    assert store.ask(f"ASK FROM NAMED {REGISTER} {{ GRAPH ?g {{ id:wuhu g60:partOf ?o }} }}")


def test_named_graphs_can_be_asked(store: AnyStore) -> None:
    text = "SELECT ?g { GRAPH ?g { id:wuhu g60:partOf ?o } }"
    assert list(store.select(text).rows) == [(REGISTER,)]
    assert store.graphs() == (ARTICLE, REGISTER)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?o { ?s g60:partOf ?o }", [(ID["anhui"],)]),
        ("SELECT ?s ?o { ?s g60:partOf ?o }", [(ID["wuhu"], ID["anhui"])]),
        ("SELECT (?s AS ?x) { ?s g60:partOf ?o }", [(ID["wuhu"],)]),
        ("SELECT DISTINCT ?o WHERE { ?s g60:partOf+ ?o } ORDER BY ?o", [(ID["anhui"],), (ID["china"],)]),
        ("SELECT (COUNT(*) AS ?n) { ?s g60:partOf ?o } GROUP BY ?o", [(Literal(1),)]),
        ("SELECT ?o { VALUES ?o { id:anhui } FILTER EXISTS { ?s g60:partOf ?o } }", [(ID["anhui"],)]),
        ("SELECT ?o # ?s } { \n { ?s g60:partOf ?o FILTER('?s {' != \"x\") }", [(ID["anhui"],)]),
    ],
)
def test_bindings_reach_a_variable_shown_or_not(store: AnyStore, text: str, rows: list[object]) -> None:
    assert list(store.select(text, {"s": ID["wuhu"]}).rows) == rows


def test_bindings_of_ask_and_construct(store: AnyStore) -> None:
    assert store.ask("ASK { ?s g60:partOf ?o }", {"s": ID["wuhu"]})
    assert not store.ask("ASK { ?s g60:partOf ?o }", {"s": ID["china"]})
    triples = list(store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"s": ID["anhui"]}))
    assert [triple.object for triple in triples] == [ID["china"]]


def test_a_hostile_string_is_a_string(store: AnyStore) -> None:
    hostile = Literal('"} ; DROP ALL #\\\n')
    store.apply(add=[Quad(ID["x"], G60["motto"], hostile, ARTICLE)])
    text = "SELECT ?s { ?s g60:motto ?motto }"
    assert list(store.select(text, {"motto": hostile}).rows) == [(ID["x"],)]


def test_a_variable_that_is_not_there_is_an_error(store: AnyStore) -> None:
    with pytest.raises(ParameterError, match=r"no variable \?city"):
        store.select("SELECT ?o { ?s g60:partOf ?o }", {"city": ID["wuhu"]})


def test_what_is_counted_is_counted_for_the_term(store: AnyStore) -> None:
    held = len({*store.match(ID["wuhu"], G60["partOf"])})
    rows = store.select("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s g60:partOf ?o }", {"s": ID["wuhu"]}).rows
    assert [value.value for (value,) in rows] == [str(held)]  # type: ignore[union-attr]


def test_syntax_error_names_its_place(store: AnyStore) -> None:
    with pytest.raises(SparqlError, match="does not parse near line 2"):
        store.select("SELECT ?s\nWHERE { ?s ?p }")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "# SELECT\nPREFIX select: <a:>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.com/>",
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { { OPTIONAL { SERVICE SILENT ?e { ?s ?p ?o } } } }",
        "SELECT * { FILTER(1 = 1 && NOT EXISTS { service <http://e/> { ?s ?p ?o } }) }",
        "SELECT * { S\\u0045RVICE <http://localhost:1/> { ?s ?p ?o } }",
    ],
)
def test_updates_and_requests_elsewhere_are_refused(store: AnyStore, text: str) -> None:
    before = len(list(store.match()))
    with pytest.raises(UpdateRefused):
        store.select(text)
    assert len(list(store.match())) == before


def test_the_word_service_may_stand_in_a_string(store: AnyStore) -> None:
    assert not list(store.select("SELECT ?s { ?s g60:motto 'at your service' } # SERVICE").rows)
    with pytest.raises(UpdateRefused, match="SERVICE"):
        store.select("SELECT ?s\n{ ?s ?p SERVICE }")


@pytest.mark.parametrize("text", ["", "   ", "hello", "{}", "ASK { ?s ?p ?o }"])
def test_a_text_that_is_no_select(store: AnyStore, text: str) -> None:
    with pytest.raises(SparqlError):
        store.select(text)


def test_match_takes_wildcards(store: AnyStore) -> None:
    assert {quad.subject for quad in store.match(None, G60["partOf"])} == {ID["wuhu"], ID["anhui"]}
    assert list(store.match(graph=ARTICLE)) == [QUADS[2]]
    assert not list(store.match(NamedNode("http://example.com/")))


def test_apply_removes_and_adds(store: AnyStore) -> None:
    added = Quad(ID["hefei"], G60["partOf"], ID["anhui"], REGISTER)
    store.apply(add=[added], remove=QUADS[:1])
    assert set(store.match()) == {added, *QUADS[1:]}


def test_apply_of_a_failing_iterable_changes_nothing(store: AnyStore) -> None:
    def broken() -> object:
        yield Quad(ID["x"], G60["partOf"], ID["y"], REGISTER)
        raise OSError("the source fails")

    with pytest.raises(OSError, match="the source fails"):
        store.apply(add=broken(), remove=QUADS)  # type: ignore[arg-type]
    assert set(store.match()) == set(QUADS)


def test_rdflib_sees_the_store(store: AnyStore) -> None:
    dataset = to_dataset(store)
    rows = {str(row[0]) for row in dataset.query("SELECT ?o { id:wuhu g60:partOf/g60:partOf ?o }")}  # type: ignore[index]
    assert rows == {ID["china"].value}
    assert len(dataset) == 3


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * 5_000 + "?s ?p ?o" + "}" * 5_000,
        "SELECT * { FILTER(" + "(" * 9_000 + "1" + ")" * 9_000 + ") }",
        "SELECT * { FILTER(" + "!" * 30_000 + "1) }",
        "SELECT * { FILTER(1" + "+1" * 30_000 + ") }",
        "SELECT * { ?s " + "<a:a>/" * 30_000 + "<a:b> ?o }",
        "SELECT * {" + "OPTIONAL { ?s ?p ?o } " * 5_000 + "}",
        "SELECT * { VALUES ?s { <a:b> } FILTER(1" + "+1" * 30_000 + ") }",
    ],
)
def test_a_query_that_would_overflow_the_engine_is_refused(store: AnyStore, text: str) -> None:
    with pytest.raises(SparqlError, match=r"more than|too deep"):
        store.select(text)


def test_a_long_list_of_values_is_answered(store: AnyStore) -> None:
    many = " ".join(f"(id:wuhu {number})" for number in range(1_500))
    rows = store.select(f"SELECT ?n {{ VALUES (?s ?n) {{ {many} }} ?s g60:partOf id:anhui }}").rows
    assert sum(1 for _ in rows) == 1_500
