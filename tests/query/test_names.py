"""From names to entities: by any name, in any case, never by a guess."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.errors import AmbiguousName, UnknownName
from g60kg.query import resolve
from g60kg.query.values import resolve_unit
from g60kg.store import MemoryStore
from g60kg.terms import G60, ID, OWL, RDF, REGISTER_GRAPH, SKOS, UNIT
from tests.query.conftest import fixture_quads

WAYS = [
    ("Songjiang District", G60.Region, ID.songjiang),  # preferred
    ("松江区", G60.Region, ID.songjiang),
    ("Songjiang", G60.Region, ID.songjiang),  # other right name
    ("Matsue City", G60.Region, ID.songjiang),  # garbled
    ("songjiang DISTRICT", G60.Region, ID.songjiang),
    ("  Songjiang\tDistrict ", None, ID.songjiang),
    ("id:songjiang", G60.Region, ID.songjiang),
    (ID.songjiang.value, G60.Region, ID.songjiang),
    (f"<{ID.songjiang.value}>", None, ID.songjiang),
    ("Songjiang", G60.District, ID.songjiang),
    ("Haier Ziya Industrial Park", G60.Park, ID["haier-ziya-industrial-park"]),  # a candidate
    ("six-plus-x", G60.IndustryScheme, ID["six-plus-x"]),  # the end of its IRI
    ("６＋Ｘ", G60.IndustryScheme, ID["six-plus-x"]),  # full-width letters
    ("company count", G60.Measure, G60.companyCount),
    ("企业数量", G60.Measure, G60.companyCount),
    ("companyCount", G60.Measure, G60.companyCount),
    ("investment", G60.statistic, G60.investment),  # a sub-property
    ("science city", OWL.Class, G60.ScienceCity),
    (
        "The G60 Science and Technology Innovation Corridor in the Yangtze River Delta",
        G60.Article,
        NamedNode("https://w3id.org/g60kg/article/2023-05-01-corridor"),
    ),
]


@pytest.mark.parametrize(("text", "class_", "entity"), WAYS, ids=str)
def test_any_way_to_name_it(
    text: str, class_: NamedNode | None, entity: NamedNode, store: MemoryStore
) -> None:
    assert resolve(store, text, class_) == entity


def test_classes_below_count_without_inference() -> None:
    stated = [quad for quad in fixture_quads() if "inferred" not in str(quad.graph_name)]
    assert resolve(MemoryStore(stated), "SONGJIANG", G60.Region) == ID.songjiang


def test_a_part_of_a_name_leads_to_the_things_that_bear_it(store: MemoryStore) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, "logistics")
    assert "Songjiang Logistics Park" in caught.value.nearest


def test_an_unknown_name_lists_the_nearest_of_the_class(store: MemoryStore) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, "Sonjiang", G60.Region)
    assert caught.value.nearest[0] == "Songjiang"
    assert "Songjiang Logistics Park" not in caught.value.nearest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tencent",  # no region
        "id:tencent",
        "id:nowhere",
        "http://example.org/x",
        "https://exa mple.org/",
        "<>",
        "id:a b",
        "nope:x",
        'x" . ?s ?p ?o } #',
        'Songjiang" UNION { ?s ?p ?o } #',
        "-",
    ],
)
def test_what_names_no_region(text: str, store: MemoryStore) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, text, G60.Region)
    assert "\n" not in str(caught.value)


def twins(*names: str) -> MemoryStore:
    quads = [*fixture_quads()]
    for number, name in enumerate(names):
        twin = ID[f"twin-{number}"]
        quads.append(Quad(twin, RDF.type, G60.City, REGISTER_GRAPH))
        quads.append(Quad(twin, SKOS.altLabel, Literal(name, language="en"), REGISTER_GRAPH))
    return MemoryStore(quads)


@pytest.mark.parametrize("asked", ["Twin", "twin"])
def test_an_ambiguous_name_lists_the_choices(asked: str) -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve(twins("Twin", "Twin"), asked, G60.City)
    assert caught.value.choices == ("id:twin-0", "id:twin-1")


def test_of_very_many_that_bear_a_name_some_are_told() -> None:
    with pytest.raises(AmbiguousName, match=r"names 10000 things; .*, and 9,980 more$") as caught:
        resolve(twins(*["Twin"] * 10_000), "twin", G60.City)
    assert len(caught.value.choices) == 10_000


def test_the_exact_case_decides_between_names() -> None:
    assert resolve(twins("Twin", "TWIN"), "TWIN", G60.City) == ID["twin-1"]


def test_the_class_decides_between_names() -> None:
    store = MemoryStore(
        [*fixture_quads(), Quad(ID.tencent, SKOS.altLabel, Literal("Wuhu", language="en"), REGISTER_GRAPH)]
    )
    assert resolve(store, "Wuhu", G60.Region) == ID.wuhu
    with pytest.raises(AmbiguousName):
        resolve(store, "Wuhu")


def firms(*names: str) -> MemoryStore:
    quads = [*fixture_quads()]
    for number, name in enumerate(names):
        firm, graph = ID[f"firm-{number}"], NamedNode(f"https://w3id.org/g60kg/graph/article/{number}")
        quads.append(Quad(firm, RDF.type, G60.Company, graph))
        quads.append(Quad(firm, SKOS.prefLabel, Literal(name, language="en"), graph))
    return MemoryStore(quads)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Lanxin Photonics Co., Ltd.", "Lanxin Photonics"),
        ("Lanxin Photonics Co., Ltd.", "lanxin  PHOTONICS"),
        ("奇瑞汽车股份有限公司", "奇瑞汽车"),
        ("ORLEV Intelligent Equipment Co., Ltd.", "ORLEV"),
    ],
)
@pytest.mark.parametrize("class_", [None, G60.Company, G60.Organization])
def test_a_firm_is_found_by_what_it_is_called_for_short(
    name: str, short: str, class_: NamedNode | None
) -> None:
    assert resolve(firms(name), short, class_) == ID["firm-0"]


def test_several_firms_called_so_for_short_are_choices_and_a_whole_name_comes_first() -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve(firms("Lanxin GmbH", "Lanxin Co., Ltd."), "Lanxin")
    assert caught.value.choices == ("id:firm-0", "id:firm-1")
    assert resolve(firms("Lanxin GmbH", "Lanxin"), "Lanxin") == ID["firm-1"]


@pytest.mark.parametrize(
    "text", ["Lanxin", "Lanxin Photonics GmbH", "Photonics", "Co., Ltd.", "Wuhu Co., Ltd."]
)
def test_what_is_no_short_form_of_a_firm(text: str) -> None:
    with pytest.raises(UnknownName):
        resolve(firms("Lanxin Photonics Co., Ltd."), text)


def test_a_place_has_no_legal_form() -> None:
    with pytest.raises(UnknownName):
        resolve(twins("Twin AG"), "Twin")


UNITS = [
    *((text, UNIT.CCY_CNY) for text in ("CNY", "cny", "cur:CNY", "unit:CCY_CNY", UNIT.CCY_CNY.value)),
    ("unit:KiloM", UNIT.KiloM),
    ("KiloM2", UNIT.KiloM2),
]


@pytest.mark.parametrize(("text", "unit"), [*UNITS, (UNIT.HA.value, UNIT.HA), ("g60:Mu", G60.Mu)])
def test_units(text: str, unit: NamedNode, store: MemoryStore) -> None:
    assert resolve_unit(store, text) == unit


def test_a_unit_that_figures_bear_is_known() -> None:
    furlong = NamedNode("http://qudt.org/vocab/unit/FUR")
    assert resolve_unit(MemoryStore([Quad(ID.x, G60.unit, furlong, REGISTER_GRAPH)]), "fur") == furlong


def test_an_unknown_unit(store: MemoryStore) -> None:
    with pytest.raises(UnknownName, match=r"'KiloN'; nearest: .*unit:KiloM"):
        resolve_unit(store, "KiloN")
