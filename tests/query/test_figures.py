"""What the queries of figures must not mix up: times, currencies, parts, equal figures of two things."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.query import Catalogue, run
from g60kg.store import MemoryStore
from g60kg.terms import ARTICLE, DCTERMS, G60, ID, OA, PROV, RDF, SKOS, UNIT, XSD, article_graph

GRAPH = article_graph("a")
CNY, USD = UNIT.CCY_CNY, UNIT.CCY_USD
Term = NamedNode | Literal
NAMED = Quad(ID.songjiang, SKOS.prefLabel, Literal("Songjiang", language="en"), GRAPH)


def figure(
    entity: NamedNode, measure: NamedNode, value: int, unit: NamedNode, **limits: Term
) -> Iterator[Quad]:
    """Yield a figure with a claim that gives it; each has a node of its own."""
    name = f"{entity.value.rpartition('/')[2]}-{value}-{abs(hash(str(sorted(limits.items()))))}"
    node, claim, target, words = (ID[f"{name}-{part}"] for part in ("figure", "claim", "target", "words"))
    number = Literal(str(value), datatype=XSD.decimal)
    triples: list[tuple[NamedNode, NamedNode, Term]] = [
        (entity, measure, node),
        (node, RDF.type, G60.Statistic),
        (node, G60.statisticOf, entity),
        (node, G60.measure, measure),
        (node, G60.value, number),
        (node, G60.unit, unit),
        *((node, G60[limit], term) for limit, term in limits.items()),
        (claim, RDF.object, node),
        (claim, G60.status, G60.Accepted),
        (claim, OA.hasTarget, target),
        (target, OA.hasSelector, words),
        (words, OA.exact, Literal(f"words of {value}")),
    ]
    yield from (Quad(*triple, GRAPH) for triple in triples)


def on(day: str) -> Literal:
    return Literal(day, datatype=XSD.date)


def year(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.gYear)


Limits = dict[str, Term]
APART: dict[str, tuple[Limits, Limits]] = {
    "two years": ({"year": year(2020)}, {"year": year(2021)}),
    "two days": ({"date": on("2021-04-07")}, {"date": on("2021-03-16")}),
    "a day after the other's report": ({"date": on("2021-04-07")}, {"reportedOn": on("2021-03-17")}),
    "a year that was not over at the report": ({"year": year(2021)}, {"reportedOn": on("2021-03-17")}),
    "before and after": ({"change": Literal("before")}, {"change": Literal("after")}),
    "two events": ({"event": ID.signing}, {"event": ID.conference}),
    "two industries": ({"industry": ID.ai}, {"industry": ID.steel}),
}
AGAINST: dict[str, tuple[Limits, Limits]] = {
    "one year": ({"year": year(2020)}, {"year": year(2020)}),
    "two reports": ({"reportedOn": on("2020-06-05")}, {"reportedOn": on("2023-05-01")}),
    "a year and a later report": ({"year": year(2020)}, {"reportedOn": on("2021-05-01")}),
}


@pytest.mark.parametrize(
    ("limits", "count"), [*((each, 0) for each in APART), *((each, 1) for each in AGAINST)]
)
def test_two_figures_disagree_only_where_they_are_of_one_time(
    limits: str, count: int, catalogue: Catalogue
) -> None:
    first, second = (APART | AGAINST)[limits]
    quads = [
        *figure(ID.songjiang, G60.investment, 23_283, CNY, **first),
        *figure(ID.songjiang, G60.investment, 28_110, CNY, **second),
    ]
    rows = run(MemoryStore(quads), catalogue["disagreements"]).to_dicts()
    assert [(row["lower"], row["higher"]) for row in rows] == [(23_283, 28_110)] * count


@pytest.mark.parametrize(("reported", "count"), [("2020-12-05", 1), ("2023-05-01", 0)])
def test_what_grows_from_year_to_year_differs_within_one_year(
    reported: str, count: int, catalogue: Catalogue
) -> None:
    quads = [
        *figure(ID.songjiang, G60.companyCount, 700, UNIT.NUM, reportedOn=on("2020-06-05")),
        *figure(ID.songjiang, G60.companyCount, 840, UNIT.NUM, reportedOn=on(reported)),
    ]
    assert len(run(MemoryStore(quads), catalogue["disagreements"])) == count


def test_a_city_of_a_member_is_listed_with_it(catalogue: Catalogue) -> None:
    quads = [
        *(Quad(ID.corridor, G60.memberCity, city, GRAPH) for city in (ID.jiaxing, ID.shanghai, ID.songjiang)),
        Quad(ID.songjiang, G60.partOf, ID.shanghai, GRAPH),
        *figure(ID.corridor, G60["count"], 2, UNIT.NUM, countedKind=Literal("cities", language="en")),
    ]
    assert not run(MemoryStore(quads), catalogue["disagreements"])


def test_a_series_without_an_industry_has_one_row_for_each_figure(catalogue: Catalogue) -> None:
    quads = [
        NAMED,
        *figure(ID.songjiang, G60.population, 3_650, UNIT.NUM, year=year(2022)),
        *figure(ID.songjiang, G60.population, 3_700, UNIT.NUM, year=year(2024)),
    ]
    rows = run(MemoryStore(quads), catalogue["series"]).to_dicts()
    assert [(row["value"], row["industry"], row["industryName"]) for row in rows] == [
        (3_650, "", None),
        (3_700, "", None),
    ]


@pytest.mark.parametrize("said", [2, 3, 4])
def test_a_number_of_cities_is_held_against_those_listed(said: int, catalogue: Catalogue) -> None:
    cities = (ID.jiaxing, ID.hangzhou, ID.jinhua)
    quads = [
        *(Quad(ID.corridor, G60.memberCity, city, GRAPH) for city in cities),
        *figure(ID.corridor, G60["count"], said, UNIT.NUM, countedKind=Literal("cities", language="en")),
    ]
    rows = run(MemoryStore(quads), catalogue["disagreements"]).to_dicts()
    found = [(row["lower"], row["higher"], row["lowerQuote"] or row["higherQuote"]) for row in rows]
    assert found == ([] if said == len(cities) else [(min(said, 3), max(said, 3), f"words of {said}")])


def totals(quads: list[Quad], catalogue: Catalogue) -> dict[str, Decimal]:
    """Return the totals of a place by currency."""
    rows = run(MemoryStore([*quads, NAMED]), catalogue["totals"], {"place": "Songjiang"}).to_dicts()
    return {row["unit"].rpartition("_")[2]: row["total"] for row in rows}


def placed(*things: NamedNode) -> list[Quad]:
    return [Quad(thing, G60.locatedIn, ID.songjiang, GRAPH) for thing in things]


def test_no_sum_is_over_two_currencies(catalogue: Catalogue) -> None:
    quads = [
        *placed(ID.plant, ID.lab),
        *figure(ID.plant, G60.investment, 600, CNY),
        *figure(ID.lab, G60.investment, 90, USD),
        *figure(ID.lab, G60.investment, 500, CNY),
    ]
    assert totals(quads, catalogue) == {"CNY": 1100, "USD": 90}


def test_no_sum_counts_what_is_only_converted(catalogue: Catalogue) -> None:
    figures = [[*figure(ID.plant, G60.investment, value, unit)] for value, unit in ((600, CNY), (90, USD))]
    original, converted = (each[0].object for each in figures)
    assert isinstance(converted, NamedNode)
    quads = [*placed(ID.plant), *figures[0], *figures[1], Quad(converted, G60.conversionOf, original, GRAPH)]
    assert totals(quads, catalogue) == {"CNY": 600}


def test_no_sum_counts_a_part_of_what_it_counts(catalogue: Catalogue) -> None:
    quads = [
        *placed(ID.park, ID.plant),
        Quad(ID.plant, G60.locatedIn, ID.park, GRAPH),
        *figure(ID.park, G60.investment, 1000, CNY),
        *figure(ID.plant, G60.investment, 600, CNY),
    ]
    assert totals(quads, catalogue) == {"CNY": 1000}


def test_no_sum_counts_what_joins_cities_beyond_the_place(catalogue: Catalogue) -> None:
    quads = [
        *figure(ID.plant, G60.investment, 400, CNY),
        *figure(ID.corridor, G60.investment, 9000, CNY),
        Quad(ID.plant, G60.locatedIn, ID.songjiang, GRAPH),
        Quad(ID.corridor, G60.locatedIn, ID.songjiang, GRAPH),
        Quad(ID.corridor, G60.memberCity, ID.songjiang, GRAPH),
    ]
    assert totals(quads, catalogue) == {"CNY": 9400}
    beyond = Quad(ID.corridor, G60.memberCity, ID.hangzhou, GRAPH)
    assert totals([*quads, beyond], catalogue) == {"CNY": 400}


def test_of_each_thing_the_latest_figure_counts_once(catalogue: Catalogue) -> None:
    quads = [
        *placed(ID.plant),
        *figure(ID.plant, G60.investment, 600, CNY, year=year(2019)),
        *figure(ID.plant, G60.investment, 800, CNY, year=year(2021)),
    ]
    assert totals(quads, catalogue) == {"CNY": 800}


def test_equal_figures_of_two_things_are_two(catalogue: Catalogue) -> None:
    quads = [*figure(ID.plant, G60.investment, 600, CNY), *figure(ID.lab, G60.investment, 600, CNY)]
    rows = run(MemoryStore(quads), catalogue["largest-figures"])
    assert [row[0] for row in rows.terms] == [ID.lab, ID.plant]


def said(figures: Iterator[Quad], article: str, day: str) -> Iterator[Quad]:
    """Yield a figure as an article of a day states it: its claim is whole."""
    quads = list(figures)
    claims = [each for each in quads if each.predicate == RDF.object]
    yield from quads
    yield Quad(ARTICLE[article], RDF.type, G60.Article, GRAPH)
    yield Quad(ARTICLE[article], DCTERMS.date, on(day), GRAPH)
    for each in claims:
        (stated,) = (quad for quad in quads if quad.object == each.object and quad != each)
        yield Quad(each.subject, RDF.subject, stated.subject, GRAPH)
        yield Quad(each.subject, RDF.predicate, stated.predicate, GRAPH)
        yield Quad(each.subject, PROV.wasQuotedFrom, ARTICLE[article], GRAPH)


COMPARED: dict[str, tuple[Limits, Limits, str | None]] = {
    "two years": ({"year": year(2020)}, {"year": year(2021)}, "changed"),
    "one year": ({"year": year(2021)}, {"year": year(2021)}, "in conflict"),
    "two reports": ({}, {}, "changed"),
    "two industries": ({"industry": ID.ai}, {"industry": ID.steel}, None),
}


@pytest.mark.parametrize("limits", COMPARED)
def test_two_articles_differ_by_time_or_contradict(limits: str, catalogue: Catalogue) -> None:
    first, second, change = COMPARED[limits]
    quads = [
        *said(figure(ID.songjiang, G60.population, 5, UNIT.NUM, **first), "one", "2020-05-01"),
        *said(figure(ID.songjiang, G60.population, 6, UNIT.NUM, **second), "other", "2021-05-01"),
    ]
    values = {"one": ARTICLE["one"].value, "other": ARTICLE["other"].value}
    rows = run(MemoryStore(quads), catalogue["compare"], values).to_dicts()
    found = [(row["change"], row["before"], row["after"]) for row in rows]
    apart = [("only the first", 5, None), ("only the second", None, 6)]
    assert found == ([(change, 5, 6)] if change else apart)


def test_years_tell_what_is_new_changed_in_conflict_and_not_said_again(catalogue: Catalogue) -> None:
    told = {
        G60.population: [(2020, 5), (2021, 6)],
        G60.area: [(2021, 7)],
        G60.gdp: [(2020, 8)],
        G60.output: [(2020, 1), (2021, 1)],
        G60.length: [(2021, 2), (2021, 3)],
    }
    quads = [
        quad
        for measure, values in told.items()
        for when, value in values
        for quad in said(figure(ID.songjiang, measure, value, UNIT.NUM, year=year(when)), "one", "2022-01-01")
    ]
    rows = run(MemoryStore(quads), catalogue["changes"], {"from": "2020", "to": "2021"}).to_dicts()
    found = {
        row["predicate"].rpartition("#")[2]: (row["change"], row["before"], row["after"]) for row in rows
    }
    assert found == {
        "population": ("changed", 5, 6),
        "area": ("new", None, 7),
        "gdp": ("not said again", 8, None),
        "length": ("in conflict", 2, 3),
    }
