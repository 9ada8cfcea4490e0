"""The gazetteer: names that the reader knows, and that enter the graph where they are named."""

import re
from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode

from g60kg.errors import RegisterError
from g60kg.register import Entry, Register, load_register, register_quads
from g60kg.register.register import graph_entries
from g60kg.terms import G60, GEO, ID, SCHEMA, WD

from .conftest import HEAD, Write

FAR = "- {id: far, type: City, en: Far, facts: [partOf: north], source: made}\n"
NORTH = "- {id: north, type: Province, en: North, source: made}\n"


@pytest.fixture
def register(write: Write) -> Register:
    write(one=HEAD)
    return load_register(write("register/gazetteer", two=FAR + NORTH).parent)


def ids(register: Register, *named: str) -> list[str]:
    return [entry.id for entry in graph_entries(register, [ID[name].value for name in named])]


def test_an_entry_of_a_gazetteer_is_known_and_not_in_the_graph(register: Register) -> None:
    assert [entry.id for entry in register.find("far")] == ["far"]
    assert {entry.id: entry.latent for entry in register.entries.values()} == {
        "a": False,
        "far": True,
        "north": True,
    }
    assert {quad.subject for quad in register_quads(register, [])} == {ID.a}


def test_one_that_is_named_comes_with_what_it_lies_in(register: Register) -> None:
    assert ids(register, "north") == ["a", "north"]
    assert ids(register, "far", "nowhere") == ["a", "far", "north"]


def test_one_that_another_file_adds_to_is_in_the_graph(register: Register, write: Write) -> None:
    own = write("own", more="- {extends: far, also: [Afar], source: made}\n")
    asked = load_register(write("register"), own)
    assert ids(asked) == ["a", "far", "north"]
    assert asked.find("Afar")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("code: 341300", "'code' is a text"),
        ("code: '3413'", "'3413' is no code of GB/T 2260; write six digits in quotes"),
        ("geonames: x", "'geonames' is a whole number"),
        ("point: [1]", "'point' is no place on the earth; write [degrees east, degrees north]"),
        ("point: [30, 120]", "no place on the earth"),
        ("point: [true, 1]", "no place on the earth"),
        ("plain: perhaps", "'plain' is true or false"),
    ],
)
def test_what_is_no_code_or_place_is_refused(write: Write, wrong: str, message: str) -> None:
    with pytest.raises(RegisterError, match=re.escape(message)):
        load_register(write(one=f"{HEAD}  {wrong}\n"))


def divisions(packaged: Register, ending: str) -> list[Entry]:
    return [entry for entry in packaged.entries.values() if (entry.code or "").endswith(ending)]


def test_all_divisions_of_prefecture_level_are_known(packaged: Register) -> None:
    first = {entry.id: entry.code for entry in divisions(packaged, "0000")}
    assert len(first) == 33  # 22 provinces, 5 autonomous regions, 4 municipalities, 2 special regions
    second = [entry for entry in divisions(packaged, "00") if entry.id not in first]
    assert len(second) == 333
    for entry in second:
        [place] = entry.containers() - {ID["yangtze-river-delta"]}
        assert entry.code is not None
        assert first[place.value.removeprefix(ID.base)] == f"{entry.code[:2]}0000"
        assert entry.geonames is not None


def test_divisions_of_county_rank_are_what_their_names_in_the_standard_say(packaged: Register) -> None:
    """区 is a district, 县 and 旗 a county, 市 a county-level city; each has a code."""
    kinds = {"区": "g60:District", "县": "g60:County", "旗": "g60:County", "市": "g60:CountyLevelCity"}
    found = [each for each in packaged.entries.values() if each.code and not each.code.endswith("00")]
    assert {each.id: each.types for each in found} == {each.id: (kinds[str(each.zh)[-1]],) for each in found}
    small = {entry.id for entry in packaged.entries.values() if set(entry.types) & set(kinds.values())}
    assert small == {entry.id for entry in found}
    named = {"songjiang": "g60:District", "deqing-county": "g60:County", "tongxiang": "g60:CountyLevelCity"}
    assert {name: packaged.entries[name].types[0] for name in named} == named


def test_codes_and_ids_are_each_of_one_thing(packaged: Register) -> None:
    for values in (
        [entry.code for entry in packaged.entries.values() if entry.code],
        [entry.geonames for entry in packaged.entries.values() if entry.geonames],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_all_cities_of_the_delta_are_there(packaged: Register) -> None:
    delta = {"310000", *(f"{province}{number:02}00" for province, number in DELTA)}
    assert delta <= {entry.code for entry in packaged.entries.values()}
    assert len(delta) == 41
    assert {entry.zh for entry in packaged.find("Taizhou")} == {"台州市", "泰州市"}
    assert {entry.zh for entry in packaged.find("Suzhou City")} == {"苏州市", "宿州市"}


DELTA = [
    *(("32", number) for number in range(1, 14)),
    *(("33", number) for number in range(1, 12)),
    *(("34", number) for number in (*range(1, 9), *range(10, 14), 15, 16, 17, 18)),
]
"""The prefecture-level cities of Jiangsu, Zhejiang and Anhui, by the numbers of GB/T 2260."""


def test_points_lie_where_china_does(packaged: Register) -> None:
    points = {entry.id: entry.point for entry in packaged.entries.values() if entry.point}
    assert len(points) > 290
    for east, north in points.values():
        assert 73 < float(east) < 136
        assert 3 < float(north) < 54
    assert tuple(round(float(each)) for each in points["suzhou-anhui"]) == (117, 34)


def test_a_division_has_its_code_its_place_and_the_same_elsewhere(write: Write) -> None:
    own = f'{HEAD}  code: "341300"\n  geonames: 1793752\n  point: [116.979, 33.636]\n  wikidata: Q1\n'
    quads = register_quads(load_register(write(one=own)))
    point = NamedNode(f"{ID.a.value}#point")
    said = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert {
        (ID.a, G60.divisionCode, Literal("341300")),
        (ID.a, SCHEMA.sameAs, NamedNode("https://sws.geonames.org/1793752/")),
        (ID.a, SCHEMA.sameAs, WD.Q1),
        (ID.a, GEO.hasGeometry, point),
        (point, GEO.asWKT, Literal("POINT(116.979 33.636)", datatype=GEO.wktLiteral)),
    } <= said
