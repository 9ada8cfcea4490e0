from http import HTTPStatus

import pytest
from pyoxigraph import NamedNode

from g60kg.serve.problem import Refused
from g60kg.serve.sparql.protocol import Asked, read_asked
from g60kg.serve.values import Pairs, Request

FORM = "application/x-www-form-urlencoded"
GRAPH = NamedNode("http://e/g")


def post(body: bytes, kind: str, *query: tuple[str, str]) -> Request:
    headers = {"content-type": kind} if kind else {}
    return Request("sparql", "POST", query=query, headers=headers, body=body)


def test_a_get_asks_with_its_dataset() -> None:
    pairs: Pairs = (
        ("query", "ASK {}"),
        ("default-graph-uri", "http://e/g"),
        ("named-graph-uri", "http://e/g"),
        ("output", "xml"),
        ("unknown", "is left alone"),
    )
    assert read_asked(Request("sparql", query=pairs)) == Asked("query", "ASK {}", (GRAPH,), (GRAPH,), "xml")


def test_a_get_without_a_query_asks_nothing() -> None:
    assert read_asked(Request("sparql", query=(("format", "turtle"),))) is None


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_dataset_without_a_query_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_asked(Request("sparql", query=((name, "http://e/g"),)))
    assert refused.value.status == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_form_asks(kind: str) -> None:
    asked = read_asked(post(b"query=ASK+%7B%7D&default-graph-uri=http%3A%2F%2Fe%2Fg", kind))
    assert asked == Asked("query", "ASK {}", (GRAPH,))


def test_a_form_may_leave_the_dataset_in_the_address() -> None:
    asked = read_asked(post(b"query=ASK+%7B%7D", FORM, ("named-graph-uri", "http://e/g")))
    assert asked == Asked("query", "ASK {}", (), (GRAPH,))


def test_a_body_asks_and_updates() -> None:
    asked = read_asked(post("ASK { ?s ?p '松' }".encode(), "application/sparql-query; charset=utf-8"))
    assert asked == Asked("query", "ASK { ?s ?p '松' }")
    asked = read_asked(post(b"CLEAR ALL", "application/sparql-update", ("using-graph-uri", "http://e/g")))
    assert asked == Asked("update", "CLEAR ALL", (GRAPH,))


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        (Request("sparql", query=(("query", "ASK {}"), ("query", "ASK {}"))), 400, "2 parameters"),
        (Request("sparql", query=(("query", "  "),)), 400, "the query is empty"),
        (Request("sparql", query=(("update", "CLEAR ALL"),)), 400, "sent by POST"),
        (Request("sparql", query=(("query", "ASK {}"), ("default-graph-uri", "g"))), 400, "no absolute IRI"),
        (Request("sparql", query=(("query", "ASK {}"), ("using-graph-uri", "u:g"))), 400, "does not go with"),
        (post(b"ASK {}", "text/plain"), 415, "the body's type is text/plain"),
        (post(b"query=ASK%20%7B%7D", ""), 415, "not said"),
        (post(b"", "application/sparql-query"), 400, "the query is empty"),
        (post(b"", FORM), 400, "has neither"),
        (post(b"query=ASK&update=CLEAR+ALL", FORM), 400, "2 parameters"),
        (post(b"query=ASK%2", FORM), 400, "a % without two hexadecimal digits at character 10"),
        (post(b"query=%FF", FORM), 400, "not UTF-8"),
        (post(b"\xff", "application/sparql-query"), 400, "not UTF-8"),
        (post("ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16"), 415, "UTF-16"),
        (post(b"ASK {}", "application/sparql-query", ("query", "ASK {}")), 400, "text already"),
        (
            post(b"CLEAR ALL", "application/sparql-update", ("named-graph-uri", "u:g")),
            400,
            "does not go with",
        ),
    ],
)
def test_what_breaks_the_rules_is_refused(request_: Request, status: int, said: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        read_asked(request_)
    assert caught.value.status == HTTPStatus(status)
