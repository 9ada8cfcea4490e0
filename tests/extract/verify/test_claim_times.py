"""A time is stated, carried by a rule, or marked as assumed."""

from dataclasses import replace

import pytest

from g60kg.extract.proposals import Stated
from g60kg.model import Value
from tests.extract.verify.proposing import figure, kept, proposal, refused, thing

TEXT = "In 2019 Lanqi came. It has 30 plants. In 2021 it had 20 plants. A fair runs from May 3 to 5 in Wuhu."


@pytest.mark.parametrize(
    ("quote", "count", "limits", "rules"),
    [
        ("In 2021 it had 20 plants", "20", {"year": "2021"}, []),
        ("It has 30 plants", "30", {"year": "2019"}, ["time carried over"]),
        ("It has 30 plants", "30", {}, []),
    ],
)
def test_how_a_year_was_found_is_said(
    quote: str, count: str, limits: dict[str, str], rules: list[str]
) -> None:
    subject = thing("Lanqi", "Company", "It" if "It" in quote else "it")
    claim = kept(TEXT, proposal(quote, subject, "count", figure(count, count, of="plants"), limits=limits))
    assert [step.rule for step in claim.resolved if step.rule != "pronoun"] == rules
    assert limits.items() <= dict(claim.qualifiers).items()


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "date 2023-07-11\nLanqi is big. It has 30 plants.",
        "Updated: July 11, 2023\nLanqi is big. It has 30 plants.",
        "WUHU, July 11 (Xinhua) -- Lanqi is big. It has 30 plants.",
        "In June Lanqi came. It has 30 plants.",
    ],
)
def test_a_year_that_only_the_articles_date_gives_is_when_it_was_reported(text: str) -> None:
    """No dateline, and no month without a year, states the year of a figure."""
    one = proposal(
        "It has 30 plants",
        thing("Lanqi", "Company", "It"),
        "count",
        figure("30", "30", of="plants"),
        limits={"year": "2023"},
    )
    claim = kept(text, one)
    assert dict(claim.qualifiers) == {"countedKind": "plants", "reportedOn": "2023-07-11"}
    assert "time carried over" not in [step.rule for step in claim.resolved]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On July 11, 2023, Lanqi opened. It has 30 plants.", "2023"),
        ("Lanqi came this year. It has 30 plants.", "2023"),
    ],
)
def test_a_sentence_of_the_articles_own_date_states_it(text: str, found: str) -> None:
    lanqi = thing("Lanqi", "Company", "It")
    count = figure("30", "30", of="plants")
    claim = kept(text, proposal("It has 30 plants", lanqi, "count", count, limits={"year": found}))
    assert dict(claim.qualifiers)["year"] == found
    assert "time carried over" in [step.rule for step in claim.resolved]


@pytest.mark.parametrize(
    "limits",
    [{"year": "2018"}, {"year": "2021"}, {"year": "2024"}, {"date": "2023-09"}, {"period": "2019/2022"}],
)
def test_a_year_that_is_stated_nowhere_before_is_refused(limits: dict[str, str]) -> None:
    one = proposal(
        "It has 30 plants", thing("Lanqi", "Company", "It"), "count", figure("30", "30"), limits=limits
    )
    assert refused(TEXT, one) == "year"


def began(date: str) -> Stated:
    return Stated(Value(date, {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(date), "xsd:date")), "")


def test_a_day_without_a_year_is_of_the_articles() -> None:
    text = "The Lanqi plant opened on May 3."
    one = proposal(text, thing("Lanqi plant", "Facility"), "startDate", began("2023-05-03"))
    assert kept(text, one)
    assert (
        refused(text, proposal(text, thing("Lanqi plant", "Facility"), "startDate", began("2022-05-03")))
        == "year"
    )


def test_a_date_is_carried_into_a_sentence_without_any() -> None:
    text = "The fair was held on June 16. The Lanqi plant opened during it. The Bohai plant opened in 2020."
    one = proposal(
        "The Lanqi plant opened", thing("Lanqi plant", "Facility"), "startDate", began("2023-06-16")
    )
    assert [step.rule for step in kept(text, one).resolved] == ["time carried over"]
    other = proposal(
        "The Bohai plant opened", thing("Bohai plant", "Facility"), "startDate", began("2023-06-16")
    )
    assert refused(text, other) == "year"


def test_a_time_behind_the_article_is_planned() -> None:
    text = "Mass production in the Lanqi plant by 2025."
    claim = kept(text, proposal(text, thing("Lanqi plant", "Facility"), "startDate", began("2025")))
    assert dict(claim.qualifiers) == {"modality": "planned"}


def test_two_days_of_a_month_are_a_period() -> None:
    one = proposal(
        "A fair runs from May 3 to 5 in Wuhu",
        thing("fair", "Conference"),
        "locatedIn",
        thing("Wuhu", "City"),
        limits={"period": "2023-05-03/2023-05-05"},
    )
    assert [step.rule for step in kept(TEXT, one).resolved] == ["year of the article"]


def test_a_time_that_the_articles_date_completes_says_so() -> None:
    text = "Lanqi Industrial Center began construction in June in Wuhu."
    began = proposal(
        text,
        thing("Lanqi Industrial Center", "Facility"),
        "constructionStart",
        Stated(Value("2023-06", "xsd:gYearMonth"), "in June"),
    )
    [resolution] = kept(text, began).resolved
    assert (resolution.rule, resolution.surface) == ("year of the article", "June")
    stated = text.replace("June", "June 2023")
    assert kept(stated, replace(began, quote=stated)).resolved == ()


def test_the_month_of_may_is_no_plan() -> None:
    text = "In May 2021 Lanqi had 20 plants."
    claim = kept(text, proposal(text, thing("Lanqi", "Company"), "count", figure("20", "20", of="plants")))
    assert "modality" not in dict(claim.qualifiers)
