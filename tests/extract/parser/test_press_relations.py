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
    "Novara Tools, the gripper specialist, grew. The senior supplier Quanta grew.": [
        "novara-tools develops gripper",
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
    "Ningbo Airport and the Wuhu High-tech Zone are large.": [
        "ningbo-airport locatedIn ningbo",
        "wuhu-high-tech-zone locatedIn wuhu",
    ],
    "At its plant in Wuhu, Kestrel Hydraulics makes electric pumps.": [
        "kestrel-hydraulics develops electric-pumps",
        "kestrel-hydraulics locatedIn wuhu",
        "kestrel-hydraulics operates plant",
        "plant locatedIn wuhu",
    ],
    "Since its founding in 1998 Kestrel Hydraulics has grown.": [
        "kestrel-hydraulics startDate 1998",
    ],
    "The Anhui city of Wuhu is growing.": [
        "wuhu partOf anhui",
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
    "Of the ten largest companies, seven including Siemens, Bosch and Tencent have settled in Hefei.": [
        "bosch locatedIn hefei",
        "hefei companyCount 7 unit:NUM countedKind=largest companies",
        "siemens locatedIn hefei",
        "tencent locatedIn hefei",
    ],
    "Haining county, Jiaxing, is rich.": [
        "haining partOf jiaxing",
    ],
    "Kestrel Hydraulics, headquartered in Meudon, a suburb of Paris, is green.": [
        "kestrel-hydraulics headquarteredIn meudon",
        "meudon partOf paris",
    ],
    "The town of Xiqiao grew. The town, which belongs to the Shunde district of Foshan, sells silk.": [
        "shunde partOf foshan",
        "xiqiao partOf shunde",
    ],
    "LEIPZIG, Germany - The fair grew.": [
        "leipzig partOf germany",
    ],
    "Kestrel Hydraulics, the specialist from Ghent, grew.": [
        "kestrel-hydraulics headquarteredIn ghent",
    ],
    "Kestrel Hydraulics, founded in Lyon in 1998 and headquartered in Lille since 2009, grew.": [
        "kestrel-hydraulics headquarteredIn lille year=2009",
        "kestrel-hydraulics startDate 1998",
    ],
    "The plant at Wavrin, near Lille, belongs to Siemens.": [
        "plant locatedIn wavrin",
        "siemens operates plant",
    ],
    "The harbor of Antwerp is large. It is run by Siemens.": [
        "harbor-of-antwerp locatedIn antwerp",
        "siemens operates harbor-of-antwerp",
    ],
    "Line M1 is long. Line M2 is short. Both are run by Kestrel Rail Group, which belongs to Wuxi.": [
        "kestrel-rail-group locatedIn wuxi",
        "kestrel-rail-group operates line-m1",
        "kestrel-rail-group operates line-m2",
    ],
    "It is run by Kestrel Rail Group, headquartered in Ningbo, which last July opened a mill at Jinhua.": [
        "kestrel-rail-group headquarteredIn ningbo",
        "kestrel-rail-group locatedIn jinhua date=2022-07",
        "kestrel-rail-group operates mill date=2022-07",
        "mill locatedIn jinhua",
        "mill startDate 2022-07",
    ],
    "It is run by Kestrel Group, headquartered in Ningbo, which last July built a mill at Jinhua.": [
        "kestrel-group builds mill date=2022-07",
        "kestrel-group headquarteredIn ningbo",
        "kestrel-group locatedIn jinhua date=2022-07",
        "mill completionDate 2022-07",
        "mill locatedIn jinhua",
    ],
    "The Otto Maier Foundation is old. Siemens is big. The foundation paid for most of the bridge in Bonn.": [
        "bridge locatedIn bonn",
        "otto-maier-foundation investsIn bridge",
    ],
    "Silver Lake Science Park is new. Firms have joined, Siemens and Bosch among them.": [
        "bosch locatedIn silver-lake-science-park",
        "siemens locatedIn silver-lake-science-park",
    ],
    "Silver Lake Science Park is new. Another tenant, Bosch, grew.": [
        "bosch locatedIn silver-lake-science-park",
    ],
    "Haining belongs to the G60 corridor together with Jinhua and Xuancheng.": [
        "g60-corridor memberCity haining",
        "g60-corridor memberCity jinhua",
        "g60-corridor memberCity xuancheng",
    ],
    "Trimora, a joint venture between Germany's Siemens, the carmaker SAIC and Bosch, grew.": [
        "siemens headquarteredIn germany",
        "trimora foundedBy bosch",
        "trimora foundedBy saic-motor",
        "trimora foundedBy siemens",
    ],
    "Line M1, opened in 2011, is long. Construction began in March 2007.": [
        "line-m1 constructionStart 2007-03",
        "line-m1 startDate 2011",
    ],
    "Since 2020 Xiqiao has been home to a robot academy. It is run by Siemens.": [
        "robot-academy locatedIn xiqiao year=2020",
        "siemens operates robot-academy",
    ],
    "Siemens opened a depot in Wuhu in May.": [
        "depot locatedIn wuhu",
        "depot startDate 2023-05",
        "siemens operates depot date=2023-05",
    ],
    "The plant in Yijiang, another district of Wuhu, which was opened in 2016, grew.": [
        "plant locatedIn yijiang-district",
        "plant startDate 2016",
        "yijiang-district partOf wuhu",
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
        "technology-park companyCount 90 unit:NUM",
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
