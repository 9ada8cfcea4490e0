"""Figures: every way of writing an amount, and what looks like one and is none."""

import pytest

from tests.extract.packaged import lexicon
from tests.text.amounts import CNY, HA, KM, KM2, M2, MU, NUM, PART, PERCENT, USD, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RMB 100 billion", f"exact 100000000000 {CNY}"),
        ("RMB100 billion", f"exact 100000000000 {CNY}"),
        ("RMB45bn", f"exact 45000000000 {CNY}"),
        ("CNY 3.5 million", f"exact 3500000 {CNY}"),
        ("¥45 billion", f"exact 45000000000 {CNY}"),
        ("45 billion yuan", f"exact 45000000000 {CNY}"),
        ("3.5 million RMB", f"exact 3500000 {CNY}"),
        ("ten thousand yuan", f"exact 10000 {CNY}"),
        ("2000 yuan", f"exact 2000 {CNY}"),
        ("a 45-billion-yuan project", f"exact 45000000000 {CNY}"),
        ("100 billion-yuan", f"exact 100000000000 {CNY}"),
        ("1.2 trillion yuan", f"exact 1200000000000 {CNY}"),
        ("US$13.8 billion", f"exact 13800000000 {USD}"),
        ("$3.6 billion", f"exact 3600000000 {USD}"),
        ("3.6 billion US dollars", f"exact 3600000000 {USD}"),
        ("13.8 billion U.S. dollars", f"exact 13800000000 {USD}"),
        ("HK$3 billion", "exact 3000000000 unit:CCY_HKD"),
        ("3 billion euros", "exact 3000000000 unit:CCY_EUR"),
        ("€3 billion", "exact 3000000000 unit:CCY_EUR"),
    ],
)
def test_money(text: str, expected: str) -> None:
    assert figures(f"It is worth {text}.") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("76,200 square kilometers", f"exact 76200 {KM2}"),
        ("76,200 sq km", f"exact 76200 {KM2}"),
        ("76,200 km²", f"exact 76200 {KM2}"),
        ("a 100,000-square-meter plant", f"exact 100000 {M2}"),
        ("33.3 hectares", f"exact 33.3 {HA}"),
        ("five thousand hectares", f"exact 5000 {HA}"),
        ("120 mu", f"exact 120 {MU}"),
        ("40 kilometers", f"exact 40 {KM}"),
        ("the 40-kilometer road", f"exact 40 {KM}"),
        ("40 km", f"exact 40 {KM}"),
        ("40 meters", "exact 40 unit:M"),
        ("2.5 million tons", "exact 2500000 unit:TONNE"),
        ("500 MW", "exact 500 unit:MegaW"),
        ("95 percent", f"exact 95 {PERCENT}"),
        ("41.6%", f"exact 41.6 {PERCENT}"),
        ("41.6 per cent", f"exact 41.6 {PERCENT}"),
    ],
)
def test_measures(text: str, expected: str) -> None:
    assert figures(f"It has {text} of it") == [expected]


def test_counts_in_a_list_stay_apart() -> None:
    assert figures("1 city, 9 cities and 3 provinces") == [f"exact {n} {NUM}" for n in (1, 9, 3)]
    assert figures("500, 600 and 700 companies") == [f"exact {n} {NUM}" for n in (500, 600, 700)]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("nearly 300 companies", "nearly"),
        ("almost 300 companies", "nearly"),
        ("close to 300 companies", "nearly"),
        ("about 300 companies", "about"),
        ("around 300 companies", "about"),
        ("some 300 companies", "about"),
        ("approximately 300 companies", "about"),
        ("an estimated 300 companies", "about"),
        ("300 or so companies", "about"),
        ("more than 300 companies", "more than"),
        ("More than 300 companies", "more than"),
        ("over 300 companies", "more than"),
        ("exceeding 300 companies", "more than"),
        ("more than a total of 300 companies", "more than"),
        ("300+ companies", "more than"),
        ("300 + companies", "more than"),
        ("300-plus companies", "more than"),
        ("300 plus companies", "more than"),
        ("less than 300 companies", "less than"),
        ("fewer than 300 companies", "less than"),
        ("at least 300 companies", "at least"),
        ("no less than 300 companies", "at least"),
        ("300 or more companies", "at least"),
        ("300 companies or more", "at least"),
        ("300 listed companies or more", "at least"),
        ("up to 300 companies", "up to"),
        ("as many as 300 companies", "up to"),
        ("no more than 300 companies", "up to"),
        ("capped at 300 companies", "up to"),
        ("300 companies or fewer", "up to"),
        ("300 companies", "exact"),
    ],
)
def test_comparators(text: str, comparator: str) -> None:
    assert figures(text) == [f"{comparator} 300 {NUM}"]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("surpasses 300 companies", "more than"),
        ("passed the 300 companies", "more than"),
        ("has topped a total of 300 companies", "more than"),
        ("is approaching 300 companies", "nearly"),
        ("slightly more than 300 companies", "more than"),
        ("a little under 300 companies", "nearly"),
        ("as high as 300 companies", "up to"),
        ("300-odd companies", "about"),
    ],
)
def test_comparators_that_are_verbs_or_longer(text: str, comparator: str) -> None:
    assert figures(text) == [f"{comparator} 300 {NUM}"]


def test_a_verb_that_compares_is_no_part_of_the_figure() -> None:
    text = "Its output exceeded 300 tons"
    (mark,) = lexicon().figures.marks(text)
    assert text[mark.start : mark.end] == "300 tons"


def test_a_year_begins_no_range() -> None:
    assert figures("It rose 7.9 percent in 2020 to 407 billion yuan.") == [
        f"exact 7.9 {PERCENT}",
        f"exact 407000000000 {CNY}",
    ]


def test_dozens_are_twelves() -> None:
    assert figures("two dozen companies, a dozen parks and half a dozen towns") == [
        f"exact {number} {NUM}" for number in (24, 12, 6)
    ]


def test_what_each_has_is_not_what_all_have() -> None:
    assert figures("firms with 300 million yuan each") == []


def test_a_number_behind_number_is_an_amount_when_it_is_large() -> None:
    assert figures("its firms number 2,400") == [f"exact 2400 {NUM}"]
    assert figures("its firms number more than 40") == [f"more than 40 {NUM}"]
    assert figures("it is number 3") == []


def test_comparators_stand_behind_the_unit_too() -> None:
    assert figures("500 million yuan or more") == [f"at least 500000000 {CNY}"]
    assert figures("over 50% of it") == [f"more than 50 {PERCENT}"]
    assert figures("more than half of it") == [f"more than 0.5 {PART}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "more than RMB 100 billion (US$13.8 billion)",
            f"more than 100000000000 {CNY} / more than 13800000000 {USD}",
        ),
        ("100 billion yuan (about US$13.8 billion)", f"exact 100000000000 {CNY} / about 13800000000 {USD}"),
        ("500 mu (33.3 hectares)", f"exact 500 {MU} / exact 33.3 {HA}"),
        ("100 hectares (1 square kilometer)", f"exact 100 {HA} / exact 1 {KM2}"),
    ],
)
def test_conversions(text: str, expected: str) -> None:
    assert figures(text) == [expected]


def test_what_stands_in_brackets_and_converts_nothing_stays_apart() -> None:
    assert figures("300 companies (40 of them listed)") == [f"exact 300 {NUM}", f"exact 40 {NUM}"]
    assert figures("2 billion yuan (1 billion yuan)") == [
        f"exact 2000000000 {CNY}",
        f"exact 1000000000 {CNY}",
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10 to 20 percent", "10", "20", PERCENT),
        ("10-20 percent", "10", "20", PERCENT),
        ("10%-20%", "10", "20", PERCENT),
        ("between 10 and 20 companies", "10", "20", NUM),
        ("three to five companies", "3", "5", NUM),
        ("two or three companies", "2", "3", NUM),
        ("3-5 companies", "3", "5", NUM),
        ("ranging from 10 to 20 percent", "10", "20", PERCENT),
        ("5 million to 6 million yuan", "5000000", "6000000", CNY),
        ("RMB 1.2-1.5 billion", "1200000000", "1500000000", CNY),
        ("US$5 million to US$6 million", "5000000", "6000000", USD),
        ("between 5 million yuan and 6 million yuan", "5000000", "6000000", CNY),
    ],
)
def test_ranges(text: str, low: str, high: str, unit: str) -> None:
    assert figures(text) == [f"at least {low} {unit} / up to {high} {unit}"]


@pytest.mark.parametrize(
    ("text", "before", "after", "unit"),
    [
        ("from the original 40 kilometers to 180 kilometers", "exact 40", "exact 180", KM),
        ("from 40 to 180 kilometers", "exact 40", "exact 180", KM),
        ("40 kilometers to 180 kilometers", "exact 40", "exact 180", KM),
        ("from 180 to 40 kilometers", "exact 180", "exact 40", KM),
        ("from about 40 to more than 180 kilometers", "about 40", "more than 180", KM),
        ("from 15 billion to 45 billion yuan", "exact 15000000000", "exact 45000000000", CNY),
    ],
)
def test_changes_are_two_figures(text: str, before: str, after: str, unit: str) -> None:
    assert figures(text) == [f"{before} {unit}", f"{after} {unit}"]


def test_a_range_that_falls_is_none() -> None:
    assert figures("20 to 10 companies") == []


@pytest.mark.parametrize(
    "text",
    [
        "(2021-2025)",
        "(2021-25)",
        "in 2010, companies",
        "around 2016, it",
        "the Five-Year Plan",
        "the 14th plan",
        "No. 3 in town",
        "Nos. 3 and so on",
        "6+X industries",
        "version 3.0",
        "G60",
        "A380",
        "5G networks",
        "3D printing",
        "COVID-19 cases",
        "a five-story house",
        "1,23,456 companies",
        "1234,567 companies",
        "12345678901234567890 companies",
        "192.168.0.1",
        "10:30",
        "10 a.m.",
        "9/11",
        "24/7",
        "1-2-3",
        "021-5555",
        "growth of -5 percent",
        "minus 5 percent",
        "10 times the size",
        "a 3-fold rise",
        "2.5 percentage points",
        "350 kilometers per hour",
        "60 km/h",
        "the one",
        "no one",
        "one of the parks",
        "Haier opened one in ten cities",
        "one for all",
        "the first half of the year",
        "the third of May",
        "the 1990s",
        "the 20th anniversary",
        "ZZ$5 million",
    ],
)
def test_no_figure(text: str) -> None:
    assert figures(text) == []


def test_marks_cover_all_that_was_read() -> None:
    text = "It cost more than RMB 100 billion (US$13.8 billion) in all."
    (mark,) = lexicon().figures.marks(text)
    assert text[mark.start : mark.end] == "more than RMB 100 billion (US$13.8 billion)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One in every seven firms", f"exact 0.142857 {PART}"),
        ("found two out of three cars here", f"exact 0.666667 {PART}"),
        ("Nearly one in ten firms", f"nearly 0.1 {PART}"),
        ("It grew. One in 20 firms left", f"exact 0.05 {PART}"),
    ],
)
def test_one_in_so_many_is_a_share(text: str, expected: str) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It was 9 billion yuan. Firms had 3 billion of this.",
            [f"exact 9000000000 {CNY}", f"exact 3000000000 {CNY}"],
        ),
        ("Exports grew by 22 and 41 percent.", [f"exact 22 {PERCENT}", f"exact 41 {PERCENT}"]),
        ("30 hectares, of which only 12 are used", [f"exact 30 {HA}", f"exact 12 {HA}"]),
        (
            "30 hectares for 90 firms, of which 12 are new",
            [f"exact 30 {HA}", f"exact 90 {NUM}", f"exact 12 {NUM}"],
        ),
        (
            "6 million tonnes of coal and 37.5 million of oil",
            ["exact 6000000 unit:TONNE", f"exact 37500000 {NUM}"],
        ),
        (
            "Coal rose to 6 million tonnes, oil to 37.5 million.",
            ["exact 6000000 unit:TONNE", "exact 37500000 unit:TONNE"],
        ),
        ("In 2019 and 5 percent more", [f"exact 5 {PERCENT}"]),
        ("Output: 5 tonnes, -1.2%", ["exact 5 unit:TONNE", f"exact 1.2 {PERCENT}"]),
        ("Its 1,200-strong workforce", [f"exact 1200 {NUM}"]),
        ("Rents have risen by half since 2020", [f"exact 0.5 {PART}"]),
        ("Visits were a fifth higher", [f"exact 0.2 {PART}"]),
        ("a third party, a quarter hour", []),
        (
            "to 97 million yuan from 310 million a year ago",
            [f"exact 97000000 {CNY}", f"exact 310000000 {CNY}"],
        ),
        (
            "It has 9 million yuan. It will invest 3 million.",
            [f"exact 9000000 {CNY}", f"exact 3000000 {CNY}"],
        ),
        ("It has 9 million yuan. It will count 3 million.", [f"exact 9000000 {CNY}", f"exact 3000000 {NUM}"]),
        (
            "9 million yuan; its 71 firms pay 5 million.",
            [f"exact 9000000 {CNY}", f"exact 71 {NUM}", f"exact 5000000 {CNY}"],
        ),
        (
            "9 million yuan; its 71 firms know 5 million.",
            [f"exact 9000000 {CNY}", f"exact 71 {NUM}", f"exact 5000000 {NUM}"],
        ),
        ("lengths of 2,383 and 915 kilometers", [f"exact 2383 {KM}", f"exact 915 {KM}"]),
    ],
)
def test_units_signs_and_parts_that_stand_apart(text: str, expected: list[str]) -> None:
    assert figures(text) == expected
