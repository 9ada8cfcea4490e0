"""The page of the SPARQL editor: what it is made of, and the plain form's answers."""

import json

import pytest

from g60kg.serve.site import Site
from g60kg.serve.sparql.query import SHOWN, results
from tests.serve.pages.conftest import Ask, parse


def test_the_editor_knows_our_terms_and_prefixes(ask: Ask) -> None:
    (place,) = parse(ask("editor")).all("div", id="editor")
    read = json.loads(place.get("data-made-of"))
    assert "https://w3id.org/g60kg/ontology#ScienceCity" in read["classes"]
    assert "https://w3id.org/g60kg/ontology#memberCity" in read["properties"]
    assert read["prefixes"]["g60"] == "https://w3id.org/g60kg/ontology#"
    assert read["endpoint"] == "/sparql"


def test_only_a_page_that_is_not_english_has_words_for_those_of_the_editor(ask: Ask) -> None:
    words = [
        json.loads(parse(ask("editor", lang=language)).all("div", id="editor")[0].get("data-made-of"))[
            "words"
        ]
        for language in ("en", "zh")
    ]
    assert words[0] == {}
    assert words[1]["Run query"] == "运行查询"


def test_every_stored_query_is_an_example(ask: Ask, site: Site) -> None:
    links = parse(ask("editor")).links()
    for name in (each.name for each in site.kg.catalogue if not each.maintainer):
        assert f"/sparql/editor?example={name}" in links
    shown = "".join(parse(ask("editor", example="located-in")).all("textarea")[0].itertext())
    assert shown.strip() == site.kg.catalogue["located-in"].sparql.strip()


def test_an_unknown_example_is_not_found(ask: Ask) -> None:
    assert ask("editor", example="no-such-query").status == 404


def test_an_answer_is_bounded(site: Site) -> None:
    found = results(site.kg.store, "SELECT * { ?s ?p ?o }")
    assert (len(found.rows), found.is_more) == (SHOWN, True)
    assert results(site.kg.store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").is_more


def test_a_query_is_never_markup(ask: Ask) -> None:
    body = ask("editor", query='</textarea><script>alert("x")</script>').body.decode()
    assert "<script>alert" not in body
    assert "&lt;/textarea&gt;" in body


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELEC", 400),
        ("DELETE WHERE { ?s ?p ?o }", 403),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", 403),
    ],
)
def test_what_is_wrong_stands_beside_the_query(ask: Ask, query: str, status: int) -> None:
    response = ask("editor", query=query)
    assert response.status == status
    page = parse(response)
    assert "".join(page.all("p", role="alert")[0].itertext()).strip()
    assert query in "".join(page.all("textarea")[0].itertext())
