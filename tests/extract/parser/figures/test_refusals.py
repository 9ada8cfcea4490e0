"""Figures that state nothing, and times that are not a figure's own."""

import pytest

from tests.extract.parser.figures.stated import proposals, stated


@pytest.mark.parametrize(
    "text",
    [
        "The bank lent Tencent 300 million euros, and the regulator fined it 20 million euros.",
        "Article 12 of Wuhu's charter says that workers aged 30 may retire after 25 years.",
        "Wuhu does not have 300 companies.",
        "If Wuhu had 300 companies, it would be rich.",
        "Tencent pays 3,000 euros per person.",
        "Trains in Wuhu run at 350 km per hour.",
        "Wuhu lies 300 kilometers from Hefei.",
        "Wuhu's two sides agreed in 2015.",
        "Wuhu has the three largest plants.",
        "Call Tencent at 021 5555 1234.",
        "Tencent wants a loan of 300 million euros.",
        "One of the 300 companies is in Wuhu.",
        "Wuhu Road 300 and Line 9 are open.",
        "Wuhu moved up 14 places.",
        "The grandson, Zheng Rui, 29, came back to Wuhu.",
        '"We need castings," said the chairman of Tencent, Gu Wenhai, 54.',
        "Kestrel Ltd has chosen a site 50 kilometers northwest of downtown Wuhu.",
        "Tencent's 300-millimeter wafers are for 40-nanometer chips.",
        "Tencent was nearly one of the dead.",
    ],
)
def test_refused(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wuhu's investment grew 8 percent, against a plan of 6 percent.",
            ["Wuhu growth 8 % countedKind=investment"],
        ),
        ("Wuhu opened 42 of 164 kilometers.", ["Wuhu length 164 KiloM"]),
        ("Wuhu introduced 60 projects of over 1 billion yuan.", ["Wuhu projectCount 60"]),
        (
            "Nantong grew. 86 projects, each worth more than 1 billion yuan, were started.",
            ["Nantong projectCount 86"],
        ),
    ],
)
def test_what_one_of_several_has_and_what_was_planned_state_nothing(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


def test_article_year_is_no_year_of_a_figure() -> None:
    text = "Wuhu Satellite Factory will make 300 satellites per year and open in 2023."
    [made] = proposals(text)
    assert "year" not in dict(made.qualifiers)
    assert dict(made.qualifiers)["modality"] == "planned"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said on Monday that exports in Wuhu had risen 7 percent.", None),
        ("Wuhu handled 25 million passengers, twice as many as in 2022.", None),
        ("BYD, with 570,000 employees, sold cars in 2023.", None),
        ("Wuhu handled 25 million passengers in 2022.", "2022"),
    ],
)
def test_year(text: str, expected: str | None) -> None:
    limits = dict(proposals(text)[0].qualifiers)
    assert limits.get("year", limits.get("date")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wuhu has an expected output of 3 billion yuan.", "planned"),
        ("Wuhu aims to have 300 companies.", "planned"),
        ("Wuhu reportedly has 300 companies.", "reported"),
        ("Wuhu has 300 companies.", None),
    ],
)
def test_modality(text: str, expected: str | None) -> None:
    [claim] = proposals(text)
    assert dict(claim.qualifiers).get("modality") == expected
