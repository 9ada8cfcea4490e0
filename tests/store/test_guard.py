"""What may be asked: no update, no request to another host, nothing that does not parse."""

from contextlib import suppress

import pytest
from pyoxigraph import Store as Engine

from g60kg.errors import SparqlError, UpdateRefused
from g60kg.store import MemoryStore, query_form
from g60kg.store.guard import refuse_requests
from tests.elsewhere import HIDDEN, HIDDEN_UPDATES, Host

PLAIN = [
    "SELECT ?service { ?service a 'SERVICE <http://e/> {}' }",
    "# SERVICE <http://e/> {}\nASK { ?s ?p ?o }",
    "SELECT * { <http://e/service> ?p 'Service' }",
    "PREFIX service: <http://e/service#> DESCRIBE service:service",
    'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = """\nSERVICE ?x { }""") }',
    "SELECT * { ?s g60:partOf ?o }",
    "SELECT (1 AS ?service) (2 AS ?q000000) {}",
    "SELECT * { <http://e/\\u0041#service> ?p 'caf\\u00E9 \\U0001F600 service' } # \\uD83D\\uDE00",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_query_passes(text: str) -> None:
    query_form(text)


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "ASK { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?u { ?s ?p ?o } VALUES ?u { <URL> } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX : <URL> PREFIX q000000: <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    "SELECT * { # a comment ends with a carriage return\r SERVICE <URL> { ?s ?p ?o } \n}",
    "PREFIX : <URL> SELECT * { FILTER(?a<?b)SERVICE:#>\n{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'it''s' SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    *HIDDEN,
    # the other way round: the keyword once escapes are read, part of a string or a comment as it stands
    'SELECT * { ?s ?p "\\u0022 SERVICE <URL> { ?a ?b ?c } #" }',
    "SELECT * { # \\u000A SERVICE <URL> { ?a ?b ?c }\n}",
    "SELECT * { # \\U0000000D serv\\u0069ce <URL> { ?a ?b ?c }\n}",
]


@pytest.mark.parametrize("text", CALLS)
def test_no_call_to_another_host_leaves_the_store(text: str, host: Host) -> None:
    query = text.replace("URL", host.url)
    for ask in (MemoryStore().select, MemoryStore().ask, MemoryStore().construct):
        with pytest.raises((UpdateRefused, SparqlError)):
            ask(query)
    assert host.calls == 0


@pytest.mark.parametrize("text", [CALLS[9], *HIDDEN])
def test_the_engine_itself_would_have_called(text: str, host: Host) -> None:
    with suppress(OSError, RuntimeError):
        list(Engine().query(text.replace("URL", host.url)))  # type: ignore[arg-type]
    assert host.calls > 0


@pytest.mark.parametrize("text", HIDDEN_UPDATES)
def test_no_update_that_calls_another_host_passes(text: str, host: Host) -> None:
    update = text.replace("URL", host.url)
    with pytest.raises((UpdateRefused, SparqlError)):
        refuse_requests(update)
    assert host.calls == 0
    with suppress(OSError, RuntimeError):
        Engine().update(update)
    assert host.calls > 0


@pytest.mark.parametrize("text", [CALLS[0], CALLS[2], CALLS[4], CALLS[7]])
def test_a_service_is_called_by_its_name(text: str) -> None:
    with pytest.raises(UpdateRefused, match=r"^SERVICE asks another host; take it out"):
        query_form(text.replace("URL", "http://e/"))


def test_an_escape_that_makes_the_text_ambiguous_is_told() -> None:
    with pytest.raises(UpdateRefused, match=r"escapes such as \\u0022 may stand for marks of the language"):
        query_form(r"SELECT * { ?s ?p 'the \u0027service\u0027 sector' }")


def test_an_escape_does_not_make_a_text_too_deep_to_be_judged() -> None:
    deep = r"\u007B" * 3_000 + r"\u007D" * 3_000
    with pytest.raises(SparqlError, match="200 levels"):
        query_form(f"SELECT * {{ # service \\u000A {deep}\n}}")


def test_an_iri_with_an_escape_hides_nothing_from_the_measure_of_a_text() -> None:
    deep = "{" * 3_000 + "}" * 3_000
    with pytest.raises(SparqlError, match="200 levels"):
        query_form(f"SELECT * {{ <http://e/\\u0041#> ?p ?o {deep} }}")


UPDATES = [
    "INSERT DATA { <http://e/a> <http://e/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX e: <http://e/> WITH e:g DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "# hello\nCLEAR ALL",
    "DROP GRAPH <http://e/>",
    "COPY <http://e/a> TO <http://e/b>",
]


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused(text: str) -> None:
    with pytest.raises(UpdateRefused, match="is an update; only SELECT"):
        query_form(text)


BROKEN = [
    ("SELECT * {\n  ?s ?p ?o .\n  ?s foo bar }", "line 3, column"),
    ("SELECT ?s { ?s ?p ?o } LIMIT x", "line 1, column"),
    ("SELECT * { ?s nope:x 1 }", "line 1, column"),
    ("", "begin with SELECT"),
    ("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o }", "does not parse"),
    ("SELECT * { ?s ?p ?o } ; DROP ALL", "line 1, column"),
    ("SELECT * { ?s ?p '\ud800' }", "surrogates"),
]


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_a_broken_text_is_named_with_its_place(text: str, place: str) -> None:
    with pytest.raises(SparqlError, match=place) as caught:
        MemoryStore().select(text)
    assert "\n" not in str(caught.value)
