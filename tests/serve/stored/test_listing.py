import json
from collections.abc import Iterator
from typing import Any

from g60kg.describe.evidence import columns_of
from g60kg.query import StoredQuery, Text
from g60kg.serve.site import Site
from tests.serve.conftest import Ask


def test_every_query_is_listed_with_what_it_takes_and_gives(ask: Ask, site: Site) -> None:
    listed = json.loads(ask("queries").body)["queries"]
    assert [each["name"] for each in listed] == list(site.kg.catalogue.names)
    for each in listed:
        stored = site.kg.catalogue[each["name"]]
        for told, text in _texts(each, stored):
            assert told == {"en": text, "zh": text.zh}
        assert [one["name"] for one in each["parameters"]] == [one.name for one in stored.parameters]
        assert [one["name"] for one in each["columns"]] == [one.name for one in columns_of(stored)]


def _texts(told: dict[str, Any], stored: StoredQuery) -> Iterator[tuple[object, Text]]:
    """Yield what is told in two languages beside the texts of the query."""
    yield told["title"], stored.title
    yield told["description"], stored.description
    yield told["question"], stored.question
    texts = [part.description for part in stored.parameters] + [
        part.description for part in columns_of(stored)
    ]
    parts = (*told["parameters"], *told["columns"])
    yield from zip((each["description"] for each in parts), texts, strict=True)


def test_the_ending_chooses_as_the_header_does(ask: Ask) -> None:
    assert ask("queries-as", format="json").body == ask("queries", "application/json").body


def test_no_other_form(ask: Ask) -> None:
    assert ask("queries", "text/csv").status == 406
    assert ask("queries-as", format="xml").status == 406


def test_no_query_takes_what_paging_takes(site: Site) -> None:
    names = {parameter.name for stored in site.kg.catalogue for parameter in stored.parameters}
    assert not names & {"limit", "offset", "lang"}
