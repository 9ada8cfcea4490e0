import pytest

from g60kg.errors import LimitError
from g60kg.query import StoredQuery
from g60kg.serve.site import Site
from g60kg.serve.stored.page import Page, page_of


@pytest.fixture
def cities(site: Site) -> StoredQuery:
    return site.kg.catalogue["member-cities"]


def test_a_page_knows_the_true_total(site: Site, cities: StoredQuery) -> None:
    whole = site.kg.query("member-cities")
    page = page_of(site.kg.store, cities, {}, most=100, limit=3, offset=2)
    assert (page.terms, page.total) == (whole.terms[2:5], len(whole))


def test_a_page_beyond_the_end_is_empty(site: Site, cities: StoredQuery) -> None:
    page = page_of(site.kg.store, cities, {}, most=100, limit=3, offset=10**9)
    assert len(page) == 0 < page.total
    assert page.places()["prev"] == page.places()["last"]


def test_more_rows_than_the_limit_are_refused_and_the_mend_is_told(site: Site, cities: StoredQuery) -> None:
    with pytest.raises(LimitError, match="more than 2; ask for it in pages"):
        page_of(site.kg.store, cities, {}, most=2)
    assert len(page_of(site.kg.store, cities, {}, most=2, limit=2)) == 2


@pytest.mark.parametrize(
    ("total", "limit", "offset", "places"),
    [
        (0, 10, 0, {"first": 0, "last": 0}),
        (10, 10, 0, {"first": 0, "last": 0}),
        (11, 10, 0, {"first": 0, "next": 10, "last": 10}),
        (11, 10, 10, {"first": 0, "prev": 0, "last": 10}),
        (30, 10, 5, {"first": 0, "prev": 0, "next": 15, "last": 20}),
        (30, 0, 0, {}),
        (30, None, 0, {}),
    ],
)
def test_the_places_of_the_other_pages(
    total: int, limit: int | None, offset: int, places: dict[str, int]
) -> None:
    assert Page((), (), total, limit, offset).places() == places
