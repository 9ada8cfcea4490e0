import pytest
from pyoxigraph import Literal, NamedNode

from g60kg.register.literals import literal
from g60kg.terms import XSD

TAG = "tag:yaml.org,2002:"


@pytest.mark.parametrize(
    ("name", "value", "tag", "range", "expected"),
    [
        ("startYear", "2016", "int", None, Literal("2016", datatype=XSD.gYear)),
        ("year", "2016", "int", None, Literal("2016", datatype=XSD.gYear)),
        ("startYear", "2022-07", "str", None, Literal("2022-07", datatype=XSD.gYearMonth)),
        ("startDate", "2021-04-07", "timestamp", None, Literal("2021-04-07", datatype=XSD.date)),
        ("rank", "2", "int", XSD.integer, Literal("2", datatype=XSD.integer)),
        ("version", "1.0", "float", XSD.string, Literal("1.0")),
        ("other", "3", "int", None, Literal("3", datatype=XSD.integer)),
        ("other", "1.50", "float", None, Literal("1.50", datatype=XSD.decimal)),
        ("other", "true", "bool", None, Literal("true", datatype=XSD.boolean)),
        ("motto", "one corridor", "str", None, Literal("one corridor", language="en")),
    ],
)
def test_the_form_gives_the_datatype(
    name: str, value: str, tag: str, range: NamedNode | None, expected: Literal
) -> None:
    assert literal(name, value, TAG + tag, range) == expected


@pytest.mark.parametrize(
    ("name", "value", "tag", "range"),
    [
        ("startYear", "the spring", "str", None),
        ("startYear", "16", "int", None),
        ("rank", "second", "str", XSD.integer),
        ("other", "0x1F", "int", None),
        ("other", ".inf", "float", None),
        ("motto", "  ", "str", None),
    ],
)
def test_a_wrong_form_is_no_literal(name: str, value: str, tag: str, range: NamedNode | None) -> None:
    assert literal(name, value, TAG + tag, range) is None
