"""The pages of records and of the ontology are valid, in both languages, and lead on."""

import pytest

from g60kg.serve.site import Site
from g60kg.terms import ROOT
from tests.serve.conftest import Ask
from tests.serve.pages.conftest import parse

BROWSER = "text/html"
KINDS = ("claim", "statistic", "register", "repair")


def some(site: Site, kind: str, most: int = 12) -> list[str]:
    """Return some nodes of a kind, by what follows in their IRIs."""
    base = f"{ROOT}{kind}/"
    nodes = {str(quad.subject)[1:-1] for quad in site.kg.store.match()}
    return sorted(node.removeprefix(base) for node in nodes if node.startswith(base))[:most]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_of_records_are_valid(ask: Ask, site: Site, kind: str, lang: str) -> None:
    for slug in some(site, kind):
        parse(ask("thing-as", BROWSER, ("lang", lang), slug=f"{kind}/{slug}.html"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_of_the_ontology_is_valid_and_not_large(ask: Ask, lang: str) -> None:
    response = ask("ontology", BROWSER, ("lang", lang))
    parse(response)
    assert len(response.body) < 200_000


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_that_a_page_names_are_there(ask: Ask, site: Site, kind: str) -> None:
    page = parse(ask("thing-as", BROWSER, slug=f"{kind}/{some(site, kind)[0]}.html"))
    records = [link.removeprefix("/data/") for link in page.links() if link.startswith("/data/")]
    assert records
    for slug in records:
        assert ask("thing-as", BROWSER, slug=slug).status == 200
