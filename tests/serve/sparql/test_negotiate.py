import pytest

from g60kg.serve.sparql.formats import preferred, quality

OFFERS = ("text/turtle", "application/n-triples", "application/rdf+xml")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("*", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("application/rdf+xml, */*", "application/rdf+xml"),
        ("application/rdf+xml;q=0.4, text/turtle;q=0.6", "text/turtle"),
        ("application/rdf+xml, application/n-triples", "application/rdf+xml"),
        ("TEXT/TURTLE; charset=utf-8 ; Q=0.7, application/rdf+xml;q=0.6", "text/turtle"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("text/turtle;q=many", "text/turtle"),
        ("text/turtle;q=0", None),
        ("image/png, text/html", None),
        (", ,", "text/turtle"),
    ],
)
def test_the_type_that_suits_best_is_chosen(accept: str, wanted: str | None) -> None:
    assert preferred(accept, OFFERS) == wanted


def test_the_most_exact_range_counts() -> None:
    accept = "text/*;q=0.3, text/csv;q=0.8, */*;q=0.1"
    assert [quality(accept, kind) for kind in ("text/csv", "text/html", "image/png")] == [0.8, 0.3, 0.1]


def test_nothing_on_offer_suits_nobody() -> None:
    assert preferred("*/*", ()) is None
