from http import HTTPStatus

import pytest

from g60kg.serve.problem import Refused
from g60kg.serve.sparql.formats import GRAPHS, TABLES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml, */*;q=0.1", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/xml", "application/xml"),
        (BROWSER, "application/sparql-results+json"),
        ("text/html", "application/sparql-results+json"),
    ],
)
def test_a_table_is_given_in_the_type_asked_for(accept: str, kind: str) -> None:
    assert TABLES.chosen(accept)[1] == kind


@pytest.mark.parametrize(
    ("short", "kind"),
    [
        ("turtle", "text/turtle; charset=utf-8"),
        ("nt", "application/n-triples"),
        ("trig", "application/trig"),
        ("nquads", "application/n-quads"),
        ("jsonld", "application/ld+json"),
        ("json", "application/ld+json"),
        ("rdf xml", "application/rdf+xml"),  # a plus sign that a form has made a space
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_a_short_name_goes_before_the_header(short: str, kind: str) -> None:
    assert GRAPHS.chosen("image/png", short)[1] == kind


@pytest.mark.parametrize(("accept", "short"), [("image/png", None), ("", "turtle"), ("text/csv;q=0", None)])
def test_what_is_not_made_is_refused_with_the_names_of_what_is(accept: str, short: str | None) -> None:
    with pytest.raises(Refused, match=r"application/sparql-results\+json \(json\)") as caught:
        TABLES.chosen(accept, short)
    assert caught.value.status == HTTPStatus.NOT_ACCEPTABLE


def test_every_media_type_leads_to_a_format() -> None:
    assert all(map(TABLES.of_type, TABLES.media_types))
    assert all(map(GRAPHS.of_type, GRAPHS.media_types))
