"""Values and qualifiers as literals of the datatype that their form has."""

import pytest

from g60kg.graph.facts import qualifier_literal, value_literal
from g60kg.model import Value
from g60kg.terms import XSD


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("2016", "xsd:gYear"), f'"2016"^^{XSD.gYear}'),
        (Value("2023-06", "xsd:gYearMonth"), f'"2023-06"^^{XSD.gYearMonth}'),
        (Value("2023-06-01", "xsd:date"), f'"2023-06-01"^^{XSD.date}'),
        (Value("57920000", "xsd:decimal", "unit:NUM", "about"), f'"57920000"^^{XSD.decimal}'),
        (Value("born here", "rdf:langString", language="en"), '"born here"@en'),
        (Value("born here", "rdf:langString"), '"born here"@en'),
        (Value("生", "rdf:langString", language="zh"), '"生"@zh'),
    ],
)
def test_values(value: Value, expected: str) -> None:
    assert str(value_literal(value)) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("year", "2016", f'"2016"^^{XSD.gYear}'),
        ("date", "2023-06", f'"2023-06"^^{XSD.gYearMonth}'),
        ("date", "2023-06-01", f'"2023-06-01"^^{XSD.date}'),
        ("date", "one day", '"one day"'),
        ("rank", "2", f'"2"^^{XSD.integer}'),
        ("countedKind", "large firms", '"large firms"@en'),
        ("change", "before", '"before"'),
        ("period", "2021/2025", '"2021/2025"'),
    ],
)
def test_qualifiers(name: str, text: str, expected: str) -> None:
    assert str(qualifier_literal(name, text, "en")) == expected
