"""Every stored query, on the small corridor: its answer, on two engines, and what its header promises."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.query import Catalogue, StoredQuery, bind, load_catalogue, run
from g60kg.query.rows import Rows
from g60kg.resources import resource
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, OA, RDF, SKOS, XSD, article_graph
from tests.query.cases import differences, lines, read_cases
from tests.query.conftest import HERE, fixture_quads

if TYPE_CHECKING:
    from rdflib import Dataset

CASES = read_cases(HERE / "expected")
GRAPH = article_graph("2023-05-01-corridor")


def test_answers_in_the_store(store: MemoryStore, catalogue: Catalogue, subtests: pytest.Subtests) -> None:
    def ask(query: StoredQuery, values: Mapping[str, object]) -> Rows:
        return run(store, query, values)

    for case in CASES:
        with subtests.test(str(case)):
            assert differences(case, catalogue[case.query], ask) == ([], [])


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # those that rdflib raises by itself
def test_same_rows_in_rdflib(
    store: MemoryStore, dataset: "Dataset", catalogue: Catalogue, subtests: pytest.Subtests
) -> None:
    """The first case of each query: to plan and to parse one takes rdflib longest, most of all `compare`."""
    from tests.query.rdflib_engine import select

    def ask(query: StoredQuery, values: Mapping[str, object]) -> Rows:
        return select(dataset, query, bind(store, query, values))

    for case in {case.query: case for case in CASES[::-1] if case.query != "compare"}.values():
        with subtests.test(str(case)):
            assert differences(case, catalogue[case.query], ask) == ([], [])


def test_every_query_has_an_answer_with_rows_or_none_expected(catalogue: Catalogue) -> None:
    filled = {case.query for case in CASES if case.rows}
    assert filled == {query.name for query in catalogue if not query.expects_none}
    assert {case.query for case in CASES} == set(catalogue.names)


def test_order_does_not_hang_on_the_store(
    store: MemoryStore, catalogue: Catalogue, subtests: pytest.Subtests
) -> None:
    turned = MemoryStore(reversed(fixture_quads()))
    for query in catalogue:
        with subtests.test(query.name):
            values = query.example if any(each.required for each in query.parameters) else {}
            assert lines(run(turned, query, values)) == lines(run(store, query, values))


def test_a_value_picks_the_rows_that_bear_it(
    store: MemoryStore, catalogue: Catalogue, subtests: pytest.Subtests
) -> None:
    for query in catalogue:
        everything = Rows.of(store.select(query.text))
        for parameter in (each for each in query.parameters if not each.role):
            with subtests.test(query.name, parameter=parameter.name):
                value = parameter.example or parameter.hint
                others = {each.name: each.example for each in query.parameters if each.required}
                (term, *_) = bind(store, query, {**others, parameter.name: value})[parameter.variable]
                column = everything.columns.index(parameter.variable)
                wanted = Counter(terms for terms in everything.terms if terms[column] == term)
                assert Counter(Rows.of(store.select(query.text, {parameter.variable: term})).terms) == wanted


def test_columns_are_those_declared(store: MemoryStore, catalogue: Catalogue) -> None:
    columns = {query.name: store.select(query.text).columns for query in catalogue}
    assert columns == {query.name: tuple(column.name for column in query.columns) for query in catalogue}


def violation(name: str) -> list[Quad]:
    """Return quads that a question whose answer must be no has to find."""
    target, words, place = (NamedNode(f"https://w3id.org/g60kg/claim/a01/{part}") for part in ("t", "w", "p"))
    quads = {
        "companies-that-are-places": [Quad(ID.tencent, RDF.type, G60.Region, GRAPH)],
        "things-in-japan": [Quad(ID.tencent, G60.locatedIn, ID.japan, GRAPH)],
        "regions-in-themselves": [Quad(ID.songjiang, G60.partOf, ID.songjiang, GRAPH)],
        "facts-without-source": [Quad(ID.tencent, G60.cooperatesWith, ID.kuka, GRAPH)],
        "quotes-out-of-step": [
            Quad(ID.x, OA.hasTarget, target, GRAPH),
            Quad(target, OA.hasSelector, words, GRAPH),
            Quad(target, OA.hasSelector, place, GRAPH),
            Quad(words, OA.exact, Literal("松江"), GRAPH),
            Quad(place, OA.start, Literal(0), GRAPH),
            Quad(place, OA.end, Literal(3), GRAPH),
        ],
    }
    return quads[name]


@pytest.mark.parametrize(
    "name", [query.name for query in load_catalogue(resource("queries")) if query.expects_none]
)
def test_a_question_whose_answer_is_no_can_find_something(name: str, catalogue: Catalogue) -> None:
    unsound = MemoryStore([*fixture_quads(), *violation(name)])
    assert len(run(unsound, catalogue[name])) == 1


def test_a_garbled_name_counts_only_where_it_is_preferred(catalogue: Catalogue) -> None:
    quads = [*fixture_quads(), Quad(ID.songjiang, SKOS.altLabel, Literal("Tokyo", language="en"), GRAPH)]
    assert not run(MemoryStore(quads), catalogue["things-in-japan"])


def test_headquarters_lie_in_what_their_place_is_part_of(catalogue: Catalogue) -> None:
    china = (
        Quad(ID.shanghai, G60.partOf, ID.china, GRAPH),
        Quad(ID.china, SKOS.prefLabel, Literal("China"), GRAPH),
    )
    store = MemoryStore([*fixture_quads(), *china])
    (row,) = run(store, catalogue["headquarters"], {"place": "China"}).terms
    assert row[2] == ID.shanghai
    assert row[4] == ID.china


def test_areas_are_ranked_across_units(catalogue: Catalogue) -> None:
    parts = [("hectares", "100", "HA"), ("kilometers", "2", "KiloM2"), ("meters", "900000", "M2")]
    quads = [
        Quad(subject, predicate, object_, GRAPH)
        for name, value, unit in parts
        for subject, predicate, object_ in (
            (ID[name], G60.area, ID[f"{name}-area"]),
            (ID[f"{name}-area"], G60.statisticOf, ID[name]),
            (ID[f"{name}-claim"], RDF.object, ID[f"{name}-area"]),
            (ID[f"{name}-claim"], G60.status, G60.Accepted),
            (ID[f"{name}-area"], G60.measure, G60.area),
            (ID[f"{name}-area"], G60.value, Literal(value, datatype=XSD.decimal)),
            (ID[f"{name}-area"], G60.unit, NamedNode(f"http://qudt.org/vocab/unit/{unit}")),
        )
    ]
    rows = run(MemoryStore(quads), catalogue["figures"], {"top": 2})
    assert [row[0] for row in rows.terms] == [ID.kilometers, ID.hectares]
