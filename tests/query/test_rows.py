"""Rows: read, counted, shown and written."""

import csv
import json
import sys
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, parse_query_results
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef

from g60kg.errors import G60Error, ParameterError
from g60kg.query import Catalogue, Rows, run, to_python, to_rdflib
from g60kg.store import MemoryStore
from g60kg.terms import ID, XSD
from tests.query.rdflib_engine import from_rdflib

WUHU = ID.wuhu
ROWS = Rows(
    ("city", "name", "count", "note"),
    (
        (WUHU, Literal("芜湖市", language="zh"), Literal("840", datatype=XSD.decimal), None),
        (BlankNode("b"), Literal('a "b"\tc\nd, e', language="en"), Literal(12), Literal("<b>&\x1b[2J")),
    ),
)


def test_rows_are_counted_indexed_sliced_and_read_again() -> None:
    assert len(ROWS) == len(list(ROWS)) == len(list(ROWS)) == 2
    assert ROWS.columns == ("city", "name", "count", "note")
    assert ROWS[0].city == URIRef(WUHU.value)
    assert ROWS[-1]["name"] == ROWS[1].name == ROWS[1][1]
    assert ROWS[1:].terms == ROWS.terms[1:]
    assert tuple(ROWS[0]) == (
        URIRef(WUHU.value),
        RdflibLiteral("芜湖市", lang="zh"),
        RdflibLiteral("840", datatype=URIRef(XSD.decimal.value)),
        None,
    )
    assert len(ROWS[0]) == 4
    assert not Rows(("x",), ())


def test_a_column_may_bear_any_name() -> None:
    assert ROWS[1].count == RdflibLiteral("12", datatype=URIRef(XSD.integer.value))


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no column 'nope'; columns: city, name, count, note"):
        _ = ROWS[0].nope
    with pytest.raises(KeyError):
        _ = ROWS[0]["nope"]
    with pytest.raises(IndexError):
        _ = ROWS[9]


VALUES = [
    (Literal("x"), "x"),
    (Literal("x", language="en"), "x"),
    (Literal(7), 7),
    (Literal("45000000000", datatype=XSD.decimal), Decimal("45000000000")),
    (Literal(2.5), 2.5),
    (Literal(True), True),
    (Literal("2018", datatype=XSD.gYear), 2018),
    (Literal("2023-06", datatype=XSD.gYearMonth), "2023-06"),
    (Literal("2023-07-11", datatype=XSD.date), date(2023, 7, 11)),
    (Literal("many", datatype=XSD.integer), "many"),
    (Literal("perhaps", datatype=XSD.boolean), "perhaps"),
    (Literal("2023-99-11", datatype=XSD.date), "2023-99-11"),
    (WUHU, WUHU.value),
    (None, None),
]


@pytest.mark.parametrize(("term", "value"), VALUES, ids=str)
def test_plain_values(term: NamedNode | Literal | None, value: object) -> None:
    found = to_python(term)
    assert found == value
    assert type(found) is type(value)


def test_terms_of_rdflib_are_the_same_terms() -> None:
    assert all(from_rdflib(to_rdflib(term)) == term for terms in ROWS.terms for term in terms)


def test_json_and_tsv_are_what_the_specification_says() -> None:
    for text, form in ((ROWS.to_json(), QueryResultsFormat.JSON), (ROWS.to_tsv(), QueryResultsFormat.TSV)):
        read = parse_query_results(text, format=form)
        assert [tuple(solution) for solution in read] == list(ROWS.terms)  # type: ignore[union-attr]
    assert json.loads(ROWS.to_json())["head"] == {"vars": ["city", "name", "count", "note"]}


def test_csv() -> None:
    text = ROWS.to_csv()
    assert text.startswith("city,name,count,note\r\n")
    read = list(csv.reader(StringIO(text, newline="")))
    assert read[1:] == [[WUHU.value, "芜湖市", "840", ""], ["_:b", 'a "b"\tc\nd, e', "12", "<b>&\x1b[2J"]]


def test_jsonl_has_plain_values() -> None:
    numbers = Rows(
        ("n", "d"), ((Literal("33.3", datatype=XSD.decimal), Literal("2018-01-02", datatype=XSD.date)),)
    )
    assert json.loads(ROWS.to_jsonl().splitlines()[0])["count"] == 840
    assert json.loads(numbers.to_jsonl()) == {"n": 33.3, "d": "2018-01-02"}
    long = Rows(("n",), ((Literal("0.1234567890123456789", datatype=XSD.decimal),),))
    assert json.loads(long.to_jsonl()) == {"n": "0.1234567890123456789"}


def test_the_table_is_aligned_and_holds_no_control_characters() -> None:
    assert str(ROWS).split("\n") == [
        "city     name          count  note",
        "-------  ------------  -----  --------",
        "id:wuhu  芜湖市        840",
        'b        a "b" c d, e  12     <b>&�[2J',
    ]
    assert str(Rows(("a",), ())) == "a\n-"


def test_html_is_escaped_and_bounded() -> None:
    html = ROWS._repr_html_()
    assert "&lt;b&gt;&amp;" in html
    assert "<b>" not in html
    many = Rows(("n",), tuple((Literal(number),) for number in range(150)))
    assert many._repr_html_().count("<tr>") == 101
    assert "50 more rows" in many._repr_html_()


def test_pandas() -> None:
    frame = ROWS.to_pandas()
    assert list(frame.columns) == list(ROWS.columns)
    assert frame["count"].tolist() == [Decimal(840), 12]
    assert list(Rows(("a", "b"), ()).to_pandas().columns) == ["a", "b"]


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(G60Error, match=r"pandas is not installed; run pip install 'g60kg\[pandas\]'"):
        ROWS.to_pandas()


def test_a_limit(store: MemoryStore, catalogue: Catalogue) -> None:
    every = run(store, catalogue["names"])
    assert run(store, catalogue["names"], limit=3).terms == every.terms[:3]
    assert len(run(store, catalogue["names"], limit=0)) == 0
    with pytest.raises(ParameterError, match="limit: -1 is less than 0"):
        run(store, catalogue["names"], limit=-1)


def test_a_page_begins_at_an_offset(store: MemoryStore, catalogue: Catalogue) -> None:
    whole = run(store, catalogue["names"]).terms
    assert run(store, catalogue["names"], offset=3, limit=2).terms == whole[3:5]
    assert run(store, catalogue["names"], offset=len(whole)).terms == ()
    with pytest.raises(ParameterError, match="offset: -1 is less than 0"):
        run(store, catalogue["names"], offset=-1)
