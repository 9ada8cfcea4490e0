"""An article's two graphs: as the architecture says, in one order, and checked against the text."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.graph import article_quads, object_term
from g60kg.graph.fingerprints import fingerprint
from g60kg.model import Claim
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    G60,
    ID,
    OA,
    RDF,
    SKOS,
    XSD,
    article_graph,
    claims_graph,
    iri,
)
from tests.extract.packaged import extractor

DIRECT, SAID = article_graph("news"), claims_graph("news")


def news(text: str, **known: str) -> tuple[Article, tuple[Claim, ...], list[Quad]]:
    article = Article("news", text, **known)
    claims = extractor().claims(article)
    return article, claims, article_quads(article, claims)


def lines(quads: Iterable[Quad]) -> set[str]:
    return {str(quad) for quad in quads}


def values(quads: Iterable[Quad], subject: NamedNode) -> dict[str, set[str]]:
    """Return what quads say of a subject, by the last part of each property."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.subject == subject:
            name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
            found.setdefault(name, set()).add(str(quad.object))
    return found


def test_a_fact() -> None:
    _, (claim,), quads = news("Tencent has teamed up with Fosun Pharma.")
    direct = [quad for quad in quads if quad.graph_name == DIRECT]
    assert direct == [Quad(ID.tencent, G60.cooperatesWith, ID["fosun-pharma"], DIRECT)]
    said = values(quads, CLAIM[claim.id])
    assert said["type"] == {str(G60.Claim), str(OA.Annotation)}
    assert said["motivatedBy"] == {str(OA.describing)}
    assert said["bodyValue"] == {'"Tencent cooperates with: Fosun Pharma"'}
    assert (said["subject"], said["predicate"], said["object"]) == (
        {str(ID.tencent)},
        {str(G60.cooperatesWith)},
        {str(ID["fosun-pharma"])},
    )
    assert said["wasQuotedFrom"] == {str(ARTICLE.news)}
    assert said["pattern"] == {'"works-with"'}
    assert said["subjectSurface"] == {'"Tencent"@en'}
    assert said["objectSurface"] == {'"Fosun Pharma"@en'}


def test_where_it_was_said() -> None:
    article, (claim,), quads = news("In short, Tencent has teamed up with Fosun Pharma, they say.")
    node = CLAIM[claim.id]
    target, position, quote = (NamedNode(f"{node.value}/{part}") for part in ("target", "position", "quote"))
    assert {
        Quad(node, OA.hasTarget, target, SAID),
        Quad(target, RDF.type, OA.SpecificResource, SAID),
        Quad(target, OA.hasSource, ARTICLE.news, SAID),
        Quad(target, OA.hasSelector, position, SAID),
        Quad(target, OA.hasSelector, quote, SAID),
        Quad(position, RDF.type, OA.TextPositionSelector, SAID),
        Quad(position, OA.start, Literal(str(claim.start), datatype=XSD.nonNegativeInteger), SAID),
        Quad(position, OA.end, Literal(str(claim.end), datatype=XSD.nonNegativeInteger), SAID),
        Quad(quote, RDF.type, OA.TextQuoteSelector, SAID),
        Quad(quote, OA.exact, Literal(claim.quote), SAID),
        Quad(quote, OA.prefix, Literal(article.text[: claim.start][-32:]), SAID),
        Quad(quote, OA.suffix, Literal(", they say."), SAID),
    } <= set(quads)
    assert article.text[claim.start : claim.end] == claim.quote
    assert article.text.endswith(f"{claim.quote}, they say.")


def test_a_figure() -> None:
    _, (claim,), quads = news("In 2023, Songjiang has more than 300 biomedicine companies.")
    node = object_term(claim)
    assert isinstance(node, NamedNode)
    assert Quad(ID.songjiang, G60.companyCount, node, DIRECT) in quads
    assert Quad(CLAIM[claim.id], RDF.object, node, SAID) in quads
    assert values(quads, node) == {
        "type": {str(G60.Statistic)},
        "statisticOf": {str(ID.songjiang)},
        "measure": {str(G60.companyCount)},
        "value": {f'"300"^^{XSD.decimal}'},
        "unit": {str(iri("unit:NUM"))},
        "comparator": {'"more than"'},
        "industry": {str(ID.biomedicine)},
        "year": {f'"2023"^^{XSD.gYear}'},
    }
    assert "year" not in values(quads, CLAIM[claim.id])


def test_a_statistic_does_not_depend_on_its_place() -> None:
    text = "Songjiang signed 20 projects."
    _, (one,), _ = news(text)
    _, (other,), _ = news(f"They met. {text}")
    assert one.id != other.id
    assert object_term(one) == object_term(other)


def test_other_figures_are_other_statistics() -> None:
    nodes = [
        object_term(news(text, date=date)[1][0])
        for text, date in [
            ("Songjiang signed 20 projects.", "2023-07-11"),
            ("Last year, Songjiang signed 20 projects.", "2023-07-11"),
            ("Last year, Songjiang signed 20 projects.", "2022-07-11"),
            ("Songjiang signed 21 projects.", "2023-07-11"),
            ("Songjiang signed nearly 20 projects.", "2023-07-11"),
            ("Songjiang signed 20 biomedicine projects.", "2023-07-11"),
            ("Wuhu signed 20 projects.", "2023-07-11"),
        ]
    ]
    assert len(set(nodes)) == len(nodes)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ingram Micro will enter the G60 Corridor.", "planned"),
        ("Haier plans to open the Dual Smart Empowerment Center.", "planned"),
    ],
)
def test_what_is_no_plain_fact_puts_no_direct_triple(text: str, modality: str) -> None:
    _, claims, quads = news(text)
    assert claims
    assert [quad for quad in quads if quad.graph_name == DIRECT] == []
    for claim in claims:
        assert values(quads, CLAIM[claim.id])["modality"] == {f'"{modality}"'}
        assert Quad(CLAIM[claim.id], RDF.object, object_term(claim), SAID) in quads


@pytest.mark.parametrize("modality", ["denied", "reported"])
def test_what_another_reader_finds_denied_puts_no_direct_triple(modality: str) -> None:
    article, (claim,), _ = news("Tencent has teamed up with Fosun Pharma.")
    denied = replace(claim, qualifiers=(("modality", modality),))
    quads = article_quads(article, [denied])
    assert [quad for quad in quads if quad.graph_name == DIRECT] == []
    assert values(quads, CLAIM[denied.id])["modality"] == {f'"{modality}"'}


def test_what_is_only_proposed_puts_no_direct_triple() -> None:
    article, (claim,), _ = news("Tencent has teamed up with Fosun Pharma.")
    quads = article_quads(article, [replace(claim, status="proposed")])
    assert [quad for quad in quads if quad.graph_name == DIRECT] == []
    assert Quad(CLAIM[claim.id], RDF.object, object_term(claim), SAID) in quads


def test_a_planned_figure_is_told_among_the_claims() -> None:
    _, claims, quads = news("Haier will invest 2 billion yuan to build Haier Zhigu.")
    figure = next(claim for claim in claims if claim.predicate == "g60:investment")
    node = object_term(figure)
    assert isinstance(node, NamedNode)
    assert Quad(node, G60.value, Literal("2000000000", datatype=XSD.decimal), SAID) in quads


def test_a_candidate() -> None:
    _, _, quads = news("The Blue Lake Robot Center in Songjiang is new.")
    node = ID["blue-lake-robot-center"]
    assert {
        Quad(node, G60.locatedIn, ID.songjiang, DIRECT),
        Quad(node, RDF.type, G60.Facility, DIRECT),
        Quad(node, SKOS.prefLabel, Literal("Blue Lake Robot Center", language="en"), DIRECT),
        Quad(node, G60.status, G60.Candidate, DIRECT),
    } <= set(quads)


def test_a_known_entity_is_told_by_the_register_alone() -> None:
    _, _, quads = news("Tencent has teamed up with Fosun Pharma.")
    assert not [
        quad for quad in quads if quad.subject == ID.tencent and quad.predicate in (RDF.type, SKOS.prefLabel)
    ]


def test_a_repair() -> None:
    _, claims, quads = news("Xiancheng signed 20 projects.")
    uses = [quad for quad in quads if quad.predicate == G60.usesRepair]
    assert {quad.subject for quad in uses} == {CLAIM[claim.id] for claim in claims}
    (node,) = {quad.object for quad in uses}
    assert isinstance(node, NamedNode)
    repair = values(quads, node)
    assert repair["type"] == {str(G60.Repair)}
    assert repair["surface"] == {'"Xiancheng"'}
    assert repair["repairedTo"] == {str(ID.xuancheng)}
    assert len(repair["comment"]) == 1


def test_a_resolution() -> None:
    _, claims, quads = news("Songjiang is large. The district signed 20 projects.")
    (claim,) = claims
    said = values(quads, CLAIM[claim.id])["resolution"]
    assert len(said) == len(claim.resolved) > 0
    assert any("definite" in rule for rule in said)


def test_what_is_known_of_the_article() -> None:
    article, _, quads = news(
        "Nothing.", title="News", date="2023-07-11", url="https://a.example/", note="A note."
    )
    assert values(quads, ARTICLE.news) == {
        "type": {str(G60.Article)},
        "title": {'"News"@en'},
        "date": {f'"2023-07-11"^^{XSD.date}'},
        "language": {'"en"'},
        "source": {"<https://a.example/>"},
        "comment": {'"A note."@en'},
        "sha256": {f'"{article.sha256}"'},
        "fingerprint": {f'"{fingerprint(article.text)}"'},
    }


def test_quotes_bear_the_language_of_their_article() -> None:
    _, (claim,), quads = news("Tencent has teamed up with Fosun Pharma.", language="en-GB")
    assert values(quads, CLAIM[claim.id])["subjectSurface"] == {'"Tencent"@en-gb'}


@pytest.mark.parametrize(
    "change",
    [{"quote": "Tencent"}, {"start": 1}, {"end": 5}, {"start": 900, "end": 905}, {"article": "other"}],
)
def test_a_quote_that_does_not_stand_there_is_refused(change: dict[str, object]) -> None:
    article, (claim,), _ = news("Tencent has teamed up with Fosun Pharma.")
    with pytest.raises(ArticleError, match=f"the quote of claim {claim.id} is not what stands there"):
        article_quads(article, [replace(claim, **change)])  # type: ignore[arg-type]


def test_the_order_is_that_of_n_quads_lines_and_each_quad_stands_once() -> None:
    article, claims, quads = news("Tencent has teamed up with Fosun Pharma. Songjiang signed 20 projects.")
    assert [str(quad) for quad in quads] == sorted(lines(quads))
    assert article_quads(article, reversed([*claims, *claims])) == quads


def test_a_figure_without_a_time_bears_the_date_of_its_article() -> None:
    text = "Songjiang has 30 hospitals. In 2019 Wuhu had 20 hospitals."
    _, _, quads = news(text, date="2023-07-11")
    reported = {quad.object for quad in quads if quad.predicate == G60.reportedOn}
    years = {quad.subject: quad.object for quad in quads if quad.predicate == G60.year}
    assert reported == {Literal("2023-07-11", datatype=XSD.date)}
    assert list(years.values()) == [Literal("2019", datatype=XSD.gYear)]
    assert not years.keys() & {quad.subject for quad in quads if quad.predicate == G60.reportedOn}
    assert not [quad for quad in news(text)[2] if quad.predicate == G60.reportedOn]
