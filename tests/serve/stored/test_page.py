from dataclasses import replace

import pytest

from g60kg.kg import KnowledgeGraph
from g60kg.query import StoredQuery
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import Page, page_of
from g60kg.store import MemoryStore, Selection
from g60kg.store.base import Bindings
from g60kg.terms import ID


@pytest.fixture
def cities(site: Site) -> StoredQuery:
    return site.kg.catalogue["member-cities"]


def test_a_page_beyond_the_end_is_empty(site: Site, cities: StoredQuery) -> None:
    page = page_of(site, cities, {}, limit=3, offset=10**9)
    assert len(page) == 0 < page.total
    assert page.places()["prev"] == page.places()["last"]


def test_an_answer_is_asked_for_once_for_all_its_pages(site: Site, cities: StoredQuery) -> None:
    asked: list[str] = []

    class Counting(MemoryStore):
        def select(self, text: str, bindings: Bindings | None = None) -> Selection:
            asked.append(text)
            return super().select(text, bindings)

    store = Counting(site.kg.store.match())
    counted = Site(KnowledgeGraph(store), version="1")
    pages = [page_of(counted, cities, {}, limit=5, offset=start) for start in (0, 5, 10)]
    assert [row for page in pages for row in page.terms] == list(page_of(site, cities, {}).terms)
    assert len(asked) == 1
    page_of(replace(counted, version="2"), cities, {}, limit=5)
    assert len(asked) == 2
    for _ in range(2):
        page_of(replace(counted, version=""), cities, {}, limit=5)
    assert len(asked) == 4


def test_answers_to_other_values_are_kept_apart(site: Site) -> None:
    stored = site.kg.catalogue["companies-by-industry"]
    for _ in range(2):
        for name in ("artificial-intelligence", "biomedicine"):
            whole = site.kg.query(stored.name, industry=f"id:{name}")
            assert page_of(site, stored, {"industry": (ID[name],)}).terms == whole.terms


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
