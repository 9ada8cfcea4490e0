"""The facts and links of the packaged register: what the domain notes say of them must hold."""

import re

from g60kg.register import Register
from g60kg.terms import G60, ID, SKOS

WIKIDATA = {
    "shanghai": "Q8686",
    "zhejiang": "Q16967",
    "jiangsu": "Q16963",
    "anhui": "Q40956",
    "hangzhou": "Q4970",
    "suzhou": "Q42622",
    "hefei": "Q185684",
    "songjiang": "Q662380",
    "tencent": "Q860580",
    "jiaxing": "Q58178",
    "huzhou": "Q42664",
    "jinhua": "Q58210",
    "wuhu": "Q359990",
    "xuancheng": "Q360942",
}
PROVINCES = {
    "zhejiang": ["jiaxing", "hangzhou", "jinhua", "huzhou"],
    "jiangsu": ["suzhou"],
    "anhui": ["xuancheng", "wuhu", "hefei"],
    "shanghai": ["songjiang"],
}
SIX = [
    "artificial-intelligence",
    "biomedicine",
    "integrated-circuits",
    "new-materials",
    "new-energy",
    "smart-security",
]


def objects(register: Register, id: str, predicate: object) -> set[str]:
    facts = register.entries[id].facts
    return {fact.object.value.removeprefix(ID.base) for fact in facts if fact.predicate == predicate}


def test_wikidata_ids_are_those_of_the_notes_and_no_others(packaged: Register) -> None:
    assert {entry.id: entry.wikidata for entry in packaged.entries.values() if entry.wikidata} == WIKIDATA


def test_cities_lie_in_their_provinces_and_provinces_in_china_and_the_delta(packaged: Register) -> None:
    for province, cities in PROVINCES.items():
        assert objects(packaged, province, G60.partOf) == {"china", "yangtze-river-delta"}
        for city in cities:
            assert objects(packaged, city, G60.partOf) == {province}


def test_nothing_but_tokyo_lies_in_japan(packaged: Register) -> None:
    inside = [
        entry.id for entry in packaged.entries.values() for fact in entry.facts if fact.object == ID.japan
    ]
    assert inside == ["tokyo"]


def test_the_nine_zones_are_three_and_six_and_lie_in_songjiang(packaged: Register) -> None:
    for kind, count in (("g60:ScienceCity", 3), ("g60:InnovationArea", 6)):
        zones = [entry.id for entry in packaged.entries.values() if kind in entry.types]
        assert len(zones) == count
        assert all(objects(packaged, zone, G60.locatedIn) & {"songjiang", "dongjing"} for zone in zones)


def test_six_industries_stand_in_the_scheme_and_hierarchies_have_no_circle(packaged: Register) -> None:
    assert [id for id in packaged.entries if objects(packaged, id, G60.inScheme)] == sorted(SIX)
    for id in packaged.entries:
        above, seen = objects(packaged, id, SKOS.broader), {id}
        while above:
            assert not above & seen, id
            seen |= above
            above = {broader for one in above for broader in objects(packaged, one, SKOS.broader)}


def test_every_entry_has_a_source_and_chinese_names_are_chinese(packaged: Register) -> None:
    for entry in packaged.entries.values():
        assert entry.source
        assert all(fact.source for fact in entry.facts)
        for name in (entry.zh, *entry.also_zh):
            assert name is None or re.search("[\u4e00-\u9fff]", name), entry.id
        for name in (entry.en, *entry.also, *entry.adjective):
            assert not re.search("[\u4e00-\u9fff]", name), entry.id


def test_companies_whose_name_tells_their_business_have_an_industry(packaged: Register) -> None:
    words = {"Pharma": "biomedicine", "New Energy": "new-energy", "Insurance": "financial-services"}
    for entry in packaged.entries.values():
        for word, industry in words.items():
            if word in entry.en and "g60:Company" in entry.types:
                assert objects(packaged, entry.id, G60.inIndustry) == {industry}
