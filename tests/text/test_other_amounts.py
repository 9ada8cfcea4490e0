"""Amounts of other countries' news: currencies, scales and units; and numbers that name and count nothing."""

import time

import pytest

from tests.text.amounts import PART, PERCENT, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£250m", "exact 250000000 unit:CCY_GBP"),
        ("€290mn", "exact 290000000 unit:CCY_EUR"),
        ("S$1.2bn", "exact 1200000000 unit:CCY_SGD"),
        ("$40k", "exact 40000 unit:CCY_USD"),
        ("3.4 tn dollars", "exact 3400000000000 unit:CCY_USD"),
        ("$2.5b", "exact 2500000000 unit:CCY_USD"),
        ("12 billion won", "exact 12000000000 unit:CCY_KRW"),
        ("900 million rupees", "exact 900000000 unit:CCY_INR"),
        ("INR 5,000 crore", "exact 50000000000 unit:CCY_INR"),
        ("Rs 500 crore", "exact 5000000000 unit:CCY_INR"),
        ("CHF 4.2 million", "exact 4200000 unit:CCY_CHF"),
        ("SEK 300m", "exact 300000000 unit:CCY_SEK"),
        ("RM860 million", "exact 860000000 unit:CCY_MYR"),
        ("NT$45 billion", "exact 45000000000 unit:CCY_TWD"),
        ("R$300 million", "exact 300000000 unit:CCY_BRL"),
        ("OMR 11.8 million", "exact 11800000 unit:CCY_OMR"),
        ("45 million Australian dollars", "exact 45000000 unit:CCY_AUD"),
        ("3 million pounds", "exact 3000000 unit:CCY_GBP"),
        ("over 6 trillion rupiah", "more than 6000000000000 unit:CCY_IDR"),
        ("$1.5bn-$2bn", "at least 1500000000 unit:CCY_USD / up to 2000000000 unit:CCY_USD"),
        ("NOK 50,000 (about $4,700)", "exact 50000 unit:CCY_NOK / about 4700 unit:CCY_USD"),
    ],
)
def test_money_of_other_countries(text: str, expected: str) -> None:
    assert figures(f"It is worth {text} now.") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2GW", "exact 1.2 unit:GigaW"),
        ("350 MW", "exact 350 unit:MegaW"),
        ("20 GWh", "exact 20 unit:GigaW-HR"),
        ("500 MWh", "exact 500 unit:MegaW-HR"),
        ("8 terawatt-hours", "exact 8 unit:TeraW-HR"),
        ("300 kg", "exact 300 unit:KiloGM"),
        ("4,000 square feet", "exact 4000 unit:FT2"),
        ("5,000 cubic meters", "exact 5000 unit:M3"),
        ("30 million liters", "exact 30000000 unit:L"),
        ("12 million barrels", "exact 12000000 unit:BBL_US_PET"),
        ("a 1.5-million-tonne mill", "exact 1500000 unit:TONNE"),
    ],
)
def test_units(text: str, expected: str) -> None:
    assert figures(f"It has {text} of it") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two in five residents commute", f"exact 0.4 {PART}"),
        ("It grew. About three in ten firms export", f"about 0.3 {PART}"),
        ("one out of every eight cars", f"exact 0.125 {PART}"),
        ("three quarters of the parts", f"exact 0.75 {PART}"),
        ("Half of the staff", f"exact 0.5 {PART}"),
        ("Between 20 and 30 percent of it", f"at least 20 {PERCENT} / up to 30 {PERCENT}"),
    ],
)
def test_shares(text: str, expected: str) -> None:
    assert figures(text) == [expected]


def test_what_adds_up_is_not_limited() -> None:
    assert figures("Investment added up to $3 billion.") == ["exact 3000000000 unit:CCY_USD"]
    assert figures("It lends up to $3 billion.") == ["up to 3000000000 unit:CCY_USD"]


def test_the_text_tells_whose_kroner_they_are() -> None:
    assert figures("The Norwegian state paid 3 billion kroner.") == ["exact 3000000000 unit:CCY_NOK"]
    assert figures("Copenhagen paid 3 billion kroner.") == ["exact 3000000000 unit:CCY_DKK"]
    assert figures("The state paid 3 billion kroner.") == []
    assert figures("Norway paid 3 billion kroner, Denmark 2 billion kroner.") == []


@pytest.mark.parametrize(
    "text",
    [
        "the iPhone 15, and",
        "Windows 11 was",
        "Route 66 and Highway 401 nearby",
        "at Gate 4 or Line 9.",
        "Call +86 21 5774 1234.",
        "Call 021-5774-1234.",
        "they won 3-1 at 7:30 pm",
        "Covid-19 cases",
        "Article 7 is",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize("text", ["built two in five cities", "Two in five years"])
def test_two_things_in_five_are_no_share(text: str) -> None:
    assert figures(text) == ["exact 2 unit:NUM", "exact 5 unit:NUM"]


def test_a_name_before_a_number_leaves_it_a_count() -> None:
    assert figures("In Hefei 300 firms opened.") == ["exact 300 unit:NUM"]


def test_time_grows_with_the_text_alone() -> None:
    def taken(text: str) -> float:
        start = time.perf_counter()
        figures(text)
        return time.perf_counter() - start

    for piece in ("£2m+86 ", "two in five out of ", "12 million-", "between 2 and "):
        figures(piece * 100)
        assert taken(piece * 5_000) < 12 * taken(piece * 1_000) + 0.05
