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
            "Haier builds a plant. They came, said Li Ming, president of Tencent. "
            "In Wuhu, the company signed a contract with Hexagon.",
            "id:contract-example g60:signatory id:haier",
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
            "Hexagon was headquartered in Hefei until 2019.",
            "id:hexagon g60:headquarteredIn id:hefei modality=denied",
        ),
        ("Tencent was once a unit of Haier.", "id:tencent g60:subsidiaryOf id:haier modality=denied"),
        (
            "Not only Haier, Tencent built the Dual Smart Empowerment Center in 2020.",
            "id:tencent g60:builds id:dual-smart-empowerment-center year=2020",
        ),
    ],
)
def test_what_is_certain_is_read(text: str, line: str) -> None:
    assert line in lines(text)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Haier, the partner of Tencent, which is based in Shenzhen, grows.", "id/haier"),
        ("It was Songjiang, a district of Shanghai, that proposed the G60 Corridor.", "id/shanghai"),
        ("Haier grows; Geely-owned Redhill is investing in a truck plant.", "id/haier"),
        ("The Hefei site, which opened in 2011, employs 1,800 people.", "id/hefei"),
        ("The first Songjiang station, built in 1908, was small.", "id/songjiang"),
        ("A railway from Songjiang to Huzhou is built; it will be 164 kilometers long.", "id/songjiang"),
        ("Sequoia China and Hefei's Guoxian Fund have invested 200 million yuan in it.", "id/guoxian-fund"),
        ("Tongfu grows. Its existing Hefei subsidiary, founded in 2015, lost money.", "id/hefei"),
        ("The UN opened a center in Wuhu in 2022.", "id/un-opened-a-center"),
        (
            "Redhill of Zhangjiang came. Jiashan became part of a new zone. The zone covers 2,413 mu.",
            "id/zhangjiang-hi-tech-park",
        ),
        ("NIO, whose rivals include Tesla and Haier, built a plant in Hefei.", "id/haier"),
        ("Professor Li Ming founded Hexagon in 2014.", "id/hexagon"),
        ("Elon Musk opened a plant in Shanghai.", "id/elon-musk"),
        ("Investment from Songjiang in Wuhu grew.", "id/songjiang"),
        ("Songjiang grows. In May, Haier said that it had built a plant in 2019.", "id/songjiang"),
    ],
)
def test_no_other_thing_is_spoken_of(text: str, subject: str) -> None:
    assert [claim for claim in claims(text) if claim.subject.iri.endswith(subject)] == []


def test_a_question_states_nothing() -> None:
    assert claims("Will Songjiang have 500 companies by 2030?") == ()


def test_a_figure_of_a_time_to_come_is_planned() -> None:
    said = lines("Songjiang's GDP is 300 billion yuan in 2030.", date="2024-06-01")
    assert said == ["id:songjiang g60:gdp 300000000000 cur:CNY modality=planned year=2030"]


def test_what_was_in_a_sentence_of_another_year_is_not_of_this_one() -> None:
    said = "When guests came in 2015, Wuhu had 500 companies."
    assert lines(said, date="2024-06-01") == ["id:wuhu g60:companyCount 500 unit:NUM"]
    said = "Wuhu, famous since 2015, has 500 companies."
    assert lines(said, date="2024-06-01") == ["id:wuhu g60:companyCount 500 unit:NUM year=2024"]
