"""The first page: what a graph holds, whatever it holds."""

from collections.abc import Callable
from xml.etree import ElementTree

from g60kg.article import Article
from g60kg.kg import KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request, Response
from g60kg.store import MemoryStore
from tests.serve.pages.conftest import Ask, parse

HTML = {"accept": "text/html"}


def test_the_corridor_is_shown_with_all_its_cities(ask: Ask) -> None:
    page = parse(ask("home"))
    for slug in (
        "songjiang",
        "jiaxing",
        "hangzhou",
        "jinhua",
        "suzhou",
        "huzhou",
        "xuancheng",
        "wuhu",
        "hefei",
    ):
        assert f"/page/{slug}" in page.links()
    for slug in ("g60-corridor", "g60-corridor-phase-2", "g60-expressway", "tencent", "haier-zhigu"):
        assert f"/page/{slug}" in page.links()


def test_figures_keep_their_comparators(ask: Ask) -> None:
    text = " ".join("".join(parse(ask("home")).tree.itertext()).split())
    for words in ("about 57.92 million", "nearly 3,000", "more than 840", "76,200 km²"):
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_planned_figure_is_not_shown_as_reached(ask: Ask) -> None:
    """The cluster "worth more than RMB 100 billion" is one that is still to be built."""
    assert "more than 100" not in "".join(parse(ask("home")).tree.itertext()).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_it_is_written_in_chinese(ask: Ask) -> None:
    text = "".join(parse(ask("home", lang="zh")).tree.itertext())
    assert "长三角G60科创走廊" in text
    assert "芜湖市" in text


def test_a_graph_of_nothing_has_a_page() -> None:
    response = answer(Site(KnowledgeGraph(MemoryStore())), Request("home", headers=HTML))
    assert response.status == 200
    assert "The graph holds no article." in response.body.decode()


def test_another_region_is_shown_as_it_is(packaged: KnowledgeGraph) -> None:
    """Where no article joins cities to a corridor, what is most spoken of stands there."""
    kg = KnowledgeGraph(MemoryStore(packaged.store.match()))
    kg.add(Article("other", "Tencent is located in Hefei. Bosch is located in Wuhu.", date="2024-05-01"))
    kg.remove("2023-07-11-g60-corridor")
    response = answer(Site(kg), Request("home", headers=HTML))
    text = response.body.decode()
    assert response.status == 200
    assert "Most spoken of" in text
    assert 'href="/page/tencent"' in text
    assert 'class="map"' not in text


def test_crawlers_and_browsers_are_told_where_the_pages_are(
    ask: Ask, follow: Callable[[str], Response]
) -> None:
    found = ElementTree.fromstring(ask("sitemap").body)
    places = [str(each.text) for each in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert {"http://localhost/", "http://localhost/page/wuhu"} <= set(places)
    assert len(places) == len(set(places)) > 100
    for place in places[:: len(places) // 10]:
        assert follow(place).status == 200, place
    told = ElementTree.fromstring(ask("opensearch").body)
    (url,) = told.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("template") == "http://localhost/search?q={searchTerms}"
