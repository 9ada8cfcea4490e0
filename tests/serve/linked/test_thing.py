"""Linked data: what an IRI leads to, and what its data say."""

import json
from dataclasses import replace
from html import unescape

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset

from g60kg.errors import LimitError
from g60kg.query import Rows
from g60kg.serve.linked.things import gather
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Limits, Request, Response
from g60kg.terms import CLAIM, G60, ID, INFERRED_GRAPH, OA, PROV, RDF
from tests.serve.conftest import Ask

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = [
    ("ttl", "text/turtle", RdfFormat.TURTLE),
    ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
    ("nq", "application/n-quads", RdfFormat.N_QUADS),
    ("trig", "application/trig", RdfFormat.TRIG),
    ("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
    ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
]


def told(response: Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers}


def a_claim(site: Site) -> str:
    return min(
        q.subject.value
        for q in site.kg.store.match(None, RDF.type, G60.Claim)
        if isinstance(q.subject, NamedNode)
    )


@pytest.mark.parametrize(
    ("route", "slug", "accept", "location"),
    [
        ("thing", "wuhu", BROWSER, "/page/wuhu"),
        ("thing", "wuhu", "text/turtle", "/data/wuhu"),
        ("thing", "wuhu", "*/*", "/data/wuhu"),
        ("thing", "wuhu", "", "/data/wuhu"),
        ("thing", "wuhu", "application/rdf+xml, text/html;q=0.5", "/data/wuhu"),
        ("thing", "wuhu.nt", BROWSER, "/data/wuhu.nt"),
        ("iri-article", "2023-07-11-g60-corridor", BROWSER, "/articles/2023-07-11-g60-corridor"),
        (
            "iri-article",
            "2023-07-11-g60-corridor",
            "text/plain",
            "/articles/2023-07-11-g60-corridor?format=text",
        ),
        ("iri-article", "2023-07-11-g60-corridor", "text/turtle", "/data/article/2023-07-11-g60-corridor"),
    ],
)
def test_an_iri_leads_to_its_page_or_its_data(
    ask: Ask, route: str, slug: str, accept: str, location: str
) -> None:
    response = ask(route, accept, slug=slug)
    assert (response.status, told(response)["location"]) == (303, location)
    assert "Accept" in told(response)["vary"]


def test_a_chosen_language_is_kept_on_the_way_to_the_page(ask: Ask) -> None:
    response = ask("thing", BROWSER, ("lang", "zh"), slug="wuhu")
    assert told(response)["location"] == "/page/wuhu?lang=zh"


@pytest.mark.parametrize("kind", ["claim", "statistic", "register", "repair"])
def test_every_kind_of_record_is_served_at_its_iri(ask: Ask, site: Site, kind: str) -> None:
    base = f"https://w3id.org/g60kg/{kind}/"
    nodes = {str(quad.subject)[1:-1] for quad in site.kg.store.match()}
    slugs = (node.removeprefix(base) for node in nodes if node.startswith(base))
    slug = min(slug for slug in slugs if "/" not in slug)
    page = ask(f"iri-{kind}", BROWSER, slug=slug)
    assert told(page)["location"] == f"/data/{kind}/{slug}.html"
    shown = ask("thing-as", BROWSER, slug=f"{kind}/{slug}.html")
    assert (shown.status, shown.media_type) == (200, "text/html; charset=utf-8")
    data = ask("thing-as", "application/n-triples", slug=f"{kind}/{slug}")
    assert f"<{base}{slug}>".encode() in data.body


def test_the_page_of_a_claim_shows_its_words_in_their_place(ask: Ask, site: Site) -> None:
    slug = a_claim(site).removeprefix(CLAIM.base)
    page = unescape(ask("thing-as", BROWSER, slug=f"claim/{slug}.html").body.decode())
    rows = site.kg.sparql(
        f"SELECT ?words ?start {{ claim:{slug} oa:hasTarget/oa:hasSelector ?a, ?b . ?a oa:exact ?words . "
        "?b oa:start ?start }"
    )
    assert isinstance(rows, Rows)
    assert f"<mark>{rows[0].words}</mark>" in page
    assert f"/articles/2023-07-11-g60-corridor#char={rows[0].start}," in page


@pytest.mark.parametrize(("ending", "media", "form"), FORMATS)
def test_the_data_say_the_same_in_every_format(
    ask: Ask, site: Site, ending: str, media: str, form: RdfFormat
) -> None:
    quads = gather(site.kg.store, ID.songjiang, 10**6)
    response = ask("thing-as", BROWSER, slug=f"songjiang.{ending}")
    assert response.media_type.partition(";")[0] == media
    assert response.body == ask("thing-as", media, slug="songjiang").body
    found = set(parse(response.body, format=form))
    has_graphs = ending in ("nq", "trig", "jsonld")
    assert found == (set(quads) if has_graphs else {Quad(q.subject, q.predicate, q.object) for q in quads})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
def test_rdflib_reads_them(ask: Ask, site: Site) -> None:
    read = Dataset().parse(data=ask("thing-as", slug="wuhu.jsonld").body, format="json-ld")
    assert len(list(read.quads())) == len(gather(site.kg.store, ID.wuhu, 10**6))


@pytest.mark.parametrize(
    "slug", ["songjiang", "g60-corridor", "tencent", "artificial-intelligence", "shanghai"]
)
def test_the_data_hold_all_that_describe_tells(site: Site, slug: str) -> None:
    told = site.kg.describe(ID[slug])
    quads = set(gather(site.kg.store, ID[slug], 10**6))
    words = {str(quad.object) for quad in quads if quad.predicate == OA.exact}
    assert {str(Literal(said.quote.text)) for said in told.said} == words
    claims = {quad.subject for quad in quads if quad.object == G60.Claim}
    assert len({(q.subject, q.object) for q in quads if q.predicate == PROV.wasQuotedFrom}) == len(claims)
    sources = {q.subject for q in quads if q.object == G60.RegisterFact}
    assert len(sources) == len(
        {(a.statement.subject, a.statement.predicate, a.statement.object) for a in told.register}
    )
    assert any(q.graph_name == INFERRED_GRAPH for q in quads) == bool(told.inferred)


def test_a_claim_comes_with_its_words_and_its_place(ask: Ask, site: Site) -> None:
    slug = a_claim(site).removeprefix(CLAIM.base)
    quads = list(parse(ask("thing-as", slug=f"claim/{slug}.nq").body, format=RdfFormat.N_QUADS))
    assert {OA.exact, OA.start, OA.end, PROV.wasQuotedFrom} <= {quad.predicate for quad in quads}


def test_the_article_serves_the_text_in_which_positions_count(ask: Ask, site: Site) -> None:
    text = ask("article", "text/plain", ("format", "text"), id="2023-07-11-g60-corridor").body.decode()
    slug = a_claim(site).removeprefix(CLAIM.base)
    quads = list(parse(ask("thing-as", slug=f"claim/{slug}.nq").body, format=RdfFormat.N_QUADS))
    held = {quad.predicate: quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    assert text[int(held[OA.start]) : int(held[OA.end])] == held[OA.exact]


def test_an_article_comes_with_all_that_it_gave(ask: Ask, site: Site) -> None:
    body = ask("thing-as", slug="article/2023-07-11-g60-corridor.nq").body
    graphs = {str(quad.graph_name) for quad in parse(body, format=RdfFormat.N_QUADS)}
    assert {graph.rpartition("graph/")[2] for graph in graphs} == {
        "article/2023-07-11-g60-corridor>",
        "claims/2023-07-11-g60-corridor>",
        "inferred>",  # of what classes the article is
    }


def test_links_name_the_thing_and_the_other_forms(ask: Ask) -> None:
    links = told(ask("thing-as", slug="wuhu.ttl"))["link"]
    assert '<https://w3id.org/g60kg/id/wuhu>; rel="describes"' in links
    assert '</page/wuhu>; rel="alternate"; type="text/html"' in links
    assert '</data/wuhu.nq>; rel="alternate"; type="application/n-quads"' in links


@pytest.mark.parametrize(
    ("route", "slug"),
    [
        ("thing", "wuhuu"),
        ("thing", "松江"),
        ("thing", "a b"),
        ("thing", ""),
        ("iri-claim", "nothing"),
        ("thing-as", "wuhuu"),
        ("thing-as", "claim/nothing.ttl"),
        ("thing-as", "nothing/of/this"),
        ("thing-as", "wuhu.xlsx"),
    ],
)
def test_what_is_unknown_is_not_found(ask: Ask, route: str, slug: str) -> None:
    assert ask(route, slug=slug).status == 404


def test_near_names_are_told(ask: Ask) -> None:
    assert "id:wuhu" in json.loads(ask("thing", slug="wuhuu").body)["detail"]


def test_no_other_format(ask: Ask) -> None:
    assert ask("thing-as", "image/png", slug="wuhu").status == 406


def test_too_much_is_refused(site: Site) -> None:
    with pytest.raises(LimitError):
        gather(site.kg.store, ID.songjiang, 10)
    request = Request("thing-as", path={"slug": "songjiang.ttl"})
    for limits in (Limits(rows=10), Limits(answer_bytes=100)):
        assert answer(replace(site, limits=limits), request).status == 422


def test_data_that_the_client_has_are_not_made_again(site: Site, ask: Ask) -> None:
    tag = told(ask("thing-as", "*/*", slug="wuhu.ttl"))["etag"]
    headers = {"accept": "*/*", "if-none-match": tag}
    assert answer(site, Request("thing-as", path={"slug": "wuhu.ttl"}, headers=headers)).status == 304


@pytest.mark.parametrize("route", ["void", "dataset", "software"])
def test_the_dataset_is_found(ask: Ask, route: str) -> None:
    assert told(ask(route, "text/turtle"))["location"] == "/data/dataset"
    page = told(ask(route, BROWSER))["location"]
    assert page == ("/data/dataset" if route == "void" else "/about")


def test_the_nodes_of_its_description_lead_to_it(ask: Ask) -> None:
    assert told(ask("dataset-part", slug="class/g60:Company"))["location"] == "/data/dataset"
    assert ask("dataset-part", slug="class/g60:Compny").status == 404
