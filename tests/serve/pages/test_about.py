"""What the site says of itself."""

from g60kg.serve.site import Site, answer
from g60kg.serve.values import Limits, Request
from tests.serve.pages.conftest import Ask, parse


def test_the_limits_told_are_those_that_hold(site: Site) -> None:
    own = Site(site.kg, limits=Limits(rows=1234))
    body = answer(own, Request("about", headers={"accept": "text/html"})).body.decode()
    assert "1,234 rows" in body


def test_it_counts_what_there_is(ask: Ask, site: Site) -> None:
    text = "".join(parse(ask("about")).tree.itertext())
    assert f"{site.kg.describe_dataset().claims:,}" in text


def test_the_vocabulary_leads_to_the_ontology(ask: Ask) -> None:
    response = ask("vocabulary", lang="zh")
    assert response.status == 303
    assert ("Location", "/ontology?lang=zh") in response.headers
