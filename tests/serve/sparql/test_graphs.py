import pytest
from pyoxigraph import RdfFormat, parse

from g60kg.terms import REGISTER_GRAPH
from tests.serve.sparql.conftest import TOKEN, Asker, detail

GRAPH = ("graph", "http://e/g")
NEW = ("graph", "http://e/new")
DEFAULT = ("default", "")
BEARER = f"Bearer {TOKEN}"
TURTLE = "text/turtle; charset=utf-8"


def held(writer: Asker, *query: tuple[str, str]) -> set[str]:
    answer = writer("graphs", "GET", *query, accept="application/n-triples")
    assert answer.status == 200, answer.body
    return set(answer.body.decode().splitlines())


def send(writer: Asker, method: str, body: str, *query: tuple[str, str], kind: str = TURTLE) -> int:
    return writer("graphs", method, *query, body=body, content_type=kind, authorization=BEARER).status


A = '<http://e/a> <http://e/p> "1" .'
B = '<http://e/b> <http://e/p> "2" .'


def test_a_graph_is_read(ask: Asker) -> None:
    answer = ask("graphs", "GET", ("graph", REGISTER_GRAPH.value))
    assert (answer.status, answer.media_type) == (200, "text/turtle; charset=utf-8")
    found = {quad.triple for quad in parse(answer.body, RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in ask.site.kg.store.match(graph=REGISTER_GRAPH)}


def test_a_graph_of_the_project_is_read_at_its_own_address(ask: Asker) -> None:
    direct = ask(("graph", {"slug": "register"}), accept="application/n-triples")
    named = ask("graphs", "GET", ("graph", REGISTER_GRAPH.value), accept="application/n-triples")
    assert direct.body == named.body
    assert ask(("graph", {"slug": "nothing"})).status == 404


def test_the_default_graph_is_the_union(writer: Asker) -> None:
    assert send(writer, "PUT", A + B, NEW) == 201
    assert held(writer, DEFAULT) == {A, B}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ((("graph", "http://e/none"),), 404),
        ((("graph", "relative"),), 400),
        ((("graph", ""),), 400),
        ((GRAPH, DEFAULT), 400),
        ((GRAPH, GRAPH), 400),
        ((), 303),
    ],
)
def test_what_is_no_graph_is_told(writer: Asker, query: tuple[tuple[str, str], ...], status: int) -> None:
    assert writer("graphs", "GET", *query).status == status


def test_a_format_is_chosen_as_with_queries(writer: Asker) -> None:
    assert writer("graphs", "GET", GRAPH, accept="text/csv").status == 406
    assert writer("graphs", "GET", GRAPH, ("format", "jsonld")).media_type == "application/ld+json"


def test_a_graph_that_is_too_large_is_refused(ask: Asker) -> None:
    assert ask.limited(rows=10)("graphs", "GET", DEFAULT).status == 422


def test_a_graph_is_put_added_to_and_deleted(writer: Asker) -> None:
    assert send(writer, "PUT", B, GRAPH) == 204
    assert held(writer, GRAPH) == {B}
    assert send(writer, "POST", A, GRAPH) == 204
    assert held(writer, GRAPH) == {A, B}
    assert send(writer, "DELETE", "", GRAPH) == 204
    assert writer("graphs", "GET", GRAPH).status == 404
    assert send(writer, "DELETE", "", GRAPH) == 404
    assert send(writer, "POST", A, GRAPH) == 201


def test_the_default_graph_is_put_where_nobody_named_one(writer: Asker) -> None:
    assert send(writer, "PUT", B, DEFAULT) == 204
    assert held(writer, DEFAULT) == {A, B}
    assert held(writer, GRAPH) == {A}
    assert send(writer, "DELETE", "", DEFAULT) == 204
    assert held(writer, DEFAULT) == {A}


def test_a_new_graph_is_made_for_who_names_none(writer: Asker) -> None:
    sent = {"content_type": TURTLE, "authorization": BEARER, "host": "h:1"}
    first, second = (writer("graphs", "POST", body="<> <http://e/p> <x> .", **sent) for _ in range(2))
    places = [dict(each.headers)["Location"] for each in (first, second)]
    assert (first.status, second.status, len(set(places))) == (201, 201, 2)
    path = places[0].removeprefix("http://h:1/graphs/")
    answer = writer(("graphs-direct", {"path": path}), host="h:1", accept="application/n-triples")
    assert answer.body.decode() == f"<{places[0]}> <http://e/p> <http://h:1/graphs/x> .\n"


def test_an_address_is_a_graph(writer: Asker) -> None:
    sent = {"content_type": TURTLE, "authorization": BEARER, "host": "h:1"}
    place = ("graphs-direct", {"path": "person/1"})
    assert writer(place, "PUT", body=A, **sent).status == 201
    assert held(writer, ("graph", "http://h:1/graphs/person/1")) == {A}
    assert writer(place, "DELETE", **sent).status == 204
    assert writer(place, host="h:1").status == 404


def test_a_form_of_files_is_added(writer: Asker) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\nContent-Type: {}\r\n\r\n{}\r\n'
    body = part.format(TURTLE, B) + part.format("application/n-triples", A) + "--x--\r\n"
    assert send(writer, "POST", body, NEW, kind="multipart/form-data; boundary=x") == 201
    assert held(writer, NEW) == {A, B}


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        ("<a> <b>", TURTLE, 400, "the data does not parse"),
        ("<http://e/s> <http://e/p> 1 <http://e/g> .", "application/n-quads", 400, "does not parse"),
        (f"<http://e/x> {{ {A} }}", "application/trig", 400, "names graphs"),
        (A, "text/html", 415, "send one of text/turtle"),
        (A, "text/turtle; charset=latin-1", 415, "send UTF-8"),
        (A, "", 415, "not said"),
        ("", "multipart/form-data; boundary=x", 400, "no parts"),
        ("<x", "application/rdf+xml", 400, "does not parse"),
        ("{", "application/ld+json", 400, "does not parse"),
        ('{"@context": "http://127.0.0.1:1/c", "a": 1}', "application/ld+json", 400, "does not parse"),
    ],
)
def test_data_that_cannot_be_read_changes_nothing(
    writer: Asker, body: str, kind: str, status: int, said: str
) -> None:
    answer = writer("graphs", "PUT", GRAPH, body=body, content_type=kind, authorization=BEARER)
    assert (answer.status, said in detail(answer)) == (status, True), detail(answer)
    assert held(writer, GRAPH) == {A}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("query", [(GRAPH,), (DEFAULT,), ()])
@pytest.mark.parametrize(
    ("given", "status"), [("", 401), ("Basic dTpw", 401), ("Bearer wrong", 401), ("Bearer", 401)]
)
def test_nobody_writes_without_the_token(
    writer: Asker, method: str, query: tuple[tuple[str, str], ...], given: str, status: int
) -> None:
    headers = {"authorization": given} if given else {}
    answer = writer("graphs", method, *query, body=A, content_type=TURTLE, **headers)
    assert (answer.status, dict(answer.headers)["WWW-Authenticate"]) == (status, 'Bearer realm="g60kg"')
    assert held(writer, DEFAULT) == {A}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nobody_writes_where_it_is_not_allowed(
    ask: Asker, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("G60KG_TOKEN", TOKEN)
    assert send(ask, method, A, GRAPH) == 403
