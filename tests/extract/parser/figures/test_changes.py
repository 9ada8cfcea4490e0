"""Growth, falls, shares, and the two ends of a change."""

import pytest

from tests.extract.parser.figures.stated import stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tencent's revenue was 3 billion yuan, +8%.",
            ["Tencent revenue 3000000000 CNY countedKind=revenue", "Tencent growth 8 % countedKind=revenue"],
        ),
        (
            "Hefei's exports were 2.3 billion yuan (2022: 2.8 billion yuan).",
            [
                "Hefei amount 2300000000 CNY countedKind=exports",
                "Hefei amount 2800000000 CNY countedKind=exports year=2022",
            ],
        ),
        (
            "Songjiang's GDP was 3 billion yuan. In 2020 it was 850 million.",
            [
                "Songjiang District gdp 3000000000 CNY countedKind=GDP",
                "Songjiang District gdp 850000000 CNY countedKind=GDP year=2020",
            ],
        ),
        (
            "Songjiang had 300 robot makers in 2016. Today there are 563.",
            [
                "Songjiang District companyCount 300 countedKind=robot makers industry=Robotics year=2016",
                "Songjiang District companyCount 563 countedKind=robot makers industry=Robotics",
            ],
        ),
        ("Carmaker Chery employs 30,000 people.", ["Chery count 30000 countedKind=people"]),
        ("3.", []),
        (
            "The value of Wuhu's output reached 1.2 billion euros, up 6 percent.",
            [
                "Wuhu output 1200000000 EUR countedKind=value",
                "Wuhu growth 6 % countedKind=value",
            ],
        ),
        (
            "Revenue of BYD: 30 billion euros, +8%",
            ["BYD revenue 30000000000 EUR countedKind=Revenue", "BYD growth 8 % countedKind=Revenue"],
        ),
        (
            "In 2023 BYD had a profit of 30 billion euros, an increase of 62 percent.",
            [
                "BYD amount 30000000000 EUR countedKind=profit year=2023",
                "BYD growth 62 % countedKind=profit year=2023",
            ],
        ),
        (
            "Wuhu grew with the opening up of 14 coastal cities.",
            ["Wuhu count 14 countedKind=coastal cities"],
        ),
        (
            "BYD sold 3.02 million cars in 2023, 62 percent more than the year before.",
            [
                "BYD count 3020000 countedKind=cars year=2023",
                "BYD growth 62 % countedKind=cars year=2023",
            ],
        ),
        (
            "Wuhu's income rose by 45.8 percent to 3.2 billion euros, its profit by 12 percent to 410 million"
            " euros.",
            [
                "Wuhu growth 45.8 % countedKind=income",
                "Wuhu revenue 3200000000 EUR countedKind=income",
                "Wuhu growth 12 % countedKind=profit",
                "Wuhu amount 410000000 EUR countedKind=profit",
            ],
        ),
        (
            "BYD handled 7.7 million containers, and its sales shrank by 12 million euros to 1.4 billion"
            " euros.",
            [
                "BYD count 7700000 countedKind=containers",
                "BYD growth -12000000 EUR countedKind=sales",
                "BYD revenue 1400000000 EUR countedKind=sales",
            ],
        ),
        (
            "The number of passengers at Fukuoka Airport rose by a quarter to 24 million in 2023.",
            [
                "Fukuoka Airport growth 0.25 of 1 countedKind=passengers year=2023",
                "Fukuoka Airport count 24000000 countedKind=passengers year=2023",
            ],
        ),
        (
            "Tencent cut its workforce by 4,000, to 53,000.",
            [
                "Tencent growth -4000 countedKind=workforce",
                "Tencent count 53000 countedKind=workforce",
            ],
        ),
        (
            "The number of students in Wuhu decreased slightly, by 3 percent.",
            ["Wuhu growth -3 % countedKind=students"],
        ),
    ],
)
def test_growth(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wuhu accounts for a third of the province's exports.",
            ["Wuhu share 0.333333 of 1 countedKind=the province's exports"],
        ),
        (
            "The Lekki Free Zone covers 16,500 hectares, of which 30 percent has been developed.",
            ["Lekki Free Zone area 16500 HA", "Lekki Free Zone share 30 % countedKind=16,500 hectares"],
        ),
        (
            "Turku Science Park houses 340 companies, a third of them in life sciences.",
            [
                "Turku Science Park companyCount 340",
                "Turku Science Park share 0.333333 of 1 countedKind=companies",
            ],
        ),
        (
            "More than 60 percent of the firms in Wuhu are in tourism.",
            ["Wuhu share more than 60 % countedKind=firms"],
        ),
        (
            "Some 40 percent of the sweaters sold in China come from Wuhu.",
            ["Wuhu share about 40 % countedKind=sweaters sold in China"],
        ),
        (
            "A third of the magnets made in China are produced in Wuhu.",
            ["Wuhu share 0.333333 of 1 countedKind=magnets made in China"],
        ),
    ],
)
def test_shares(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The number of registered exporters in Wuhu climbed from 410 in 2019 to 655 in 2023.",
            [
                "Wuhu companyCount 410 change=before countedKind=registered exporters year=2019",
                "Wuhu companyCount 655 change=after countedKind=registered exporters year=2023",
            ],
        ),
        (
            "Sales in Wuhu went up from 1,200 cars in 2021 to 3,500 in 2023.",
            [
                "Wuhu count 1200 change=before countedKind=cars year=2021",
                "Wuhu count 3500 change=after countedKind=Sales year=2023",
            ],
        ),
        (
            "The share of electronics in Wuhu's exports rose from 61 percent to 66 percent.",
            [
                "Wuhu share 61 % change=before countedKind=share of electronics",
                "Wuhu share 66 % change=after countedKind=share of electronics",
            ],
        ),
    ],
)
def test_changes(text: str, expected: list[str]) -> None:
    assert stated(text) == expected
