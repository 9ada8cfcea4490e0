from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode

from g60kg.register.entry import literal
from g60kg.terms import XSD


@pytest.mark.parametrize(
    ("name", "value", "range", "expected"),
    [
        ("startYear", 2016, None, Literal("2016", datatype=XSD.gYear)),
        ("year", 2016, None, Literal("2016", datatype=XSD.gYear)),
        ("startYear", "2022-07", None, Literal("2022-07", datatype=XSD.gYearMonth)),
        ("startDate", "2021-04-07", None, Literal("2021-04-07", datatype=XSD.date)),
        ("rank", 2, XSD.integer, Literal("2", datatype=XSD.integer)),
        ("version", Decimal("1.0"), XSD.string, Literal("1.0")),
        ("other", 3, None, Literal("3", datatype=XSD.integer)),
        ("other", Decimal("1.50"), None, Literal("1.50", datatype=XSD.decimal)),
        ("other", True, None, Literal("true", datatype=XSD.boolean)),
        ("motto", "one corridor", None, Literal("one corridor", language="en")),
    ],
)
def test_the_form_gives_the_datatype(
    name: str, value: object, range: NamedNode | None, expected: Literal
) -> None:
    assert literal(name, value, range) == expected


@pytest.mark.parametrize(
    ("name", "value", "range"),
    [
        ("startYear", "the spring", None),
        ("startYear", 16, None),
        ("rank", "second", XSD.integer),
        ("other", ["0x1F"], None),
        ("other", None, None),
        ("motto", "  ", None),
    ],
)
def test_a_wrong_form_is_no_literal(name: str, value: object, range: NamedNode | None) -> None:
    assert literal(name, value, range) is None
