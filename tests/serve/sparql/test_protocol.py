import pytest

from tests.serve.sparql.conftest import Asker, detail

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CITY = "SELECT ?city { ?city a g60:City ; skos:prefLabel 'Wuhu'@en }"


def test_a_browser_gets_the_answer_as_a_page(ask: Asker) -> None:
    answer = ask.query(CITY, accept=BROWSER)
    assert (answer.status, answer.media_type) == (200, "text/html; charset=utf-8")
    assert b"id:wuhu" in answer.body


def test_a_browser_is_told_what_is_wrong_on_a_page(ask: Asker) -> None:
    answer = ask.query("SELECT * {", accept=BROWSER)
    assert (answer.status, answer.media_type) == (400, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        (BROWSER, (("format", "json"),)),
        (BROWSER, (("default-graph-uri", "https://w3id.org/g60kg/graph/register"),)),
        ("*/*", ()),
        ("application/json, text/html;q=0.9", ()),
        ("", ()),
    ],
)
def test_a_program_gets_data(ask: Asker, accept: str, query: tuple[tuple[str, str], ...]) -> None:
    assert ask.query(CITY, *query, accept=accept).media_type.endswith("json")


def test_a_form_of_a_page_gets_data(ask: Asker) -> None:
    kind = "application/x-www-form-urlencoded"
    answer = ask("sparql", "POST", body="query=ASK+%7B%7D", content_type=kind, accept=BROWSER)
    assert answer.media_type == "application/sparql-results+json"


def test_a_query_that_is_too_long_is_refused(ask: Asker) -> None:
    answer = ask.limited(query_bytes=10).query("ASK { ?s ?p '松' }")
    assert (answer.status, detail(answer)) == (
        413,
        "the query is 19 bytes long, and may be 10; shorten it",
    )
