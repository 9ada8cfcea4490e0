"""Figures whose verb, unit or noun is left out, since one before them has it."""

import pytest

from tests.extract.parser.figures.stated import stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Exports of Wuhu rose 8.2 percent to 1.9 billion yuan, imports 3.1 percent to 1.2 billion.",
            [
                "Wuhu growth 8.2 % countedKind=Exports",
                "Wuhu amount 1900000000 CNY countedKind=Exports",
                "Wuhu growth 3.1 % countedKind=imports",
                "Wuhu amount 1200000000 CNY countedKind=imports",
            ],
        ),
        (
            "The mills of Wuhu contributed 2.9 billion yuan, the farms 51 billion and the shops 38 billion.",
            [
                "Wuhu amount 2900000000 CNY countedKind=mills",
                "Wuhu amount 51000000000 CNY countedKind=farms",
                "Wuhu amount 38000000000 CNY countedKind=shops",
            ],
        ),
        (
            "Sales of Wuhu to Hefei amounted to 181 million yuan, to Suzhou 168 million.",
            [
                "Wuhu revenue 181000000 CNY countedKind=Sales",
                "Wuhu revenue 168000000 CNY countedKind=Sales",
            ],
        ),
        (
            "Suzhou took 24 percent of the exports and Hefei 15 percent.",
            ["Suzhou share 24 % countedKind=exports", "Hefei share 15 % countedKind=exports"],
        ),
        (
            "Wuhu is a city. Its output was 3.2 billion yuan in 2023. In 2020 it was 2.8 billion.",
            [
                "Wuhu output 3200000000 CNY countedKind=output year=2023",
                "Wuhu output 2800000000 CNY countedKind=output year=2020",
            ],
        ),
        (
            "Exports of Wuhu came to 121 billion yuan; in 2013 they had been 38 billion.",
            [
                "Wuhu amount 121000000000 CNY countedKind=Exports",
                "Wuhu amount 38000000000 CNY countedKind=Exports year=2013",
            ],
        ),
        (
            "Haier Park is in Wuhu. When it opened it had nine tenants. Today there are 563.",
            [
                "Haier Park companyCount 9 countedKind=tenants",
                "Haier Park companyCount 563 countedKind=tenants",
            ],
        ),
        ("Suzhou spends 5.3 percent of its output on research, the rest 3.2.", None),
    ],
)
def test_left_out(text: str, expected: list[str] | None) -> None:
    assert stated(text) == (expected or ["Suzhou share 5.3 % countedKind=its output"])


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Haier generated sales of 2 billion yuan (2022: 3 billion yuan).",
            "Haier revenue 3000000000 CNY countedKind=sales year=2022",
        ),
        ("Wuhu Port (77 hectares, 1,900 workers) is growing.", "Wuhu Port count 1900 countedKind=workers"),
        ("From Wuhu Port (77 hectares) a road leads to Hefei.", "Wuhu Port area 77 HA"),
    ],
)
def test_in_brackets(text: str, last: str) -> None:
    assert stated(text)[-1] == last


def test_people_before_a_bare_number_are_no_money() -> None:
    text = "Wuhu paid 3 billion yuan, and the number of users reached 1.2 billion."
    assert not any("1200000000 CNY" in line for line in stated(text))


def test_a_name_has_its_own_part_of_what_was_counted() -> None:
    text = "Anhui built 2.4 million cars. Hefei accounted for 1.3 million of them, Wuhu for 480,000."
    assert stated(text)[1:] == [
        "Hefei count 1300000 countedKind=cars",
        "Wuhu count 480000 countedKind=cars",
    ]
    text = "Samsung employs 900 people, 350 of them engineers, to Tencent's 1,300."
    assert stated(text)[-1] == "Tencent count 1300 countedKind=people"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wuhu lost one in five of its jobs.", "Wuhu share 0.2 of 1 countedKind=its jobs"),
        (
            "Wuhu has 130,000 inhabitants, 9,100 of them students.",
            "Wuhu count 9100 countedKind=students",
        ),
        (
            "Chery, a company with 60,000 employees that belongs to Wuhu, makes cars.",
            "Chery count 60000 countedKind=employees",
        ),
    ],
)
def test_part_or_whole(text: str, expected: str) -> None:
    assert expected in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lingang Park spent 3 billion yuan. That is 70 million more than planned.",
        "A bus ride in Wuhu costs 3 yuan.",
    ],
)
def test_no_statistics(text: str) -> None:
    assert [line for line in stated(text) if "3000000000" not in line] == []
