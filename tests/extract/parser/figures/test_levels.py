"""What is counted, paid, covered and weighed: press prose of other regions, written for these tests."""

import pytest

from tests.extract.parser.figures.stated import stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Samsung employs 4,200 people in Batumi and wants to hire 800 more.",
            [
                "Samsung count 4200 countedKind=people region=Batumi",
                "Samsung count 800 countedKind=people modality=planned",
            ],
        ),
        (
            "Henan Province had 98.15 million residents at the end of 2023.",
            ["Henan Province population 98150000 year=2023"],
        ),
        (
            "Yuhang District has gathered more than 1,300 artificial intelligence enterprises.",
            [
                "Yuhang District companyCount more than 1300 countedKind=artificial intelligence enterprises"
                " industry=Artificial intelligence"
            ],
        ),
        (
            "The Busan New Port has 45 berths with a total length of 17 kilometers.",
            ["Busan New Port count 45 countedKind=berths", "Busan New Port length 17 KiloM"],
        ),
        (
            "The Busan New Port handles 30,000 containers a day.",
            ["Busan New Port count 30000 countedKind=containers a day"],
        ),
        ("The Busan New Port handles 350 trucks an hour.", []),
        ("Quay 7 of the Busan New Port handled 120 ships.", ["Busan New Port count 120 countedKind=ships"]),
        ("Wuhu has 90,000 students, the most in Anhui.", ["Wuhu count 90000 countedKind=students"]),
        (
            "Passenger trips on the Aqaba Railway have topped 31 million since 2021.",
            ["Aqaba Railway count more than 31000000 countedKind=Passenger trips"],
        ),
        (
            "The Busan New Port is old. Its tenants, 96 in all, share a quay.",
            ["Busan New Port companyCount 96 countedKind=tenants"],
        ),
    ],
)
def test_counts(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "BYD invested 39.6 billion yuan in research in 2023.",
            ["BYD investment 39600000000 CNY year=2023"],
        ),
        (
            "Arla Foods will invest 300 million euros in a dairy plant in Pronsfeld.",
            [
                "dairy plant investment 300000000 EUR modality=planned",
                "Arla Foods investment 300000000 EUR modality=planned",
            ],
        ),
        (
            "Tourism revenue in Guilin came to 12.6 billion yuan.",
            ["Guilin revenue 12600000000 CNY countedKind=Tourism revenue"],
        ),
        (
            "Samsung won an order worth 300 million dollars.",
            ["Samsung amount 300000000 USD countedKind=order"],
        ),
        (
            "Yuhang District will strive to bring its added value to 300 billion yuan.",
            ["Yuhang District output 300000000000 CNY countedKind=added value modality=planned"],
        ),
        (
            "Wuhu's GDP per capita reached 127,000 yuan.",
            ["Wuhu amount 127000 CNY countedKind=GDP per capita"],
        ),
        (
            "Hyundai opened a 300-million-dollar plant in Batumi.",
            ["plant investment 300000000 USD"],
        ),
    ],
)
def test_money(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wuhu covers 6,026 square kilometers.", ["Wuhu area 6026 KiloM2"]),
        (
            "The 120-hectare Turku Science Park houses 340 companies.",
            ["Turku Science Park area 120 HA", "Turku Science Park companyCount 340"],
        ),
        (
            "Penang Science Park, with a planned area of 170 hectares, has 12 tenants.",
            [
                "Penang Science Park area 170 HA modality=planned",
                "Penang Science Park companyCount 12 countedKind=tenants",
            ],
        ),
        (
            "Penang Science Park has 400,000 square meters of exhibition space.",
            ["Penang Science Park floorArea 400000 M2 countedKind=exhibition space"],
        ),
        (
            "The Wuhu plant of Samsung turns out 12 million square metres of glass a year.",
            ["Wuhu plant amount 12000000 M2 countedKind=glass"],
        ),
        (
            "Wuhu built 300,000 square meters of workshops.",
            ["Wuhu floorArea 300000 M2 countedKind=workshops"],
        ),
        ("Samsung bought a plot of 12 hectares in Wuhu.", ["Samsung area 12 HA"]),
    ],
)
def test_sizes(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


def test_conversion_inherits_the_comparator() -> None:
    text = "Wuhu will put more than DKK17bn ($2.58bn) into its railway."
    assert [line.split(" investment ")[1] for line in stated(text)][:2] == [
        "more than 17000000000 DKK modality=planned",
        "more than 2580000000 USD modality=planned",
    ]


def test_range_gives_both_ends() -> None:
    assert stated("Wuhu has between 300 and 400 companies.") == [
        "Wuhu companyCount at least 300",
        "Wuhu companyCount up to 400",
    ]
