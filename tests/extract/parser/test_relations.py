"""Relations in press prose, sentence by sentence, with all that is read in each."""

import pytest

from tests.extract.parser.reading import lines

READ = {
    # where things are
    "Chengdu High-tech Zone in Sichuan is growing.": ["chengdu-high-tech-zone locatedIn sichuan"],
    "Hefei-based iFlytek is growing.": ["iflytek headquarteredIn hefei"],
    "Wuxi, Jiangsu, is growing.": ["wuxi partOf jiangsu"],
    "Wenzhou's Longwan District is growing.": ["longwan-district partOf wenzhou"],
    "Bosch's new test center at Batu Kawan Industrial Park is large.": [
        "bosch locatedIn batu-kawan-industrial-park",
        "bosch operates new-test-center",
        "new-test-center locatedIn batu-kawan-industrial-park",
    ],
    "Westland Seed Center, a park in Wuhu, is growing.": ["westland-seed-center locatedIn wuhu"],
    "Novo Nordisk of Denmark is growing.": ["novo-nordisk headquarteredIn denmark"],
    "Chery, the carmaker from Wuhu, is growing.": ["chery headquarteredIn wuhu"],
    "A terminal was rebuilt in Wuhu.": ["terminal locatedIn wuhu"],
    "Tenants of Saigon Hi-Tech Park include Intel and Samsung.": [
        "intel locatedIn saigon-hi-tech-park",
        "samsung locatedIn saigon-hi-tech-park",
    ],
    "Siemens has plants of its own in Wuxi and Tianjin.": [
        "siemens locatedIn tianjin",
        "siemens locatedIn wuxi",
    ],
    "The tour led to three sites in Wuhu: Westland Seed Center and Yunfeng Park.": [
        "westland-seed-center locatedIn wuhu",
        "yunfeng-park locatedIn wuhu",
    ],
    "It lured institutes to Anhui, including Yunfeng Center, which belongs to Siemens; and Quanta Center.": [
        "quanta-center locatedIn anhui",
        "yunfeng-center operatedBy siemens",
        "yunfeng-center locatedIn anhui",
    ],
    # who runs, builds and owns what
    "The Tianfu Software Park is run by Chengdu Hi-Tech Investment Group.": [
        "chengdu-hi-tech-investment-group operates tianfu-software-park"
    ],
    "Quanta Robotics belongs to Siemens.": ["quanta-robotics subsidiaryOf siemens"],
    "Bosch signed a deal with Huawei and CATL at the Western China International Fair.": [
        "bosch cooperatesWith catl",
        "bosch cooperatesWith huawei",
    ],
    # corridors, routes, plans
    "Dinghai Economic Belt stretches from Ningbo to Wenzhou along the Yongtaiwen Railway.": [
        "dinghai-economic-belt alongRoute yongtaiwen-railway",
        "dinghai-economic-belt memberCity ningbo",
        "dinghai-economic-belt memberCity wenzhou",
    ],
    "The 13th Five-Year Plan (2016-2020) is over.": [
        "thirteenth-five-year-plan endYear 2020",
        "thirteenth-five-year-plan startYear 2016",
    ],
    "The G60 corridor is long. The corridor runs along the G60 Expressway and links Hefei with Wuhu.": [
        "g60-corridor alongRoute g60-expressway",
        "g60-corridor memberCity hefei",
        "g60-corridor memberCity wuhu",
    ],
    "The 14th Five-Year Plan calls for faster construction of the G60 corridor.": [
        "g60-corridor includedIn fourteenth-five-year-plan"
    ],
    # what is first, largest or only
    "Hyundai Motor Group, South Korea's biggest carmaker, is growing.": [
        'hyundai-motor-group distinction "South Korea\'s biggest carmaker"'
    ],
}


@pytest.mark.parametrize("text", READ)
def test_what_a_sentence_states_is_read(text: str) -> None:
    assert lines(text) == sorted(READ[text])


TIMES = {
    "Founded in 1988, Quanta Robotics is large.": ["quanta-robotics startDate 1988"],
    "The Hull factory opened in December 2016.": ["hull-factory startDate 2016-12"],
    "Construction of the Mianyang Optical Park got under way in November 2022.": [
        "mianyang-optical-park constructionStart 2022-11"
    ],
    "Longwan District hosted the Dinghai Forum on May 4, 2019.": [
        "dinghai-forum date 2019-05-04",
        "dinghai-forum hostedBy longwan-district date=2019-05-04",
    ],
    "The foundation of the mask base of Siemens was laid on January 19, 2022.": [
        "mask-base constructionStart 2022-01-19",
        "siemens operates mask-base modality=planned",
    ],
    "The test center entered service in August 2020.": ["test-center startDate 2020-08"],
}


@pytest.mark.parametrize("text", TIMES)
def test_a_thing_has_the_time_at_which_it_began(text: str) -> None:
    assert lines(text) == sorted(TIMES[text])
