"""The stored queries over HTTP say what the library says."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from pyoxigraph import Literal, Quad

from g60kg.describe.evidence import MOST
from g60kg.kg import KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Limits, Request, Response
from g60kg.store import MemoryStore
from g60kg.terms import ID, REGISTER_GRAPH, SKOS
from tests.serve.conftest import Ask

AI = ("人工智能", "artificial intelligence", "Artificial Intelligence", "id:artificial-intelligence")


def told(response: Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers}


def test_every_query_answers_as_the_library_does(ask: Ask, site: Site, subtests: pytest.Subtests) -> None:
    for number, stored in enumerate(site.kg.catalogue):
        name = stored.name
        rows = site.kg.query(name, limit=None, offset=0, timeout=None, **stored.example)
        forms = {"json": rows.to_json}
        if number % 9 == 0:  # the form has nothing to do with the query
            forms |= {"csv": rows.to_csv, "tsv": rows.to_tsv, "jsonl": rows.to_jsonl}
        for form, wanted in forms.items():
            with subtests.test(name, form=form):
                response = ask("query-as", "*/*", *stored.example.items(), name=name, format=form)
                assert (response.status, response.body.decode()) == (200, wanted())
                assert told(response)["x-total-count"] == str(len(rows))


def test_pages_put_together_are_the_whole(ask: Ask, site: Site, subtests: pytest.Subtests) -> None:
    for stored in list(site.kg.catalogue)[::5]:
        values = {p.name: p.example for p in stored.parameters if p.example and p.required}
        answer = site.kg.query(stored.name, limit=None, offset=0, timeout=None, **values)
        if Counter(row[-2] for row in answer.terms)[Literal("inferred")] > MOST:
            continue  # what of it is proved depends on the page
        whole = answer.to_jsonl().splitlines()
        size = max(len(whole) // 3, 1)
        lines: list[str] = []
        with subtests.test(stored.name):
            for start in range(0, len(whole), size):
                paging = (("limit", str(size)), ("offset", str(start)))
                response = ask("query-as", "*/*", *values.items(), *paging, name=stored.name, format="jsonl")
                assert told(response)["x-total-count"] == str(len(whole))
                lines += response.body.decode().splitlines()
            assert lines == whole


def test_the_order_is_that_of_the_names_not_of_the_store(site: Site, packaged_store: Path) -> None:
    disk = KnowledgeGraph.open(packaged_store)
    for stored in site.kg.catalogue:
        values = {p.name: p.example for p in stored.parameters if p.example and p.required}
        assert (
            disk.query(stored.name, limit=None, offset=0, timeout=None, **values).terms
            == site.kg.query(stored.name, limit=None, offset=0, timeout=None, **values).terms
        ), stored.name


@pytest.mark.parametrize("name", AI)
def test_an_entity_is_named_in_any_way(ask: Ask, site: Site, name: str) -> None:
    response = ask("query-as", "*/*", ("industry", name), name="companies-by-industry", format="csv")
    assert response.body.decode() == site.kg.query("companies-by-industry", industry=AI[0]).to_csv()


def test_the_own_form_has_the_total_and_the_page(ask: Ask, site: Site) -> None:
    paging = (("limit", "2"), ("offset", "1"))
    response = ask("query-as", "*/*", *paging, name="member-cities", format="rows")
    found = json.loads(response.body)
    assert [found[key] for key in ("query", "limit", "offset")] == ["member-cities", 2, 1]
    assert found["total"] == len(site.kg.query("member-cities"))
    assert len(found["rows"]) == 2


def test_the_own_form_of_no_rows_is_json(ask: Ask) -> None:
    response = ask("query-as", "*/*", ("offset", "9999"), name="member-cities", format="rows")
    assert json.loads(response.body)["rows"] == []


def test_the_own_form_is_json_whatever_stands_in_a_text() -> None:
    name = "one\u2028two\x85"
    label = Quad(ID.wuhu, SKOS.prefLabel, Literal(name, language="en"), REGISTER_GRAPH)
    site = Site(KnowledgeGraph(MemoryStore([label])))
    request = Request("query-as", path={"name": "names", "format": "rows"}, query=(("entity", "id:wuhu"),))
    assert [row["name"] for row in json.loads(answer(site, request).body)["rows"]] == [name]


def test_links_lead_through_all_pages(ask: Ask, site: Site) -> None:
    query: tuple[tuple[str, str], ...] = (("industry", "人工智能"), ("limit", "4"))
    names: list[str] = []
    while query:
        response = ask("query-as", "*/*", *query, name="active-industries", format="csv")
        names += [row["actor"] for row in csv.DictReader(response.body.decode().splitlines())]
        links = {rel: url for url, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', told(response)["link"])}
        assert {"first", "last"} <= set(links)
        query = tuple(parse_qsl(urlsplit(links["next"]).query)) if "next" in links else ()
    whole = site.kg.query("active-industries", industry="人工智能")
    assert names == [row["actor"] for row in whole.to_dicts()]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/sparql-query", "application/sparql-query"),
        ("application/vnd.g60kg.rows+json, */*;q=0.1", "application/vnd.g60kg.rows+json"),
    ],
)
def test_the_accept_header_chooses_the_form(ask: Ask, accept: str, media: str) -> None:
    response = ask("query", accept, name="member-cities")
    assert (response.status, response.media_type) == (200, media)


def test_what_no_form_is_is_refused(ask: Ask) -> None:
    assert ask("query", "image/png", name="member-cities").status == 406
    assert ask("query-as", "*/*", name="member-cities", format="xlsx").status == 406


def test_the_query_itself(ask: Ask, site: Site) -> None:
    response = ask("query-as", "*/*", name="member-cities", format="rq")
    assert response.body.decode() == site.kg.catalogue["member-cities"].text


@pytest.mark.parametrize(
    ("name", "query", "status", "parameter", "detail"),
    [
        (
            "companies-by-industry",
            (("industry", "artifical inteligence"),),
            404,
            "industry",
            "no entity named",
        ),
        ("figures", (("year", "20x3"),), 400, "year", "write four digits"),
        ("figures", (("yaer", "2023"),), 400, "yaer", "no such parameter"),
        ("figures", (("limit", "3"), ("limit", "4")), 400, "limit", "more than once"),
        ("figures", (("year", ""),), 400, "year", "empty"),
        ("figures", (("limit", "-1"),), 400, "limit", "whole number"),
        ("figures", (("limit", "100001"),), 400, "limit", "from 0 to 100000"),
        ("figures", (("offset", "1e3"),), 400, "offset", "whole number"),
        ("figures", (("offset", "٣"),), 400, "offset", "whole number"),
        ("said-of", (), 400, "entity", "needs a value"),
        ("figures", (("lang", "fr"),), 400, "lang", "no such language"),
        ("figures", (("entity", "a\0b"),), 400, "of", "no Unicode"),
    ],
)
def test_a_wrong_value_is_named(
    ask: Ask, name: str, query: tuple[tuple[str, str], ...], status: int, parameter: str, detail: str
) -> None:
    response = ask("query-as", "*/*", *query, name=name, format="json")
    problem = json.loads(response.body)
    assert (response.status, response.media_type) == (status, "application/problem+json")
    assert (problem["status"], problem["parameter"]) == (status, parameter)
    assert detail in problem["detail"]


def test_a_parameter_given_twice_asks_for_both(ask: Ask, site: Site) -> None:
    query = (("industry", "人工智能"), ("industry", "biomedicine"))
    response = ask("query-as", "*/*", *query, name="companies-by-industry", format="csv")
    both = site.kg.query("companies-by-industry", industry=["artificial intelligence", "biomedicine"])
    assert response.body.decode() == both.to_csv()
    page = ask("query", "text/html", *query, name="companies-by-industry").body.decode()
    assert "industry=%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD&amp;industry=biomedicine" in page


def test_near_names_are_offered(ask: Ask) -> None:
    query = ("industry", "artifical inteligence")
    problem = json.loads(ask("query", "*/*", query, name="companies-by-industry").body)
    assert "artificial intelligence" in [name.lower() for name in problem["problems"][0]["nearest"]]


def test_all_faults_are_told_at_once(ask: Ask) -> None:
    query = (("year", "x"), ("entity", "nothing of this name"), ("limit", "x"))
    problem = json.loads(ask("query", "*/*", *query, name="figures").body)
    assert [each["parameter"] for each in problem["problems"]] == ["of", "year", "limit"]


def test_an_unknown_query_is_not_found(ask: Ask) -> None:
    response = ask("query", "*/*", name="compnies-by-industry")
    assert response.status == 404
    assert "companies-by-industry" in json.loads(response.body)["detail"]


def test_too_many_rows_and_too_many_bytes_are_refused(site: Site) -> None:
    request = Request("query-as", path={"name": "names", "format": "csv"})
    for limits in (Limits(rows=5), Limits(answer_bytes=100)):
        response = answer(replace(site, limits=limits), request)
        assert response.status == 422
        assert "pages" in json.loads(response.body)["detail"]


def test_an_answer_that_the_client_has_is_not_made_again(site: Site, ask: Ask) -> None:
    tag = told(ask("query", "text/csv", name="member-cities"))["etag"]
    headers = {"accept": "text/csv", "if-none-match": tag}
    again = answer(site, Request("query", path={"name": "member-cities"}, headers=headers))
    assert (again.status, again.body) == (304, b"")
    other = answer(
        replace(site, version="another"), Request("query", path={"name": "member-cities"}, headers=headers)
    )
    assert other.status == 200


def test_links_begin_with_the_path_that_the_site_is_served_at(site: Site) -> None:
    request = Request("query", path={"name": "member-cities"}, query=(("limit", "2"),))
    response = answer(replace(site, base="https://example.org/kg"), request)
    assert '</kg/queries/member-cities?limit=2&offset=2>; rel="next"' in told(response)["link"]


def test_a_name_that_two_bear_is_refused_with_both(site: Site) -> None:
    twins = [
        Quad(ID[name], SKOS.prefLabel, Literal("Twin", language="en"), REGISTER_GRAPH) for name in ("a", "b")
    ]
    doubled = Site(KnowledgeGraph(MemoryStore([*site.kg.store.match(), *twins])), version="twins")
    request = Request("query", path={"name": "names"}, query=(("entity", "Twin"),))
    response = answer(doubled, request)
    assert response.status == 400
    assert json.loads(response.body)["problems"][0]["nearest"] == ["id:a", "id:b"]
    page = answer(doubled, replace(request, headers={"accept": "text/html"}))
    assert (page.status, b'href="?entity=id%3Aa"' in page.body) == (400, True)
