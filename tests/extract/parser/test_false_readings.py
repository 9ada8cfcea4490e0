"""What a careless reader takes from a text, and it does not say."""

import pytest

from tests.extract.parser.reading import lines

NEVER = {
    "The nine cities of the G60 corridor are Shanghai, Hangzhou and Hefei.": "proposedBy",
    "Quanta Robotics, a maker of phones based in Shenzhen, is growing.": "phones-based",
    "The plant in Wuhu was praised when Siemens opened it in 2020.": "locatedIn wuhu year=2020",
    "In 2019 Hefei held a forum at Westland Seed Center in Suzhou.": "locatedIn suzhou year=2019",
    "Siemens, whose parent is the largest maker of lidar chips, is growing.": "siemens develops",
    "Westland Seed Center and a museum that is run by Siemens are large.": "operates westland",
    "Hefei has 544,000 NEVs on its roads.": "nevs",
    "Huawei launched its Mate phone in 2021.": "huawei startDate",
    "Since its launch in 2016, the G60 corridor has grown to nine cities.": "cities year",
    "Tencent ranks ninth among the 219 firms.": "ount 219",
    "Tencent bought a hall at 401 Precision Drive.": "401",
    "Tencent has introduced 270 State enterprises.": "id:state",
    "Wuhu, a city of 4 million people in southeastern Anhui, is growing.": "anhui g60:count",
    "Tencent opened a plant in China, a 3 million euro hall.": "china g60:investment",
    "Siemens put an LNG terminal into operation in 2020.": "siemens startDate",
    "Kellogg started production in Wuhu in 2017.": "startDate",
    "Westland opened an LNG terminal in Wuhu.": "lng operates",
    "Siemens has begun to build the first phase of a plant.": "siemens develops",
    "Songjiang's G60 corridor is large.": "locatedIn",
    "In 2017 the G60 corridor was extended to Hefei.": "startYear",
    "The Tianfu Software Park project lies in Hefei.": "tianfu-software-park-project",
    "TUS-City Group runs science parks.": "science-parks",
    "Siemens closed its plant in Wuxi.": "plant",
    "Siemens sells chips in Suzhou.": "locatedIn",
    "Siemens said in Hefei that it would grow.": "locatedIn",
    "A delegation from Wuhu visited Siemens in Shanghai.": "wuhu",
    "Siemens supplies Linde's plant in Hefei.": "siemens",
    "Westland Seed Center lies outside Hangzhou.": "hangzhou",
    "The plant of a rival of Siemens burned down.": "siemens",
    "Bosch has never settled in Jiaxing.": "jiaxing",
    "Bosch failed to settle in Hangzhou.": "hangzhou",
    "Siemens has its regional headquarters in Wuhu.": "headquarteredIn",
    "Siemens begins to build a pump plant. It covers 30 mu.": "siemens area",
    "The Wuhu Park Committee met. The park has 300 firms.": "committee companyCount",
    "Haier, Bosch and Siemens, the last two of them based in Hefei, grew.": "haier headquarteredIn",
    "Siemens, present in Wuhu since 2005, runs a tank farm.": "year=2005",
    "Siemens said on Monday it would open a plant in Wuhu.": "date=",
    "JAC Motors, located in Hefei, and Bosch have struck a partnership.": "bosch locatedIn",
}


@pytest.mark.parametrize("text", NEVER)
def test_what_is_not_said_is_not_read(text: str) -> None:
    assert [line for line in lines(text) if NEVER[text] in line] == []


def test_what_may_be_is_planned() -> None:
    assert lines("Bosch may settle in Songjiang.") == ["bosch locatedIn songjiang modality=planned"]
    assert lines("Haier plans to open a factory in Huzhou.") == [
        "factory locatedIn huzhou modality=planned",
        "haier locatedIn huzhou modality=planned",
        "haier operates factory modality=planned",
    ]
