import pytest
from pyoxigraph import Literal, NamedNode

from g60kg.reason.datatypes import is_ill_typed, is_outside, types_of, value_key
from g60kg.terms import RDF, XSD


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("integer", ["0", "-7", "+042"], ["1.0", "", "1e3", "١a"]),
        ("decimal", ["1.", ".5", "-3.20"], ["1e3", ".", "INF"]),
        ("byte", ["127", "-128"], ["128", "-129"]),
        ("unsignedShort", ["0", "65535"], ["-1", "65536"]),
        ("positiveInteger", ["1"], ["0"]),
        ("double", ["1e308", "INF", "-INF", "NaN", "0.0e0"], ["1e310", "1e-400", "inf", "1,5"]),
        ("float", ["3.4e38", "-0.0"], ["3.5e38", "1e-50"]),
        ("boolean", ["true", "0"], ["TRUE", "yes", ""]),
        ("hexBinary", ["", "0aF9"], ["0", "xy"]),
        ("base64Binary", ["", "T1dM"], ["T1d", "T(dM"]),
        (
            "dateTime",
            ["2023-07-11T12:00:00", "2024-02-29T00:00:00.5Z"],
            ["2023-07-11", "2023-02-29T00:00:00"],
        ),
        ("dateTimeStamp", ["2023-07-11T12:00:00+08:00"], ["2023-07-11T12:00:00"]),
        ("anyURI", ["http://a.b/c#d", "/x", ""], [":x", "a b"]),
        ("token", ["a b", ""], [" a", "a  b"]),
        ("language", ["en", "zh-Hans"], ["en-", "1"]),
        ("NCName", ["a.b"], ["a:b", "1a"]),
        ("Name", ["a:b", ":a"], [".a"]),
        ("NMTOKEN", ["1a", ".a"], ["a b"]),
        ("normalizedString", ["a  b"], ["a\tb"]),
        ("string", ["\n"], []),
    ],
)
def test_lexical_forms(kind: str, right: list[str], wrong: list[str]) -> None:
    assert not [text for text in right if is_ill_typed(Literal(text, datatype=XSD[kind]))]
    assert [text for text in wrong if is_ill_typed(Literal(text, datatype=XSD[kind]))] == wrong


def test_a_datatype_outside_the_map_is_not_judged() -> None:
    assert not is_ill_typed(Literal("2023-99-99", datatype=XSD.date))
    assert not is_outside(Literal("x", datatype=NamedNode("urn:mine")), XSD.integer)
    assert value_key(Literal("x", datatype=XSD.gYear)) is None


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Literal("1", datatype=XSD.integer), Literal("01.0", datatype=XSD.decimal), True),
        (Literal("1", datatype=XSD.integer), Literal("1", datatype=XSD.double), False),
        (Literal("a", language="EN"), Literal("a", language="en"), True),
        (Literal("a"), Literal("a", language="en"), False),
        (Literal("a@en", datatype=RDF.PlainLiteral), Literal("a", language="en"), True),
        (Literal("0A", datatype=XSD.hexBinary), Literal("0a", datatype=XSD.hexBinary), True),
        (
            Literal("2023-07-11T08:00:00+08:00", datatype=XSD.dateTime),
            Literal("2023-07-11T00:00:00Z", datatype=XSD.dateTimeStamp),
            True,
        ),
    ],
)
def test_equal_in_value(one: Literal, other: Literal, equal: bool) -> None:
    assert (value_key(one) == value_key(other)) is equal


def test_types_go_up_to_the_literal() -> None:
    names = [kind.value.rpartition("#")[2] for kind in types_of(Literal("7", datatype=XSD.unsignedByte))]
    assert names == [
        "unsignedByte",
        "unsignedShort",
        "unsignedInt",
        "unsignedLong",
        "nonNegativeInteger",
        "integer",
        "decimal",
        "Literal",
    ]
