"""A text with terms for its variables means what the engine's own substitution makes of it."""

from collections import Counter
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from g60kg.errors import ParameterError
from g60kg.store import MemoryStore
from g60kg.store.base import Bindings, Row
from g60kg.store.bind import bound, in_selects
from g60kg.store.parts import read_query
from g60kg.terms import G60, GRAPH, ID, XSD

REGISTER = GRAPH["register"]
STORE = MemoryStore(
    [
        *(Quad(ID[a], G60["partOf"], ID[b], REGISTER) for a, b in ("ab", "bc", "db", "ec")),
        *(Quad(ID[a], G60["count"], Literal(n), REGISTER) for n, a in enumerate("abcde")),
        Quad(ID["a"], G60["motto"], Literal('}"; DROP ALL #', language="en"), REGISTER),
    ]
)
SELECTS = {
    "SELECT ?s ?o { ?s g60:partOf ?o }": ("a b", "b c", "d b", ""),
    "SELECT ?o { ?s g60:partOf ?o } ORDER BY DESC(?o) LIMIT 1": ("b", "c", "b", ""),
    "SELECT DISTINCT ?o { ?s g60:partOf ?o OPTIONAL { ?o g60:partOf ?p } }": ("b", "c", "b", ""),
    "SELECT ?s ?o ?p { { ?s g60:partOf ?o } UNION { ?o g60:partOf ?s } }": (
        "a b",
        "b a; b d; b c",
        "d b",
        "",
    ),
    ("SELECT ?o (COUNT(?x) AS ?n) { ?s g60:partOf ?o . ?x g60:partOf ?o } GROUP BY ?o ORDER BY ?n"): (
        "b 2",
        "c 2",
        "b 2",
        "",
    ),
    "SELECT ?s (STR(?s) AS ?t) { ?s g60:partOf ?o } ORDER BY ?t ?o OFFSET 0": ("a a", "b b", "d d", ""),
    "SELECT ?n { { SELECT ?s ?n { ?s g60:count ?n } ORDER BY DESC(?n) LIMIT 9 } } ORDER BY ?s": (
        "0",
        "1",
        "3",
        "",
    ),
    ("SELECT * FROM graph:register { ?s g60:partOf ?o FILTER(?s != id:x) MINUS { ?s g60:motto ?m } }"): (
        "",
        "b c",
        "d b",
        "",
    ),
    "SELECT ?o { ?o g60:count ?n FILTER EXISTS { ?s g60:partOf ?o } } # ?s {": ("b", "c", "b", ""),
    (
        "SELECT ?o { { ?o g60:count 1 FILTER EXISTS { ?s g60:partOf ?o } } UNION { ?o g60"
        ":count 2 FILTER NOT EXISTS { ?o g60:partOf ?x FILTER EXISTS { ?s g60:partOf ?x } } } } ORDER BY ?o"
    ): ("b; c", "c", "b; c", "c"),
    'SELECT ?o { ?s g60:partOf ?o FILTER("a"@en != "?s {"^^xsd:string) }': ("b", "c", "b", ""),
    "select ?o where{?s g60:partOf|g60:partOf/g60:partOf ?o}order by ?s ?o": ("b; c", "c", "b; c", ""),
    "SELECT ?o { SELECT ?s ?o { ?s g60:partOf ?o } }": ("b", "c", "b", ""),
    ("SELECT ?o ?n { { SELECT ?s (COUNT(?x) AS ?n) { ?s g60:partOf ?x } GROUP BY ?s } ?s g60:partOf ?o }"): (
        "b 1",
        "c 1",
        "b 1",
        "",
    ),
    "SELECT ?o { { SELECT ?s { ?q g60:partOf ?x BIND(?q AS ?s) } } ?s g60:partOf ?o }": ("b", "c", "b", ""),
    (
        "SELECT ?n { { SELECT ?s (COUNT(?x) AS ?n) { SELECT DISTINCT ?s ?x { ?s g60:partO"
        "f ?x } } GROUP BY ?s } ?s g60:partOf ?o }"
    ): ("1", "1", "1", ""),
    "SELECT ?s ?m { { SELECT (MAX(?n) AS ?m) { ?s g60:count ?n } } ?s g60:count ?m }": ("", "", "", ""),
    "SELECT ?o { GRAPH ?g { ?s g60:partOf ?o } } VALUES ?o { id:b id:c }": ("b", "c", "b", ""),
    (
        "SELECT ?n { { SELECT ?s (COUNT(?x) AS ?n) { VALUES (?s ?p) { (id:a g60:partOf) ("
        "UNDEF g60:count) } ?s ?p ?x } GROUP BY ?s } ?s g60:count ?any } ORDER BY ?n"
    ): ("2", "1", "1", ""),
}
"""What is asked, and the rows that there are where ?s is a, b, d, and x."""


def _shown(row: Row) -> str:
    return " ".join(term.value.rpartition("/")[2] for term in row if isinstance(term, NamedNode | Literal))


@pytest.mark.parametrize("joins", [True, False])
@pytest.mark.parametrize("text", SELECTS)
def test_a_select_with_a_value(text: str, joins: bool) -> None:
    for value, wanted in zip("abdx", SELECTS[text], strict=True):
        bindings = {"s": ID[value]}
        query = bound(text, bindings, joins=joins)
        expected = list(filter(None, wanted.split("; ")))
        columns = ("s", "o") if "*" in text else STORE.select(text).columns
        for found in (STORE.select(str(query)).in_order(query.columns), STORE.select(text, bindings)):
            rows = [_shown(row) for row in found.rows]
            assert rows == expected if "ORDER" in text else sorted(rows) == sorted(expected), value
            assert found.columns == columns


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
    assert list(STORE.select(str(bound(text, {"s": several}, joins=False))).rows) == wanted


@pytest.mark.parametrize("text", SELECTS)
def test_pages_come_to_the_whole(text: str) -> None:
    wanted = STORE.select(text)
    query = replace(read_query(text), columns=wanted.columns)
    pages = [list(STORE.select(query.page(2, start)).rows) for start in range(0, 30, 2)]
    assert Counter(row for page in pages for row in page) == Counter(wanted.rows)
    assert max(map(len, pages)) <= 2


def test_several_values() -> None:
    text = "SELECT ?s ?n (?n * 2 AS ?double) { ?s g60:count ?n }"
    bindings: Bindings = {"s": ID["b"], "double": Literal("2", datatype=XSD.integer)}
    assert list(STORE.select(text, bindings).rows) == [(ID["b"], Literal(1), Literal(2))]


def test_a_hostile_string_stays_one() -> None:
    hostile = Literal('}"; DROP ALL #', language="en")
    assert list(STORE.select("SELECT ?s { ?s g60:motto ?m }", {"m": hostile}).rows) == [(ID["a"],)]


def test_a_value_that_is_only_compared() -> None:
    text = "SELECT ?s { ?s g60:count ?n FILTER(?n > ?least) } ORDER BY ?s"
    assert list(STORE.select(text, {"least": Literal(2)}).rows) == [(ID["d"],), (ID["e"],)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ASK { ?s g60:partOf id:b }", [True, False, False]),
        ("ASK { { ?s g60:partOf id:c } UNION { ?s g60:motto ?m } }", [True, True, False]),
        ("PREFIX id: <urn:other> ASK WHERE { ?s g60:partOf ?o }", [True, True, False]),
    ],
)
def test_an_ask_with_a_value(text: str, wanted: list[bool]) -> None:
    assert [STORE.ask(text, {"s": ID[value]}) for value in "abc"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CONSTRUCT { ?o g60:hasPart ?s } WHERE { ?s g60:partOf ?o }", "hasPart"),
        (
            "CONSTRUCT { ?o g60:hasPart ?s } FROM graph:register "
            "WHERE { ?s g60:partOf ?o } ORDER BY ?o LIMIT 1",
            "hasPart",
        ),
        ("CONSTRUCT WHERE { ?s g60:partOf ?o }", "partOf"),
    ],
)
def test_a_construct_with_a_value(text: str, wanted: str) -> None:
    ends = (ID["b"], ID["a"]) if wanted == "hasPart" else (ID["a"], ID["b"])
    assert list(STORE.construct(text, {"s": ID["a"]})) == [Triple(ends[0], G60[wanted], ends[1])]


def test_what_cannot_be_bound() -> None:
    with pytest.raises(ParameterError, match="no WHERE"):
        bound("DESCRIBE ?s", {"s": ID["a"]})
    for order in ("COUNT(?s)", "DESC(?o)"):
        text = f"SELECT (STR(?o) AS ?t) {{ ?s g60:partOf ?o }} GROUP BY ?o ORDER BY {order}"
        with pytest.raises(ParameterError, match="name it in the SELECT"):
            bound(text, {"t": ID["a"]})
    within = "SELECT (COUNT(?s) AS ?n) { { SELECT ?s { ?s g60:length ?v FILTER(?v > ?low) } } }"
    with pytest.raises(ParameterError, match=r"\?low stands in a SELECT within"):
        bound(within, {"low": ID["a"]})
    counted = "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) >= ?least)"
    with pytest.raises(ParameterError, match=r"\?least stands outside the WHERE alone"):
        bound(counted, {"least": ID["a"]})
    with pytest.raises(ParameterError, match=r"no variable \?x"):
        STORE.select("SELECT ?s { ?s ?p ?o }", {"x": ID["a"]})


def test_prefixes_are_declared_where_they_are_used() -> None:
    assert read_query("PREFIX g60: <urn:mine> SELECT * { ?s g60:a id:b }").prologue.splitlines() == [
        f"PREFIX id: <{ID.base}>",
        "PREFIX g60: <urn:mine>",
    ]
    assert read_query("SELECT * { ?s <urn:g60:a> 'id:b' } # skos:x").prologue == ""


def test_values_begin_a_group_unless_it_makes_the_variable_itself() -> None:
    text = "SELECT ?y { { SELECT ?s ?y { ?s ?p ?t BIND(1 AS ?y) } } ?s ?q ?t }"
    assert in_selects(text, ["y"]) == text.replace("{ {", "{ VALUES (?y) { <bound:y> } {", 1)
