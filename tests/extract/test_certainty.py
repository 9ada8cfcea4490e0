"""What is read where a sentence leaves room for doubt: the right thing, or nothing."""

import pytest

from tests.extract.packaged import claims, lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Songjiang is larger than Jiading, a district of Shanghai with 1.8 million people.",
            "id:jiading-district g60:population 1800000 unit:NUM",
        ),
        (
            "Songjiang, which in 2010 had 200 tea companies, grows.",
            "id:songjiang g60:companyCount 200 unit:NUM countedKind=tea companies year=2010",
        ),
        (
            "Haier will come to Wuhu and employ 300 people.",
            "id:haier g60:count 300 unit:NUM countedKind=people modality=planned",
        ),
        (
            "Hefei Chang'an Automobile, founded in 1981, grows.",
            "id:hefei-changan-automobile g60:startDate 1981",
        ),
        (
            "Songjiang lies in Shanghai, which grows and has 25 million people.",
            "id:shanghai g60:population 25000000 unit:NUM",
        ),
        (
            "Songjiang received 139 tea and coffee awards.",
            "id:songjiang g60:count 139 unit:NUM countedKind=tea and coffee awards",
        ),
        (
            "The Ministry of Science and Technology and Songjiang founded the Blue Tea Institute.",
            "id:blue-tea-institute g60:foundedBy id:ministry-of-science-and-technology",
        ),
        (
            "Siemens runs a new pump plant in Wuhu. The 3-billion-yuan plant, which employs 18 people, can "
            "turn out 40 pumps a year.",
            "id:new-pump-plant-example g60:investment 3000000000 unit:CCY_CNY",
        ),
        (
            "Siemens runs a main factory in Wuhu. It grew. So did the Shenzhen Stock Exchange. The Wuhu "
            "Development Zone, where the factory is located, is large.",
            "id:main-factory-example g60:locatedIn id:wuhu-development-zone",
        ),
        (
            "Jiangsu Hengrun Marine Equipment said on Wednesday that its plant has opened. Hengrun's revenue "
            "rose 4 percent.",
            "id:jiangsu-hengrun-marine-equipment g60:growth 4 unit:PERCENT countedKind=revenue",
        ),
        (
            "Wuhu counts 560 German companies. They have invested a total of 6.5 billion dollars.",
            "id:wuhu g60:investment 6500000000 unit:CCY_USD",
        ),
        (
            "Siemens will set up a materials laboratory with Nantong University. The laboratory is to open "
            "in 2028.",
            "id:materials-laboratory-example g60:startDate 2028 modality=planned",
        ),
        (
            "The port city of Jiangyin grew. Farsun Wire is traded in Shanghai. It is the city's 62nd firm.",
            "id:farsun-wire g60:locatedIn id:jiangyin-city",
        ),
        (
            "SMIC Shaoxing makes chips. The company's sales rose 32 percent.",
            "id:smic-shaoxing g60:growth 32 unit:PERCENT countedKind=sales",
        ),
        (
            "On Friday Siemens posted a revenue of 3 billion euros.",
            "id:siemens g60:revenue 3000000000 unit:CCY_EUR",
        ),
        (
            "Siemens and Bosch, partners since 1999, agreed to build a plant in Wuhu.",
            "id:siemens g60:cooperatesWith id:bosch year=1999",
        ),
        (
            "The plant in Wuhu was built at a cost of 1.2 billion yuan by Siemens.",
            "id:plant-example g60:investment 1200000000 unit:CCY_CNY countedKind=cost",
        ),
        (
            "The plant of Siemens in Wuhu was sold for 210 million yuan.",
            "id:plant-example g60:amount 210000000 unit:CCY_CNY countedKind=sold",
        ),
        (
            "The Committee of the Jiangbei New Area met. The area covers 386 square kilometers.",
            "id:jiangbei-new-area g60:area 386 unit:KiloM2",
        ),
        (
            "A pump plant opened in Wuhu. Built by Siemens for 240 million yuan, it can make 500 pumps.",
            "id:siemens g60:builds id:pump-plant-example",
        ),
        (
            "Kestrel Precision earned 1.9 billion yuan on sales of 44.7 billion yuan.",
            "id:kestrel-precision g60:amount 1900000000 unit:CCY_CNY countedKind=earned",
        ),
    ],
)
def test_what_is_certain_is_read(text: str, line: str) -> None:
    assert line in lines(text)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Haier grows beside Tencent, which is based in Shenzhen.", "id/haier"),
        ("It was Songjiang, a district of Shanghai, that proposed the G60 Corridor.", "id/shanghai"),
        ("Haier grows; Geely-owned Redhill is investing in a truck plant.", "id/haier"),
        ("The Hefei site, which opened in 2011, employs 1,800 people.", "id/hefei"),
        ("The first Songjiang station, built in 1908, was small.", "id/songjiang"),
        ("Tongfu grows. Its existing Hefei subsidiary, founded in 2015, lost money.", "id/hefei"),
        ("The UN opened a center in Wuhu in 2022.", "id/un-opened-a-center"),
        (
            "Redhill of Zhangjiang came. Jiashan became part of a new zone. The zone covers 2,413 mu.",
            "id/zhangjiang-hi-tech-park",
        ),
        ("NIO, whose rivals include Tesla and Haier, built a plant in Hefei.", "id/haier"),
        ("Siemens's Anhui subsidiary and Bosch opened a plant in Wuhu.", "id/siemens"),
        ("Siemens's former pump plant in Wuhu belongs to Bosch.", "id/siemens"),
        ("Siemens has learned from two suppliers.", "id/siemens"),
        ("The pump is 25 percent cheaper in Wuhu.", "id/wuhu"),
        ("Elon Musk opened a plant in Shanghai.", "id/elon-musk"),
        ("Investment from Songjiang in Wuhu grew.", "id/songjiang"),
        ("Songjiang grows. In May, Haier said that it had built a plant in 2019.", "id/songjiang"),
    ],
)
def test_no_other_thing_is_spoken_of(text: str, subject: str) -> None:
    assert [claim for claim in claims(text) if claim.subject.iri.endswith(subject)] == []


def test_a_founder_without_a_class_leaves_the_year() -> None:
    assert lines("Professor Li Ming founded Hexagon in 2014.") == ["id:hexagon g60:startDate 2014"]


def test_a_relative_clause_is_of_the_name_before_it() -> None:
    said = lines("Haier, the partner of Tencent, which is based in Shenzhen, grows.")
    assert "id:haier g60:cooperatesWith id:tencent" in said
    assert not [line for line in said if line.startswith("id:haier") and "shenzhen" in line]


@pytest.mark.parametrize(
    "text",
    [
        "Will Songjiang have 500 companies by 2030?",
        "Hexagon was headquartered in Hefei until 2019.",
        "Tencent was once a unit of Haier.",
        "Nobody has settled in Wuhu.",
    ],
)
def test_what_is_not_so_states_no_fact(text: str) -> None:
    assert [claim for claim in claims(text) if claim.is_fact] == []


def test_a_figure_of_a_time_to_come_is_planned() -> None:
    said = lines("Songjiang's GDP is 300 billion yuan in 2030.", date="2024-06-01")
    assert said == ["id:songjiang g60:gdp 300000000000 unit:CCY_CNY modality=planned year=2030"]
