"""The stored queries for people: the form, what is wrong beside its fields, and the rows."""

import pytest

from g60kg.serve.site import Site
from tests.serve.conftest import Ask

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_bare_form_is_no_error(ask: Ask) -> None:
    response = ask("query", BROWSER, name="said-of")
    assert response.status == 200
    assert 'name="entity"' in response.body.decode()
    assert "X-Total-Count" not in dict(response.headers)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ((("entity", ""), ("lang", "en")), 200),
        ((("entity", ""), ("limit", "5")), 200),
        ((("entity", "no thing of this name"),), 404),
        ((("entity", "Songjiang"), ("limit", "many")), 400),
        ((("thing", "Songjiang"),), 400),
    ],
)
def test_what_is_wrong_is_told_in_the_form(ask: Ask, query: tuple[tuple[str, str], ...], status: int) -> None:
    response = ask("query", BROWSER, *query, name="said-of")
    assert (response.status, response.media_type) == (status, "text/html; charset=utf-8")
    assert 'name="entity"' in response.body.decode()


def test_empty_fields_of_a_form_are_not_given(ask: Ask, site: Site) -> None:
    query = (("entity", ""), ("measure", ""), ("year", "2023"))
    response = ask("query", BROWSER, *query, name="figures")
    assert response.status == 200
    assert ("X-Total-Count", str(len(site.kg.query("figures", year="2023")))) in response.headers


def test_a_page_shows_no_more_than_a_hundred_rows_unless_it_is_asked_to(ask: Ask, site: Site) -> None:
    total = len(site.kg.query("names"))
    assert total > 100
    short = ask("query", BROWSER, name="names")
    long = ask("query", BROWSER, ("limit", "200"), name="names")
    assert short.body.count(b"<tr") < long.body.count(b"<tr") <= 210
    assert 'rel="next"' in dict(short.headers)["Link"]
