import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from g60kg.errors import LimitError
from g60kg.serve.sparql.query import Sink, has_more_rows
from g60kg.serve.values import Limits

FORMATS = (
    QueryResultsFormat.JSON,
    QueryResultsFormat.XML,
    QueryResultsFormat.CSV,
    QueryResultsFormat.TSV,
)
NASTY = st.lists(st.text(st.sampled_from('},{"\\\r\n<>result x')), max_size=30)


def written(store: Store, text: str, form: QueryResultsFormat) -> bytes:
    sink = Sink(Limits())
    answer: Any = store.query(text)
    answer.serialize(sink, form)
    return sink.getvalue()


@pytest.mark.parametrize("form", FORMATS)
@given(values=NASTY)
def test_rows_are_counted_exactly_whatever_stands_in_them(
    form: QueryResultsFormat, values: list[str]
) -> None:
    store = Store()
    node = NamedNode("http://e/s")
    store.extend(Quad(node, NamedNode(f"http://e/p{n}"), Literal(v)) for n, v in enumerate(values))
    body = written(store, "SELECT ?o ?z { ?s ?p ?o }", form)
    assert not has_more_rows(body, form, len(values))
    assert has_more_rows(body, form, len(values) - 1)


@pytest.mark.parametrize("form", FORMATS)
def test_rows_without_values_count(form: QueryResultsFormat) -> None:
    body = written(Store(), "SELECT ?z { VALUES ?x { 1 2 3 } }", form)
    assert not has_more_rows(body, form, 3)
    assert has_more_rows(body, form, 2)


def test_a_million_rows_are_never_made() -> None:
    store = Store()
    store.extend(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal(n)) for n in range(300))
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    began = time.process_time()
    with pytest.raises(LimitError, match="larger than 33,554,432 bytes; ask for less, or add LIMIT"):
        written(store, text, QueryResultsFormat.JSON)
    assert time.process_time() - began < 4  # 27 million rows take longer


def test_bytes_are_bounded() -> None:
    sink = Sink(Limits(answer_bytes=10))
    sink.write(b"12345")
    with pytest.raises(LimitError, match="larger than 10 bytes"):
        sink.write(b"123456")
