"""The benchmark of stored queries, on a corridor small enough for a test."""

from benchmarks.queries import first_row, graph, measured, table


def test_a_query_is_measured_without_and_with_values() -> None:
    kg = graph(6_000)
    query = kg.catalogue["companies-by-industry"]
    assert first_row(kg, query)["industry"]
    plain, bound = measured(kg, query, repeat=1)
    assert (plain.values, bound.values) == ((), ("industry", "organization"))
    assert plain.rows > bound.rows > 0
    assert min(plain.api, plain.engine, bound.api, bound.engine) > 0
    text = table([plain, bound], len(kg))
    assert "2 measures at" in text
    assert "| companies-by-industry | industry, organization |" in text
