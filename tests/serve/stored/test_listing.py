import json

from g60kg.serve.site import Site
from tests.serve.stored.conftest import Ask


def test_every_query_is_listed_with_what_it_takes_and_gives(ask: Ask, site: Site) -> None:
    listed = json.loads(ask("queries").body)["queries"]
    assert [each["name"] for each in listed] == list(site.kg.catalogue.names)
    for each in listed:
        stored = site.kg.catalogue[each["name"]]
        assert each["question"]["zh"] == stored.question.zh
        assert [one["name"] for one in each["parameters"]] == [one.name for one in stored.parameters]
        assert [one["name"] for one in each["columns"]] == [one.name for one in stored.columns]


def test_the_ending_chooses_as_the_header_does(ask: Ask) -> None:
    assert ask("queries-as", format="json").body == ask("queries", "application/json").body


def test_no_other_form(ask: Ask) -> None:
    assert ask("queries", "text/csv").status == 406
    assert ask("queries-as", format="xml").status == 406


def test_no_query_takes_what_paging_takes(site: Site) -> None:
    names = {parameter.name for stored in site.kg.catalogue for parameter in stored.parameters}
    assert not names & {"limit", "offset", "lang"}
