"""Values: typed, checked by their parameter's name, and never a part of the query's text."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import URIRef

from g60kg.errors import AmbiguousName, ParameterError, UnknownName
from g60kg.query import Catalogue, Parameter, Text, bind, run, to_term
from g60kg.query.header import parse_query
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, REGISTER_GRAPH, XSD
from tests.query.conftest import fixture_quads
from tests.query.test_catalogue import HEADER

GOOD = [
    ("string", " any text ", Literal("any text")),
    ("integer", "12", Literal("12", datatype=XSD.integer)),
    ("integer", -3, Literal("-3", datatype=XSD.integer)),
    ("decimal", "12.50", Literal("12.50", datatype=XSD.decimal)),
    ("decimal", Decimal("1E+3"), Literal("1000", datatype=XSD.decimal)),
    ("decimal", 0.5, Literal("0.5", datatype=XSD.decimal)),
    ("year", "2018", Literal("2018", datatype=XSD.integer)),
    ("year", 2018, Literal("2018", datatype=XSD.integer)),
    ("date", "2018-06-01", Literal("2018-06-01", datatype=XSD.date)),
    ("date", date(2018, 6, 1), Literal("2018-06-01", datatype=XSD.date)),
    ("language", "ZH", Literal("zh")),
    ("entity", ID.songjiang, ID.songjiang),
    ("entity", URIRef(ID.songjiang.value), ID.songjiang),
    ("entity", "松江区", ID.songjiang),
    ("unit", "CNY", None),
]


@pytest.mark.parametrize(("kind", "value", "term"), GOOD, ids=str)
def test_a_value_becomes_a_term(kind: str, value: object, term: object, store: MemoryStore) -> None:
    found = to_term(store, Parameter("p", Text("P."), kind), value)
    assert term is None or found == term


BAD = [
    ("integer", "12.5"),
    ("integer", "twelve"),
    ("decimal", "1,000"),
    ("decimal", "NaN"),
    ("decimal", "Infinity"),
    ("year", "18"),
    ("year", "20180"),
    ("year", "２０１８"),
    ("date", "2018-13-01"),
    ("date", "20180601"),
    ("date", "June"),
    ("language", "not a tag"),
    ("string", ""),
    ("string", "a\0b"),
    ("string", "\udcff"),
    ("entity", "  "),
]


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_value_of_the_wrong_type_names_its_parameter(kind: str, value: str, store: MemoryStore) -> None:
    with pytest.raises(ParameterError, match=r"^when: ") as caught:
        to_term(store, Parameter("when", Text("P."), kind), value)
    assert "\n" not in str(caught.value)


def test_an_unknown_parameter_lists_the_nearest(store: MemoryStore, catalogue: Catalogue) -> None:
    with pytest.raises(ParameterError, match="has no parameter 'industri'; it takes: industry"):
        run(store, catalogue["companies-by-industry"], {"industri": "AI"})
    with pytest.raises(ParameterError, match="articles has no parameter 'x'; it takes none"):
        run(store, catalogue["articles"], {"x": 1})


def test_a_missing_parameter_is_named_with_an_example(store: MemoryStore, catalogue: Catalogue) -> None:
    with pytest.raises(
        ParameterError, match="said-of needs a value for 'entity'; give one, such as 'Songjiang'"
    ):
        run(store, catalogue["said-of"])


def test_none_is_not_given(store: MemoryStore, catalogue: Catalogue) -> None:
    assert bind(store, catalogue["companies-by-industry"], {"industry": None}) == {}


def test_a_default_holds_until_a_value_is_given(store: MemoryStore) -> None:
    header = HEADER.replace(
        "#+ columns",
        "#+ parameters: {p: {description: P., type: string, example: a, default: b}}\n#+ columns",
    )
    query = parse_query("x", header, "x.rq")
    assert bind(store, query, {}) == {"p": (Literal("b"),)}
    assert bind(store, query, {"p": "c"}) == {"p": (Literal("c"),)}


HOSTILE = [
    'x" . ?s ?p ?o } #',
    "x' } UNION { ?claim ?p ?o } #",
    "x\\",
    '"""',
    "x> ; <http://e/",
    "?pattern",
    "} ; DROP ALL ; SELECT * {",
    "x\n\r\t",
    "{}",
    "SERVICE <http://127.0.0.1:1/> {}",
    "\u202eabc",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_a_text(value: str, catalogue: Catalogue, store: MemoryStore) -> None:
    assert len(run(store, catalogue["claims-of-article"], {"pattern": value})) == 0
    with pytest.raises(UnknownName):
        run(store, catalogue["companies-by-industry"], {"industry": value})
    with pytest.raises(UnknownName):
        run(store, catalogue["figures"], {"unit": value})
    with pytest.raises(ParameterError):
        run(store, catalogue["timeline"], {"year": value})


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_found_where_it_stands(
    value: str, catalogue: Catalogue, store: MemoryStore
) -> None:
    claims = run(store, catalogue["claims-of-article"])
    subject = store.match(None, G60.pattern, Literal("theme")).__next__().subject
    changed = MemoryStore(
        [*store.match(), Quad(subject, G60.pattern, Literal(value.strip()), REGISTER_GRAPH)]
    )
    assert len(run(changed, catalogue["claims-of-article"], {"pattern": value})) == 1
    assert len(run(changed, catalogue["claims-of-article"])) == len(claims) + 1


STORE = MemoryStore(fixture_quads())


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_is_answered_or_refused_by_name(value: str) -> None:
    for kind in ("string", "entity", "unit", "year", "decimal", "date", "language"):
        with suppress(ParameterError, UnknownName, AmbiguousName):
            assert isinstance(to_term(STORE, Parameter("p", Text("P."), kind), value), NamedNode | Literal)


def test_several_values_ask_for_each_of_them(catalogue: Catalogue, store: MemoryStore) -> None:
    query = catalogue["member-cities"]
    each = [run(store, query, {"place": name}).terms for name in ("Jiaxing", "Hangzhou")]
    both = run(store, query, {"place": ["Jiaxing", "Hangzhou", "Jiaxing"]}).terms
    assert all(each)
    assert set(both) == {row for rows in each for row in rows}
    assert len(both) == sum(map(len, each))
    with pytest.raises(ParameterError, match="place: no value is given"):
        run(store, query, {"place": []})


def test_what_stands_below_a_value_counts_too(catalogue: Catalogue, store: MemoryStore) -> None:
    parks = {row[3] for row in run(store, catalogue["located-in"], {"kind": "park"}).terms}
    assert parks == {G60.Park, G60.ScienceCity, G60.IndustrialPark}


def test_old_and_other_names_of_a_parameter(catalogue: Catalogue, store: MemoryStore) -> None:
    query = catalogue["located-in"]
    wanted = run(store, query, {"place": "Songjiang"}).terms
    assert run(store, query, {"region": "Songjiang"}).terms == wanted
    with pytest.raises(ParameterError, match="place: given under two names"):
        run(store, query, {"region": "Songjiang", "place": "Shanghai"})


def test_an_unknown_parameter_is_answered_with_those_that_there_are(
    catalogue: Catalogue, store: MemoryStore
) -> None:
    with pytest.raises(ParameterError, match="it takes: place, kind, entity; nearest: place"):
        run(store, catalogue["located-in"], {"plase": "Songjiang"})


def test_years_pick_rows_from_one_to_another(catalogue: Catalogue, store: MemoryStore) -> None:
    def years(**values: object) -> set[object]:
        return {row["year"] for row in run(store, catalogue["figures"], values).to_dicts()}

    assert years(from_=2020, to=2022) == {2020, 2021, 2022}
    assert years(to="2019") == {2019}
    with pytest.raises(ParameterError, match="from: '20' is no year"):
        years(**{"from": "20"})


@pytest.mark.parametrize(
    ("old", "new", "values"),
    [
        ("company-counts", "figures", {"measure": "company count"}),
        ("planned-statements", "claims-of-article", {"modality": "planned"}),
        ("claims-to-confirm", "claims-of-article", {"status": "proposed"}),
        ("where-is", "located-in", {}),
        ("conflicting-figures", "disagreements", {}),
    ],
)
def test_a_query_that_was_taken_in_still_answers(
    old: str, new: str, values: dict[str, object], catalogue: Catalogue, store: MemoryStore
) -> None:
    assert old not in catalogue.names
    answer = run(store, catalogue[old])
    assert answer.terms == run(store, catalogue[new], values).terms
    assert len(answer)
