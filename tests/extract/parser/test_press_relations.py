"""Relations and years in press prose, read as a reader with the recogniser of entities does."""

from functools import cache

import pytest

from g60kg.extract.parser.frame_checks import read_lines
from g60kg.extract.parser.reader import ParserReader, load_parser_reader
from tests.extract.parser.reading import lexicon

READ: dict[str, list[str]] = {
    "The pump maker Kestrel Hydraulics was bought by Siemens.": [
        "kestrel-hydraulics develops pump",
        "kestrel-hydraulics subsidiaryOf siemens",
    ],
    "Kestrel Hydraulics sells screws and drills.": [
        "kestrel-hydraulics develops drills",
        "kestrel-hydraulics develops screws",
    ],
    "Kestrel Ltd, which has its headquarters in Lyon, develops the first phase and a part of the site.": [
        "kestrel-ltd builds first-phase",
        "kestrel-ltd headquarteredIn lyon",
    ],
    "The trams were built in Wuxi by Kestrel Hydraulics.": ["kestrel-hydraulics locatedIn wuxi"],
    "At its plant in Wuhu, Kestrel Hydraulics makes electric pumps.": [
        "kestrel-hydraulics develops electric-pumps",
        "kestrel-hydraulics locatedIn wuhu",
        "kestrel-hydraulics operates plant",
        "plant locatedIn wuhu",
    ],
    "Since its founding in 1998 Kestrel Hydraulics has grown.": [
        "kestrel-hydraulics startDate 1998",
    ],
    "The river city of Wuhu in Anhui is growing.": [
        "wuhu partOf anhui",
    ],
    "Hefei is home to a battery institute, a chip plant and a pump museum.": [
        "battery-institute locatedIn hefei",
        "chip-plant locatedIn hefei",
        "pump-museum locatedIn hefei",
    ],
    "The turbine plant invested by Siemens is large.": [
        "siemens investsIn turbine-plant",
    ],
    "As an important city in Anhui, Wuhu has many firms.": [
        "wuhu partOf anhui",
    ],
    "Kestrel Hydraulics said that it will grow. The Wuhu plant of Kestrel Hydraulics is large.": [
        "kestrel-hydraulics locatedIn wuhu",
        "kestrel-hydraulics operates wuhu-plant",
        "wuhu-plant locatedIn wuhu",
    ],
    "Hefei, home to Bosch and Siemens, is growing.": [
        "bosch locatedIn hefei",
        "siemens locatedIn hefei",
    ],
    "Hefei is home to more than 900 enterprises, among them Tencent and Siemens.": [
        "hefei companyCount more than 900 unit:NUM countedKind=enterprises",
        "siemens locatedIn hefei",
        "tencent locatedIn hefei",
    ],
    "Of the ten largest companies, seven including Siemens, Bosch and Tencent have settled in Hefei.": [
        "bosch locatedIn hefei",
        "siemens locatedIn hefei",
        "tencent locatedIn hefei",
    ],
    "Kestrel Hydraulics, headquartered in Meudon, a suburb of Paris, is green.": [
        "kestrel-hydraulics headquarteredIn meudon",
        "meudon partOf paris",
    ],
    "The town of Xiqiao grew. The town, which belongs to the Shunde district of Foshan, sells silk.": [
        "shunde partOf foshan",
        "xiqiao partOf shunde",
    ],
    "Kestrel Hydraulics, the specialist from Ghent, grew.": [
        "kestrel-hydraulics headquarteredIn ghent",
    ],
    "Kestrel Hydraulics, founded in Lyon in 1998 and headquartered in Lille since 2009, grew.": [
        "kestrel-hydraulics headquarteredIn lille year=2009",
        "kestrel-hydraulics locatedIn lyon",
        "kestrel-hydraulics startDate 1998",
    ],
    "The plant at Wavrin, near Lille, belongs to Siemens.": [
        "plant locatedIn wavrin",
        "plant operatedBy siemens",
    ],
    "The harbor of Antwerp is large. It is run by Siemens.": [
        "harbor-of-antwerp locatedIn antwerp",
        "siemens operates harbor-of-antwerp",
    ],
    "The Otto Maier Foundation is old. Siemens is big. The foundation paid for most of the bridge in Bonn.": [
        "bridge locatedIn bonn",
        "otto-maier-foundation investsIn bridge",
    ],
    "Silver Lake Science Park is new. Another tenant, Bosch, grew.": [
        "bosch locatedIn silver-lake-science-park",
    ],
    "Haining belongs to the G60 corridor together with Jinhua and Xuancheng.": [
        "g60-corridor memberCity haining",
        "g60-corridor memberCity jinhua",
        "g60-corridor memberCity xuancheng",
    ],
    "Line M1, opened in 2011, is long. Construction began in March 2007.": [
        "line-m1 constructionStart 2007-03",
        "line-m1 startDate 2011",
    ],
    "Since 2020 Xiqiao has been home to a robot academy. It is run by Siemens.": [
        "robot-academy inIndustry robotics",
        "robot-academy locatedIn xiqiao year=2020",
        "siemens operates robot-academy",
    ],
    "Siemens opened a depot in Wuhu in May.": [
        "depot locatedIn wuhu",
        "depot startDate 2023-05",
        "siemens locatedIn wuhu date=2023-05",
        "siemens operates depot date=2023-05",
    ],
    "Anton Weber, who owns Kestrel Hydraulics, grew rich.": [],
    "Siemens began to build a data center in February.": [
        "data-center constructionStart 2023-02",
        "siemens builds data-center date=2023-02",
    ],
    "Ground was broken for the Innovation Park Artificial Intelligence, or Ipai.": [],
    "Granada's technology park has 90 firms. Siemens has had a mill in Wuhu since 1987.": [
        "mill locatedIn wuhu",
        "siemens locatedIn wuhu year=1987",
        "siemens operates mill year=1987",
        "technology-park companyCount 90 unit:NUM countedKind=firms",
        "technology-park locatedIn granada",
    ],
    "Ordos, in the north of Inner Mongolia, is old.": [
        "ordos partOf inner-mongolia",
    ],
    "Nantong, on the bank of a river in Jiangsu, is growing.": [
        "nantong partOf jiangsu",
    ],
    "Bosch and Siemens agreed to build a laboratory together.": [
        "bosch builds laboratory modality=planned",
        "bosch cooperatesWith siemens modality=planned",
        "siemens builds laboratory modality=planned",
    ],
    "Siemens put up a pump plant in Wuxi. The factory opened in 2019.": [
        "pump-plant locatedIn wuxi",
        "pump-plant startDate 2019",
        "siemens builds pump-plant",
        "siemens locatedIn wuxi",
    ],
    "The contractor of Westland Seed Center is Siemens.": [
        "siemens builds westland-seed-center",
    ],
    "Siemens runs a center in Wuxi founded in 2009.": [
        "center locatedIn wuxi",
        "center startDate 2009",
        "siemens locatedIn wuxi",
        "siemens operates center",
    ],
    "The carmaker Chery is old. The carmaker from Wuhu is growing.": [
        "chery headquarteredIn wuhu",
    ],
    "A new energy project was begun in Wuxi.": [
        "new-energy-project inIndustry new-energy",
        "new-energy-project locatedIn wuxi",
    ],
    "Line 8 of the metro was opened in 2019 by Kestrel Metro Group.": [
        "kestrel-metro-group operates line-8 year=2019",
        "line-8 startDate 2019",
    ],
    "At Mohan, a border town in Yunnan, a logistics center opened.": [
        "logistics-center locatedIn mohan",
        "mohan partOf yunnan",
    ],
    "Kestrel Ltd will use the pumps of Japan's Powerlink Group, its partner since then.": [
        "powerlink-group cooperatesWith kestrel-ltd",
        "powerlink-group headquarteredIn japan",
    ],
    "Kestrel Ltd, an operator of data centers headquartered in Zurich, is growing.": [
        "kestrel-ltd headquarteredIn zurich"
    ],
    "Kestrel Ltd, a maker of yarn with headquarters in Wuxi, is growing.": [
        "kestrel-ltd headquarteredIn wuxi"
    ],
    "Kestrel Ltd, with its plant in Wuhu, is growing.": [
        "kestrel-ltd locatedIn wuhu",
        "kestrel-ltd operates plant",
        "plant locatedIn wuhu",
    ],
    "Kestrel Ltd's plants in Wuhu and Hefei are large.": [
        "kestrel-ltd locatedIn hefei",
        "kestrel-ltd locatedIn wuhu",
    ],
    "Kestrel Ltd, a start-up from Hefei, has its head office in Wuxi.": [
        "kestrel-ltd headquarteredIn hefei",
        "kestrel-ltd headquarteredIn wuxi",
    ],
    "Run by Kestrel Ltd, the new plant is large.": ["kestrel-ltd operates new-plant"],
    "Dongguan, a manufacturing city in the Pearl River Delta of Guangdong, is growing.": [
        "dongguan partOf guangdong"
    ],
    "Kestrel Ltd, a company in which Siemens holds a stake of 48 percent, is growing.": [
        "siemens investsIn kestrel-ltd",
        "siemens share 48 unit:PERCENT countedKind=stake",
    ],
    "Kestrel Ltd, whose parent, Siemens, is large, is growing.": ["kestrel-ltd subsidiaryOf siemens"],
    "Siemens and its Danish partner Kestrel Ltd opened a test center.": [
        "kestrel-ltd operates test-center",
        "siemens cooperatesWith kestrel-ltd",
        "siemens operates test-center",
    ],
    "The biggest packer, Kestrel Ltd, belongs to Siemens.": ["kestrel-ltd subsidiaryOf siemens"],
    "Wuhu is Bosch's largest single market.": ['wuhu distinction "Bosch\'s largest single market"'],
    "In Wuhu, Kestrel Ltd bought land to build a pump plant.": [
        "kestrel-ltd builds pump-plant modality=planned",
        "kestrel-ltd locatedIn wuhu modality=planned",
        "pump-plant locatedIn wuhu modality=planned",
    ],
    "Westland Seed Center, which Siemens laid out in 2008, is large.": [
        'westland-seed-center milestone "laid out" year=2008'
    ],
    "Kestrel Ltd opened a plant in Wuhu, its first in China.": [
        "kestrel-ltd locatedIn wuhu",
        "kestrel-ltd operates plant",
        "plant locatedIn wuhu",
    ],
    "Yunfeng Park, Wuhu, is growing.": ["yunfeng-park locatedIn wuhu"],
    "The pump plant, paid for and built by Kestrel Ltd, is large.": [
        "kestrel-ltd builds pump-plant",
        "kestrel-ltd investsIn pump-plant",
    ],
    "Kestrel Ltd used the fair to sign an agreement with Siemens.": ["kestrel-ltd cooperatesWith siemens"],
    "Kestrel Ltd will open science parks in Wuhu and Hefei.": [
        "kestrel-ltd locatedIn hefei modality=planned",
        "kestrel-ltd locatedIn wuhu modality=planned",
    ],
    "Kestrel Ltd has its Asian headquarters in Shanghai.": [
        "asian-headquarters locatedIn shanghai",
        "kestrel-ltd locatedIn shanghai",
        "kestrel-ltd operates asian-headquarters",
    ],
    "Siemens raised 350 million yuan from Kestrel Ltd.": [
        "kestrel-ltd investsIn siemens",
        "siemens amount 350000000 unit:CCY_CNY countedKind=raised",
    ],
    "An affiliate of Siemens, Kestrel Ltd, is planning a plant in Wuhu.": [
        "kestrel-ltd builds plant modality=planned",
        "kestrel-ltd subsidiaryOf siemens",
        "plant locatedIn wuhu modality=planned",
    ],
    "Kestrel Pumps (Denmark) opened a plant in Wuhu.": [
        "kestrel-pumps locatedIn denmark",
        "kestrel-pumps locatedIn wuhu",
        "kestrel-pumps operates plant",
        "plant locatedIn wuhu",
    ],
    "Kestrel Ltd was awarded the contract for a tunnel in Wuhu.": [
        "kestrel-ltd builds tunnel",
        "tunnel locatedIn wuhu",
    ],
    "Kestrel Ltd, present in Wuhu since 2005, runs a tank farm.": [
        "kestrel-ltd operates tank-farm",
    ],
    "Kestrel Ltd and Siemens, both headquartered in Hefei, are large.": [
        "kestrel-ltd headquarteredIn hefei",
        "siemens headquarteredIn hefei",
    ],
    "A laboratory of 300 square meters, run by Siemens, is large.": [
        "laboratory floorArea 300 unit:M2",
        "siemens operates laboratory",
    ],
    "Kestrel Ltd makes pumps at plants in Wuhu and Hefei.": [
        "kestrel-ltd develops pumps",
        "kestrel-ltd locatedIn hefei",
        "kestrel-ltd locatedIn wuhu",
    ],
    "The pump maker Kestrel Ltd and Siemens are large.": ["kestrel-ltd develops pump"],
    "Among them are those of Bosch's Hefei branch and the bowl maker Kestrel Ltd in Wuhu.": [
        "bosch locatedIn hefei",
        "bosch operates hefei-branch",
        "hefei-branch locatedIn hefei",
        "kestrel-ltd develops bowl",
        "kestrel-ltd locatedIn wuhu",
    ],
    "Siemens and the Brain and Vision Laboratory have teamed up.": [
        "siemens cooperatesWith brain-and-vision-laboratory",
    ],
}


@cache
def _reader() -> ParserReader:
    return load_parser_reader(lexicon())


def _lines(text: str) -> list[str]:
    """Return the claims of a text without the prefixes of their terms."""
    return [line.replace("id:", "").replace("g60:", "") for line in read_lines(text, _reader())]


@pytest.mark.parametrize("text", READ)
def test_what_a_text_states_is_read(text: str) -> None:
    assert _lines(text) == READ[text]
