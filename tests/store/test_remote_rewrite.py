"""The texts that a server gets mean what the embedded engine does with a binding.

Each is asked of the embedded engine as it stands, and compared with the engine's own substitution.
"""

from collections import Counter

import pytest
from pyoxigraph import Literal, Quad

from g60kg.errors import ParameterError
from g60kg.store import MemoryStore
from g60kg.store.base import Bindings
from g60kg.store.bind import in_selects
from g60kg.store.remote.text import bound, read_query
from g60kg.terms import G60, GRAPH, ID, XSD

REGISTER = GRAPH["register"]
STORE = MemoryStore(
    [
        *(Quad(ID[a], G60["partOf"], ID[b], REGISTER) for a, b in ("ab", "bc", "db", "ec")),
        *(Quad(ID[a], G60["count"], Literal(n), REGISTER) for n, a in enumerate("abcde")),
        Quad(ID["a"], G60["motto"], Literal('}"; DROP ALL #', language="en"), REGISTER),
    ]
)
SELECTS = [
    "SELECT ?s ?o { ?s g60:partOf ?o }",
    "SELECT ?o { ?s g60:partOf ?o } ORDER BY DESC(?o) LIMIT 1",
    "SELECT DISTINCT ?o { ?s g60:partOf ?o OPTIONAL { ?o g60:partOf ?p } }",
    "SELECT ?s ?o ?p { { ?s g60:partOf ?o } UNION { ?o g60:partOf ?s } }",
    "SELECT ?o (COUNT(?x) AS ?n) { ?s g60:partOf ?o . ?x g60:partOf ?o } GROUP BY ?o ORDER BY ?n",
    "SELECT ?s (STR(?s) AS ?t) { ?s g60:partOf ?o } ORDER BY ?t ?o OFFSET 0",
    "SELECT ?n { { SELECT ?s ?n { ?s g60:count ?n } ORDER BY DESC(?n) LIMIT 9 } } ORDER BY ?s",
    "SELECT * FROM graph:register { ?s g60:partOf ?o FILTER(?s != id:x) MINUS { ?s g60:motto ?m } }",
    "SELECT ?o { ?o g60:count ?n FILTER EXISTS { ?s g60:partOf ?o } } # ?s {",
    "SELECT ?o { { ?o g60:count 1 FILTER EXISTS { ?s g60:partOf ?o } } UNION { ?o g60:count 2 "
    "FILTER NOT EXISTS { ?o g60:partOf ?x FILTER EXISTS { ?s g60:partOf ?x } } } } ORDER BY ?o",
    'SELECT ?o { ?s g60:partOf ?o FILTER("a"@en != "?s {"^^xsd:string) }',
    "select ?o where{?s g60:partOf|g60:partOf/g60:partOf ?o}order by ?s ?o",
    "SELECT ?o { SELECT ?s ?o { ?s g60:partOf ?o } }",
    "SELECT ?o ?n { { SELECT ?s (COUNT(?x) AS ?n) { ?s g60:partOf ?x } GROUP BY ?s } ?s g60:partOf ?o }",
    "SELECT ?o { { SELECT ?s { ?q g60:partOf ?x BIND(?q AS ?s) } } ?s g60:partOf ?o }",
    "SELECT ?n { { SELECT ?s (COUNT(?x) AS ?n) { SELECT DISTINCT ?s ?x { ?s g60:partOf ?x } } GROUP BY ?s } "
    "?s g60:partOf ?o }",
    "SELECT ?s ?m { { SELECT (MAX(?n) AS ?m) { ?s g60:count ?n } } ?s g60:count ?m }",
    "SELECT ?o { GRAPH ?g { ?s g60:partOf ?o } } VALUES ?o { id:b id:c }",
    "SELECT ?n { { SELECT ?s (COUNT(?x) AS ?n) { VALUES (?s ?p) { (id:a g60:partOf) (UNDEF g60:count) } "
    "?s ?p ?x } GROUP BY ?s } ?s g60:count ?any } ORDER BY ?n",
]


@pytest.mark.parametrize("within", [True, False])
@pytest.mark.parametrize("text", SELECTS)
def test_a_select_with_a_value(text: str, within: bool) -> None:
    for value in "abdx":
        bindings = {"s": ID[value]}
        wanted = STORE.select(text, bindings)
        sent = str(bound(read_query(text, wanted.columns), bindings, within=within))
        found = STORE.select(sent)
        assert found.columns == wanted.columns
        assert list(found.rows) == list(wanted.rows), value


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?o { ?s g60:partOf ?o } ORDER BY ?s",
        "SELECT ?s ?o { { ?s g60:partOf ?o } UNION { ?o g60:partOf ?s } } ORDER BY ?s ?o",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s g60:partOf ?o } GROUP BY ?s ORDER BY ?s",
        "SELECT ?s ?o { ?o g60:count ?n OPTIONAL { ?s g60:partOf ?o } FILTER(BOUND(?s)) } ORDER BY ?s",
    ],
)
def test_any_of_several_terms_picks_rows_of_the_answer_for_all(text: str) -> None:
    several = (ID["a"], ID["d"], ID["x"])
    wanted = [row for row in STORE.select(text).rows if row[0] in several]
    assert list(STORE.select(text, {"s": several}).rows) == wanted != []
    sent = str(bound(read_query(text, STORE.select(text).columns), {"s": several}))
    assert list(STORE.select(sent).rows) == wanted


@pytest.mark.parametrize("text", SELECTS)
def test_pages_come_to_the_whole(text: str) -> None:
    wanted = STORE.select(text)
    query = read_query(text, wanted.columns)
    pages = [list(STORE.select(query.page(2, start)).rows) for start in range(0, 30, 2)]
    assert Counter(row for page in pages for row in page) == Counter(wanted.rows)
    assert max(map(len, pages)) <= 2


def test_several_values() -> None:
    text = "SELECT ?s ?n (?n * 2 AS ?double) { ?s g60:count ?n }"
    bindings: Bindings = {"s": ID["b"], "double": Literal("2", datatype=XSD.integer)}
    sent = bound(read_query(text, ("s", "n", "double")), bindings)
    assert list(STORE.select(str(sent)).rows) == [(ID["b"], Literal(1), Literal(2))]


def test_a_hostile_string_stays_one() -> None:
    hostile = Literal('}"; DROP ALL #', language="en")
    sent = str(bound(read_query("SELECT ?s { ?s g60:motto ?m }", ("s",)), {"m": hostile}))
    assert list(STORE.select(sent).rows) == [(ID["a"],)]


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s g60:partOf id:b }",
        "ASK { { ?s g60:partOf id:c } UNION { ?s g60:motto ?m } }",
        "PREFIX id: <urn:other> ASK WHERE { ?s g60:partOf ?o }",
    ],
)
@pytest.mark.parametrize("value", ["a", "b", "c"])
def test_an_ask_with_a_value(text: str, value: str) -> None:
    bindings = {"s": ID[value]}
    assert STORE.ask(str(bound(read_query(text), bindings))) == STORE.ask(text, bindings)


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?o g60:hasPart ?s } WHERE { ?s g60:partOf ?o }",
        "CONSTRUCT { ?o g60:hasPart ?s } FROM graph:register WHERE { ?s g60:partOf ?o } ORDER BY ?o LIMIT 1",
        "CONSTRUCT WHERE { ?s g60:partOf ?o }",
    ],
)
def test_a_construct_with_a_value(text: str) -> None:
    bindings = {"s": ID["a"]}
    assert set(STORE.construct(str(bound(read_query(text), bindings)))) == set(
        STORE.construct(text, bindings)
    )


def test_what_cannot_be_bound() -> None:
    with pytest.raises(ParameterError, match="no WHERE"):
        bound(read_query("DESCRIBE ?s"), {"s": ID["a"]})
    for order in ("COUNT(?s)", "DESC(?o)"):
        query = read_query(
            f"SELECT (STR(?o) AS ?t) {{ ?s g60:partOf ?o }} GROUP BY ?o ORDER BY {order}", ("t",)
        )
        with pytest.raises(ParameterError, match="name it in the SELECT"):
            bound(query, {"t": ID["a"]})


def test_prefixes_are_declared_where_they_are_used() -> None:
    assert read_query("PREFIX g60: <urn:mine> SELECT * { ?s g60:a id:b }").prologue.splitlines() == [
        f"PREFIX id: <{ID.base}>",
        "PREFIX g60: <urn:mine>",
    ]
    assert read_query("SELECT * { ?s <urn:g60:a> 'id:b' } # skos:x").prologue == ""


def test_values_begin_a_group_unless_it_makes_the_variable_itself() -> None:
    text = "SELECT ?y { { SELECT ?s ?y { ?s ?p ?t BIND(1 AS ?y) } } ?s ?q ?t }"
    assert in_selects(text, ["y"], str) == text.replace("{ {", "{ ['y'] {", 1)
