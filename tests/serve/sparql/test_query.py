import csv
import io
import json

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from g60kg.terms import G60, ID
from tests.elsewhere import HIDDEN, Host
from tests.serve.conftest import Served
from tests.serve.sparql.conftest import Asker, detail

CITIES = "SELECT ?city { id:g60-corridor g60:memberCity ?city } ORDER BY ?city"
NINE = "hangzhou hefei huzhou jiaxing jinhua songjiang suzhou wuhu xuancheng"
CITY_GRAPH = (
    "CONSTRUCT { ?s g60:memberCity ?o } { id:g60-corridor g60:memberCity ?o BIND(id:g60-corridor AS ?s) }"
)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
def test_a_table_comes_in_every_format(ask: Asker, accept: str, form: QueryResultsFormat) -> None:
    answer = ask.query(CITIES, accept=accept)
    assert (answer.status, answer.media_type.split(";")[0]) == (200, accept)
    found = parse_query_results(answer.body, form)
    assert isinstance(found, QuerySolutions)
    assert [str(row[0]) for row in found] == [f"<{ID.base}{name}>" for name in NINE.split()]


def test_a_table_comes_as_csv(ask: Asker) -> None:
    answer = ask.query(CITIES, accept="text/csv")
    assert answer.media_type == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.body.decode(), newline="")))
    assert rows == [["city"], *([ID.base + name] for name in NINE.split())]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/trig", RdfFormat.TRIG),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_a_graph_comes_in_every_format(ask: Asker, accept: str, form: RdfFormat) -> None:
    answer = ask.query(CITY_GRAPH, accept=accept)
    assert (answer.status, answer.media_type.split(";")[0]) == (200, accept)
    found = {str(quad.object)[1:-1].removeprefix(ID.base) for quad in parse(answer.body, form)}
    assert found == set(NINE.split())
    assert b"namespace" not in answer.body


def test_a_graph_declares_the_prefixes_it_uses(ask: Asker) -> None:
    head = ask.query(CITY_GRAPH).body.decode().splitlines()[:2]
    assert head == [f"@prefix g60: <{G60.base}> .", f"@prefix id: <{ID.base}> ."]
    xml = ask.query(CITY_GRAPH, accept="application/rdf+xml").body.decode()
    assert xml.count("xmlns:") == 2  # g60 and rdf


@pytest.mark.parametrize(
    ("short", "body"),
    [("csv", b"true"), ("tsv", b"true"), ("json", b'{"head":{},"boolean":true}')],
)
def test_a_truth_comes_in_every_format(ask: Asker, short: str, body: bytes) -> None:
    answer = ask.query("ASK { id:wuhu a g60:City }", ("format", short))
    assert (answer.status, answer.body) == (200, body)


def test_a_truth_comes_as_xml(ask: Asker) -> None:
    answer = ask.query("ASK { id:wuhu a g60:Company }", accept="application/sparql-results+xml")
    found = parse_query_results(answer.body, QueryResultsFormat.XML)
    assert isinstance(found, QueryBoolean)
    assert not found


def test_describe_tells_of_a_thing(ask: Asker) -> None:
    assert b'"Wuhu"@en' in ask.query("DESCRIBE id:wuhu", accept="application/n-triples").body


def count(ask: Asker, text: str, *query: tuple[str, str]) -> int:
    answer = ask.query(f"SELECT (COUNT(*) AS ?n) {text}", *query)
    assert answer.status == 200, answer.body
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


REGISTER = "https://w3id.org/g60kg/graph/register"
ONTOLOGY = "https://w3id.org/g60kg/graph/ontology"


def test_the_default_graph_is_the_union_unless_a_dataset_is_named(ask: Asker) -> None:
    register = count(ask, f"{{ GRAPH <{REGISTER}> {{ ?s ?p ?o }} }}")
    ontology = count(ask, f"{{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}")
    everything = "{ ?s ?p ?o }"
    assert count(ask, everything) > register + ontology
    assert count(ask, f"FROM <{REGISTER}> {everything}") == register
    assert count(ask, everything, ("default-graph-uri", REGISTER)) == register
    both = (("default-graph-uri", REGISTER), ("default-graph-uri", ONTOLOGY))
    assert count(ask, everything, *both) == register + ontology
    assert count(ask, everything, ("named-graph-uri", REGISTER)) == 0
    assert count(ask, "{ GRAPH ?g { ?s ?p ?o } }", ("named-graph-uri", REGISTER)) == register
    assert count(ask, f"FROM NAMED <{REGISTER}> {everything}") == 0


def test_the_request_names_the_dataset_before_the_text(ask: Asker) -> None:
    text = f"FROM <{ONTOLOGY}> {{ ?s ?p ?o }}"
    register = count(ask, f"FROM <{REGISTER}> {{ ?s ?p ?o }}")
    assert count(ask, text, ("default-graph-uri", REGISTER)) == register
    assert count(ask, text, ("default-graph-uri", "urn:nothing")) == 0


def test_relative_references_are_those_of_the_endpoint(ask: Asker) -> None:
    answer = ask.query("SELECT (<x> AS ?x) {}", host="g60.example:8060")
    assert b"http://g60.example:8060/x" in answer.body
    answer = ask.query("SELECT (<x> AS ?x) {}", host="<script>")
    assert b"http://localhost/x" in answer.body


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("SELECT * {", 400, "near line 1, column 11"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE asks another host"),
        ("SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }", 403, "SERVICE asks another host"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE asks another host"),
        ("INSERT DATA { <http://e/a> <http://e/b> 1 }", 403, "INSERT is an update"),
        ("LOAD <http://127.0.0.1:1/>", 403, "LOAD is an update"),
        ("drop all", 403, "DROP is an update"),
        ("SELECT * { " + "{" * 3000 + "}" * 3000 + " }", 400, "200 levels"),
        ("SELECT * { FILTER(" + "!" * 50000 + "true) }", 400, "5,000 words"),
        ("SELECT (" + "+".join(["1"] * 4000) + " AS ?x) {}", 400, "5,000 words"),
        ("SELECT * { ?s ?p '" + "x" * 70000 + "' }", 413, "70,021 bytes long, and may be 65,536"),
        ("hello", 400, "no SPARQL query"),
    ],
)
def test_what_may_not_be_asked_is_refused(ask: Asker, text: str, status: int, said: str) -> None:
    answer = ask.query(text)
    assert (answer.status, said in detail(answer)) == (status, True), detail(answer)


@pytest.mark.parametrize("text", HIDDEN)
def test_no_escape_makes_a_call_to_another_host(ask: Asker, host: Host, text: str) -> None:
    answer = ask.query(text.replace("URL", host.url))
    assert (answer.status, "SERVICE asks another host" in detail(answer)) == (403, True), detail(answer)
    assert host.calls == 0


def test_no_escape_makes_a_call_over_http(served: Served, host: Host) -> None:
    for text in HIDDEN:
        query = text.replace("URL", host.url)
        assert served.get("/sparql", params={"query": query}).status_code == 403
        assert served.post("/sparql", data={"query": query}).status_code == 403
    assert host.calls == 0


def test_the_word_service_may_stand_where_it_asks_nobody(ask: Asker) -> None:
    answer = ask.query("SELECT ?service { ?service ?p 'SERVICE' } # SERVICE <http://e/> {}")
    assert answer.status == 200


@pytest.mark.parametrize("accept", ["text/csv", "application/json", "application/sparql-results+xml"])
def test_too_many_rows_are_refused(ask: Asker, accept: str) -> None:
    few = ask.limited(rows=10)
    assert few.query("SELECT * { ?s ?p ?o } LIMIT 10", accept=accept).status == 200
    answer = few.query("SELECT * { ?s ?p ?o } LIMIT 11", accept=accept)
    assert (answer.status, "more than 10 rows" in detail(answer)) == (422, True)


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-quads", "application/rdf+xml"])
def test_too_many_triples_are_refused(ask: Asker, accept: str) -> None:
    few = ask.limited(rows=10)
    text = "CONSTRUCT { ?s a ?o } { ?s a ?o } LIMIT"
    assert few.query(f"{text} 10", accept=accept).status == 200
    answer = few.query(f"{text} 11", accept=accept)
    assert (answer.status, "more than 10 triples" in detail(answer)) == (422, True)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"])
def test_too_many_bytes_are_refused(ask: Asker, text: str) -> None:
    answer = ask.limited(answer_bytes=10_000).query(text)
    assert (answer.status, "larger than 10,000 bytes" in detail(answer)) == (422, True)


def test_rdf_xml_refuses_what_it_cannot_say(ask: Asker) -> None:
    for pattern in ("<http://e/s> <http://e/1> 1", "<http://e/s> <http://e/p> '\\u0001'"):
        answer = ask.query(f"CONSTRUCT {{ {pattern} }} {{}}", accept="application/rdf+xml")
        assert (answer.status, "RDF/XML cannot write" in detail(answer)) == (406, True)


def test_no_format_that_suits_is_told(ask: Asker) -> None:
    for text, accept in ((CITIES, "text/turtle"), (CITY_GRAPH, "text/csv"), (CITIES, "image/png")):
        answer = ask.query(text, accept=accept)
        assert (answer.status, "ask for one of" in detail(answer)) == (406, True)


def test_answers_differ_by_what_is_accepted(ask: Asker) -> None:
    assert ("Vary", "Accept") in ask.query(CITIES).headers
