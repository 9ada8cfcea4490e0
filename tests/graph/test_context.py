"""What the words beside a figure say of it: its whole, base, event, conversion, and what it counts."""

import pytest
from pyoxigraph import NamedNode

from g60kg.article import Article
from g60kg.check import check_shapes
from g60kg.graph import article_quads
from g60kg.graph.facts import kinds, qualifier_literal
from g60kg.kg.stages import ground_quads
from g60kg.resources import resource
from g60kg.terms import G60, ID, SKOS
from g60kg.triples import read_triples
from tests.extract.packaged import extractor
from tests.graph.test_article import news, values

NAMES = ("ofWhole", "base", "basePeriod", "event", "asWritten", "ofKind", "conversionOf")
CONFERENCE = str(ID["g60-joint-conference-2018"])
NAMED = "the first G60 Science and Technology Innovation Corridor Joint Conference"


def told(text: str) -> list[dict[str, set[str]]]:
    """Return what is told beside each figure of a text, in the order of the claims."""
    _, claims, quads = news(text, date="2023-05-01")
    assert claims
    nodes = dict.fromkeys(
        quad.object for quad in quads if quad.predicate in (G60.statistic, G60.conversionOf)
    )
    nodes |= dict.fromkeys(quad.subject for quad in quads if quad.predicate == G60.value)
    found = [values(quads, node) for node in nodes if isinstance(node, NamedNode)]
    return [{name: said[name] for name in NAMES if name in said} for said in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wuhu has a third of the listed firms.",
            {"ofWhole": '"listed firms"@en', "asWritten": '"a third"@en'},
        ),
        ("Wuhu exported cars. Nine tenths of its exports go to Asia.", {"ofWhole": '"its exports"@en'}),
        (
            "GDP of Songjiang rose 8.2 percent year on year in 2022.",
            {"base": '"year on year"@en', "basePeriod": str(qualifier_literal("year", "2021", "en"))},
        ),
        (
            "Jiaxing's exports grew 5 percent from 2019.",
            {"basePeriod": str(qualifier_literal("year", "2019", "en")), "ofKind": str(G60.Exports)},
        ),
        ("Jiaxing's exports grew 5 percent year on year.", {"base": '"year on year"@en', "basePeriod": ""}),
        (f"At {NAMED}, Songjiang signed 25 projects.", {"event": CONFERENCE}),
        (
            f"Songjiang signed 25 projects after {NAMED}.",
            {"event": ""},
        ),
        ("Songjiang has 40 tea rooms.", {"ofKind": "", "asWritten": ""}),
    ],
)
def test_what_is_told_beside_a_figure(text: str, expected: dict[str, str]) -> None:
    (found,) = told(text)
    assert {name: "".join(found.get(name, ())) for name in expected} == expected


def test_a_conversion_leads_to_the_figure_that_it_converts() -> None:
    article, claims, quads = news("Suzhou covers 500 mu (33.3 hectares).")
    (link,) = [quad for quad in quads if quad.predicate == G60.conversionOf]
    values_of: dict[object, str] = {
        quad.subject: str(quad.object) for quad in quads if quad.predicate == G60.value
    }
    assert ("33.3" in values_of[link.subject], "500" in values_of[link.object]) == (True, True)
    alone = article_quads(article, [claim for claim in claims if claim.context])
    assert not [quad for quad in alone if quad.predicate == G60.conversionOf], "what it converts is not held"


def test_context_tells_no_two_claims_apart_and_keeps_to_the_shapes() -> None:
    text = "GDP of Songjiang rose 8.2 percent year on year to 150 billion yuan (US$21 billion) in 2022."
    article = Article("news", text, date="2023-05-01")
    claims = extractor().claims(article)
    assert {name for claim in claims for name, _ in claim.context} == {"base", "basePeriod", "conversionOf"}
    assert all("context" in claim.to_json() for claim in claims if claim.context)
    quads = [*ground_quads(named=[ID.songjiang.value]), *article_quads(article, claims)]
    assert str(check_shapes(quads)) == "shapes: nothing wrong"


def test_no_words_stand_for_two_kinds() -> None:
    held = read_triples(resource("ontology", "g60.ttl"))
    words = [each for node in set(kinds().values()) for each in held.objects(node, SKOS.altLabel)]
    assert len(words) == len(kinds()) > 60
