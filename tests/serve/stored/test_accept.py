import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.serve.stored.accept import preferred

OFFERS = ("application/json", "text/html", "text/csv")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/html"),
        ("text/*;q=0.5, text/csv", "text/csv"),
        ("text/html, text/csv", "text/html"),
        ("text/csv;q=0.9, text/html;q=0.8", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("*/*, application/json;q=0", "text/html"),
        ("text/csv;q=nonsense, text/html;q=0.1", "text/html"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("nonsense", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_the_best_offer_is_chosen(accept: str, chosen: str | None) -> None:
    assert preferred(accept, OFFERS) == chosen


@given(st.text(alphabet="texthml/*;q=0.19, ", max_size=60))
def test_no_header_makes_it_fail(accept: str) -> None:
    assert preferred(accept, OFFERS) in (*OFFERS, None)
