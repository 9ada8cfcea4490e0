from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.terms import VOID
from tests.serve.sparql.conftest import Asker

SD = "http://www.w3.org/ns/sparql-service-description#"
ENDPOINT = "http://127.0.0.1:8060/sparql"


def described(ask: Asker, **headers: str) -> Store:
    answer = ask(host="127.0.0.1:8060", accept="text/turtle", **headers)
    assert (answer.status, answer.media_type) == (200, "text/turtle; charset=utf-8")
    store = Store()
    store.extend(parse(answer.body, RdfFormat.TURTLE))
    return store


def objects(store: Store, predicate: str) -> set[str]:
    found: Iterable[object] = (
        quad.object for quad in store.quads_for_pattern(None, NamedNode(predicate), None, None)
    )
    return {getattr(term, "value", "") for term in found}


def test_it_says_where_it_is_and_what_it_speaks(ask: Asker) -> None:
    store = described(ask)
    assert objects(store, SD + "endpoint") == {ENDPOINT}
    assert objects(store, SD + "supportedLanguage") == {SD + "SPARQL11Query"}
    assert objects(store, SD + "feature") == {SD + "UnionDefaultGraph"}
    assert objects(store, SD + "resultFormat") == {form.engine.iri for form in (*TABLES, *GRAPHS)}


def test_it_says_that_it_takes_updates_where_it_does(writer: Asker) -> None:
    assert SD + "SPARQL11Update" in objects(described(writer), SD + "supportedLanguage")


def test_it_lists_the_graphs_and_what_they_hold(ask: Asker) -> None:
    store = described(ask)
    names = {graph.value for graph in ask.site.kg.store.graphs()}
    assert objects(store, SD + "name") == names
    for name in names:
        held = sum(1 for _ in ask.site.kg.store.match(graph=NamedNode(name)))
        counts = store.quads_for_pattern(NamedNode(name), VOID.triples, None, None)
        assert [int(getattr(quad.object, "value", "0")) for quad in counts] == [held]
    assert objects(store, VOID.sparqlEndpoint.value) == {ENDPOINT}


def test_no_node_is_blank_and_the_same_bytes_come_again(ask: Asker) -> None:
    first, again = (ask(host="h", accept="application/n-triples").body for _ in range(2))
    assert first == again
    assert b"_:" not in first


@pytest.mark.parametrize("form", list(GRAPHS))
def test_it_comes_in_every_format_of_graphs(ask: Asker, form: object) -> None:
    kind = getattr(form, "media_types")[0]  # noqa: B009
    answer = ask(accept=kind)
    assert (answer.status, answer.media_type.split(";")[0]) == (200, kind)
    assert SD.encode() in answer.body


@pytest.mark.parametrize("accept", ["", "*/*", "text/turtle, text/html;q=0.5"])
def test_it_is_what_a_program_gets(ask: Asker, accept: str) -> None:
    assert ask(accept=accept).media_type == "text/turtle; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xml;q=0.9,*/*;q=0.8"])
def test_a_browser_is_led_to_the_editor(ask: Asker, accept: str) -> None:
    answer = ask(accept=accept)
    assert (answer.status, dict(answer.headers)["Location"]) == (303, "/sparql/editor")


def test_it_is_in_no_format_of_tables(ask: Asker) -> None:
    assert ask(accept="text/csv").status == 406
