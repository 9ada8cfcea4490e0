import pytest
from pyoxigraph import Store

from g60kg.errors import SparqlError
from g60kg.store.engine import reading
from g60kg.terms import PREFIXES


def said(text: str) -> str:
    with pytest.raises(SparqlError) as caught, reading("the store", text):
        list(Store().query(text, prefixes=PREFIXES))  # type: ignore[arg-type]
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT * {", "the query does not parse near line 1, column 11, after 'SELECT * {'"),
        ("ASK\n{} LIMIT x y", "the query does not parse near line 2, column 10, at 'x y'"),
        (
            "SELECT ?x WHER { ?x ?y ?z }",
            "the query does not parse near line 1, column 11, at 'WHER'; write WHERE",
        ),
        (
            "SELECT ?x {\n ?x ?y ?z FILTR(?z > 1) }",
            "the query does not parse near line 2, column 11, at 'FILTR'; write FILTER",
        ),
        (
            "ASK { ?s foo:bar 1 }",
            "the prefix foo: at line 1, column 10 is not declared; write PREFIX foo: <…> before the query",
        ),
        (
            "SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c }",
            "the query does not parse near line 1, column 40, "
            "after 'SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c }': the SELECT contains a variable that is unbound",
        ),
        (
            "SELECT (<http://e/f>(1) AS ?x) {}",
            "the query cannot be evaluated: The custom function <http://e/f> is not supported",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, wanted: str) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "SELECT", "SELECT * { ?s ?p 'a\nb' }", "ASK { <no iri> ?p ?o }", "{" * 50]
)
def test_nothing_internal_is_told(text: str) -> None:
    internal = ("expected", "[_]", "..=", "Traceback", "oxigraph", "\n")
    assert not any(part in said(text) for part in internal)
