"""The names of the packaged register: what the domain notes say of them must hold."""

import unicodedata
from pathlib import Path

import pytest
import yaml

from g60kg.register import Register, fold
from g60kg.resources import resource
from g60kg.terms import ID

SHARED = Path(__file__).parents[2].parent / "shared"

GARBLED = [
    ("Matsue", "songjiang", "松江区"),
    ("Matsue City", "songjiang", "松江区"),
    (
        "Tokyo Artificial Intelligence Industrial Base",
        "dongjing-artificial-intelligence-industrial-base",
        "洞泾人工智能产业基地",
    ),
    (
        "Linhang Songjiang Science and Technology City",
        "lingang-songjiang-science-and-technology-city",
        "临港松江科技城",
    ),
    ("Songjiang Science and Technology Film Park", "songjiang-sci-tech-film-city", "松江科技影都"),
    (
        "Songjiang University Urban Entrepreneurship Innovation Cluster Zone",
        "songjiang-university-town-innovation-cluster",
        "松江大学城双创集聚区",
    ),
    ("Songjiang Intelligent Logistics Functional Zone", "songjiang-smart-logistics-functional-zone", None),
    ("Zhengtai Qidi Smart Electric Port", "chint-tus-smart-electric-port", "正泰启迪智电港"),
    ("Super Semiconductor", "advanced-silicon-technology", "上海超硅半导体"),
    ("Xiancheng", "xuancheng", "宣城市"),
    ("Auster", "austar", "奥星"),
    ("in Japan", "china", "中国"),
]
RIGHT = [
    ("Songjiang New City Headquarters R&D Function Zone", "松江新城总部研发功能区"),
    ("Songjiang Economic and Technological Development Zone, Western Area", "松江经济技术开发区西区"),
    ("Songjiang Economic and Technological Development Zone Western Area", "松江经济技术开发区西区"),
    ("Songjiang Economic and Technological Development Zone, Eastern Area", "松江经济技术开发区东区"),
    ("Songjiang Economic and Technological Development Zone Eastern Area", "松江经济技术开发区东区"),
    ("Songjiang Export Processing Zone", "松江出口加工区"),
    ("Songjiang Comprehensive Bonded Zone", "松江出口加工区"),
    ("Haier Zhigu", "海尔智谷"),
    ("Haier Smart Valley", "海尔智谷"),
    ("Xiuzheng Pharmaceuticals", "修正药业"),
    ("OmniVision", "豪威科技"),
    ("Quectel Communication", "移远通信"),
    ("Fosun Pharma", "复星医药"),
    ("Haohai Biological", "昊海生科"),
    ("Huadao Biotechnology", "华道生物"),
    ("CSG", "科大智能"),
    ("Kuka", "库卡"),
    ("Tencent’s G60 artificial intelligence advanced computing center", "腾讯长三角人工智能先进计算中心"),
    ("G60 Brain Intelligence Science and Technology Innovation Base", "G60脑智科创基地"),
    ("2017 strategic cooperation agreement", "沪嘉杭G60科创走廊战略合作协议"),
    ("Songjiang Declaration", "松江宣言"),
    ("14th Five-Year Plan", "十四五规划和2035年远景目标纲要"),
    ("2035 Vision", "十四五规划和2035年远景目标纲要"),
    ("Outline of the Yangtze River Delta Regional Development Plan", "长江三角洲区域一体化发展规划纲要"),
    ("G60 highway", "沪昆高速公路"),
    ("Shanghai-Suzhou-Huzhou high-speed railway", "沪苏湖高速铁路"),
    ("Songjiang hub", "松江枢纽"),
    ("Yangtze River Delta", "长江三角洲"),
    ("Tokyo", "东京"),
]
CORRIDOR = [
    "G60 science and technology innovation corridor",
    "G60 science and technology corridor",
    "Yangtze River Delta G60 Science and Technology Corridor",
    "G60 Science, Technology and Innovation Corridor",
    "Shanghai-Jiaxing-Hangzhou G60 science and technology corridor",
    "G60 Sci-Tech Corridor",
    "G60 Science and Innovation Corridor",
    "G60 S&T Innovation Valley",
    "G60 hi-tech innovation corridor",
    "G60 sci-tech corridor",
    "G60 High-Tech Corridor",
    "长三角G60科创走廊",
    "G60 corridor",
]
INDUSTRY_WORDS = [
    ("AI", "artificial-intelligence"),
    ("biopharmaceutical", "biomedicine"),
    ("integrated circuit", "integrated-circuits"),
    ("intelligent security", "smart-security"),
    ("intelligent manufacturing", "smart-manufacturing"),
    ("headquarters", "headquarters-economy"),
    ("culture", "cultural-industry"),
    ("urban industry", "urban-industry"),
    ("online economy", "online-economy"),
    ("financial services", "financial-services"),
    ("satellite internet", "satellite-internet"),
    ("information technology", "information-technology"),
]


@pytest.mark.parametrize(("name", "id", "zh"), GARBLED)
def test_garbled_names_are_repaired_with_a_reason(
    packaged: Register, name: str, id: str, zh: str | None
) -> None:
    [found] = packaged.find(name)
    assert (found.id, found.zh) == (id, zh)
    [repair] = [repair for repair in found.garbled if repair.name == name]
    assert repair.reason.endswith(".")


@pytest.mark.parametrize(("name", "zh"), RIGHT)
def test_right_names_are_found_and_are_no_repairs(packaged: Register, name: str, zh: str) -> None:
    [found] = packaged.find(name)
    assert found.zh == zh
    assert name not in [repair.name for repair in found.garbled]


@pytest.mark.parametrize("name", CORRIDOR)
def test_the_corridor_is_found_under_all_its_names(packaged: Register, name: str) -> None:
    assert [found.id for found in packaged.find(name)] == ["g60-corridor"]


@pytest.mark.parametrize(("name", "id"), INDUSTRY_WORDS)
def test_industries_are_found_by_the_words_of_the_texts(packaged: Register, name: str, id: str) -> None:
    assert [found.id for found in packaged.find(name)] == [id]


@pytest.mark.parametrize("name", ["version 1.0", "1.0 version"])
def test_phases_are_found(packaged: Register, name: str) -> None:
    for n in "123":
        assert [found.id for found in packaged.find(name.replace("1", n))] == [f"g60-corridor-phase-{n}"]


def test_names_are_written_plainly(packaged: Register) -> None:
    """Extraction reads a plain view of a text: straight apostrophes, no quotation marks, plain hyphens."""
    for name in packaged.names():
        assert not set(name.name) & set('‘’“”"`–—‐‑\u00a0'), name.entry.id
        assert name.name == unicodedata.normalize("NFC", name.name)


def test_what_stays_unresolved_is_not_in_the_register(packaged: Register) -> None:
    for name in (
        "Haier Ziya Industrial Park",
        "Cai Bin",
        "Jiang Huihui",
        "Cao Jin",
        "strategic cooperation agreement",
    ):
        assert packaged.find(name) == ()
    assert packaged.entries["tokyo"].facts[0].object == ID.japan


def test_matsue_and_the_domestic_are_repaired_in_their_articles_alone(packaged: Register) -> None:
    metadata = resource("data", "articles", "2023-07-11-g60-corridor.yaml")
    note = yaml.safe_load(metadata.read_text(encoding="utf-8"))["note"]
    for id, name in (("songjiang", "Matsue"), ("china", "in Japan")):
        [repair] = [repair for repair in packaged.entries[id].garbled if repair.name == name]
        assert repair.applies_to(note)
        assert not repair.applies_to(None)
        assert not repair.applies_to("As published.")


GAZETTEERS = (
    "divisions.yaml",
    "counties.yaml",
    "neighbours.yaml",
    "industries-further.yaml",
    "companies-further.yaml",
    "organizations-further.yaml",
)
"""Files that list all of a kind round the corridor, for texts not seen yet."""


def test_a_name_that_no_text_has_stands_for_a_reason(packaged: Register) -> None:
    """Entries that no development text names: people look them up, or facts of others need them."""
    if not SHARED.is_dir():
        pytest.skip("the development texts are not beside the repository")
    texts = sorted((SHARED / "articles").glob("*.txt"))
    folded = fold(" ".join(path.read_text(encoding="utf-8") for path in texts))
    named = {name.entry.id for name in packaged.names() if fold(name.name) in folded}
    listed = {entry.id for entry in packaged.entries.values() if Path(entry.place.path).name in GAZETTEERS}
    assert sorted(packaged.entries.keys() - named - listed) == [
        "austar",
        "dongjing",
        "henlius",
        "hlx01",
        "industry-thesaurus",
        "strategic-cooperation-agreement-2017",
        "strategic-cooperation-agreement-2018",
        "thirteenth-five-year-plan",
    ]
