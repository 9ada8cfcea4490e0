"""Every stored query through the project's API, beside the bare engine given the same SPARQL and terms.

Goes in: the number of triples of a synthetic corridor, half of them inferred. Comes out: a table on
standard output: medians of milliseconds, the ratio, and the median and the total of all ratios; with
`--write` the page `docs/queries-benchmark.md`. The API (`query.run`) resolves names, checks the text and
gives rows; the engine is pyoxigraph's store, its answer read to the end. Both run in turns, in one process.
A query's parameters are bound to what its first row bears, given as a user gives them: by name, where one
is known.

    python -m benchmarks.queries --size 1000000 --write
"""

import argparse
import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple, Variable
from pyoxigraph import Store as Engine

from benchmarks.corridor import corridor
from g60kg import KnowledgeGraph
from g60kg.kg import stages
from g60kg.query import StoredQuery, bind, run
from g60kg.reason.bulk import infer_bulk
from g60kg.store import MemoryStore
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    ID,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    RDF,
    REGISTER_GRAPH,
    REPAIR,
    SKOS,
    article_graph,
    claims_graph,
)

_TIRED: Final = 20.0
"""Seconds after which a query is not repeated."""
_PAGE: Final = Path(__file__).parents[1] / "docs" / "queries-benchmark.md"


@dataclass(frozen=True, slots=True)
class Measure:
    """One query with values: rows, and the medians of milliseconds of the API and of the engine."""

    name: str
    values: tuple[str, ...]
    rows: int
    api: float
    engine: float

    @property
    def ratio(self) -> float:
        """How many times as long the API takes."""
        return self.api / self.engine


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Compare stored queries with the bare engine.")
    parser.add_argument("--size", type=int, default=1_000_000, help="triples, said and inferred")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each; the median counts")
    parser.add_argument("--write", action="store_true", help="write docs/queries-benchmark.md")
    parser.add_argument("names", nargs="*", help="these queries only")
    asked = parser.parse_args()
    kg = graph(asked.size)
    queries = [query for query in kg.catalogue if query.name in asked.names or not asked.names]
    measures = [each for query in queries for each in measured(kg, query, asked.repeat)]
    text = table(measures, len(kg))
    print(text)
    if asked.write:
        _PAGE.write_text(_HEAD + text)


def graph(size: int) -> KnowledgeGraph:
    """Return a graph in memory of about so many triples, half of them inferred."""
    said = list(islice(corridor(size), size // 2))
    closure = infer_bulk(stages.rules(), iter(said))
    store = MemoryStore(
        [
            *(quad for quad in stages.ground_quads() if quad.graph_name == ONTOLOGY_GRAPH),
            *(Quad(each.subject, each.predicate, each.object, _layer(each)) for each in said),
            *(Quad(each.subject, each.predicate, each.object, INFERRED_GRAPH) for each in closure.inferred),
        ]
    )
    return KnowledgeGraph(store)


def _layer(triple: Triple) -> NamedNode:
    """Return the graph that a triple would stand in."""
    subject = str(triple.subject)[1:]
    if subject.startswith((CLAIM.base, REPAIR.base, ARTICLE.base)):
        return claims_graph("synthetic")
    is_name = triple.predicate == RDF.type or triple.predicate.value.startswith(SKOS.base)
    return REGISTER_GRAPH if is_name and subject.startswith(ID.base) else article_graph("synthetic")


def measured(kg: KnowledgeGraph, query: StoredQuery, repeat: int) -> Iterator[Measure]:
    """Yield the measures of a query: without values where it needs none, and with those of its first row."""
    row = first_row(kg, query)
    plain = [each for each in query.parameters if not (each.role or each.below)]  # what binds one term
    bound = {each.name: row.get(each.variable) for each in plain}
    given = {name: term for name, term in bound.items() if term is not None and term != Literal("")}
    required = {each.name for each in query.parameters if each.required}
    if not required:
        yield _measure(kg, query, {}, repeat)
    if given and required <= given.keys():
        yield _measure(kg, query, {name: _written(kg, term) for name, term in given.items()}, repeat)


def first_row(kg: KnowledgeGraph, query: StoredQuery) -> Mapping[str, Any]:
    """Return the first row of a query by column; nothing where there is none."""
    selection = kg.store.select(query.text)
    row = next(selection.rows, ())
    return dict(zip(selection.columns, row, strict=False))


def _written(kg: KnowledgeGraph, term: NamedNode | BlankNode | Literal) -> str:
    """Return a term as a user writes it: the English name of an entity."""
    return kg.name(term) if isinstance(term, NamedNode) and term.value.startswith(ID.base) else term.value


def _measure(kg: KnowledgeGraph, query: StoredQuery, values: Mapping[str, Any], repeat: int) -> Measure:
    assert isinstance(kg.store, MemoryStore)
    engine, terms = kg.store.engine, _bound(kg, query, values)
    rows = len(run(kg.store, query, values))
    api, bare = _turns(lambda: run(kg.store, query, values), lambda: _asked(engine, query, terms), repeat)
    return Measure(query.name, tuple(values), rows, api, bare)


def _bound(kg: KnowledgeGraph, query: StoredQuery, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the one term of each variable."""
    return {name: terms[0] for name, terms in bind(kg.store, query, values).items()}


def _asked(engine: Engine, query: StoredQuery, terms: Mapping[str, Any]) -> list[Any]:
    bound = {Variable(name): term for name, term in terms.items()}
    options: dict[str, Any] = {"use_default_graph_as_union": True, "substitutions": bound}
    answer: Any = engine.query(query.text, prefixes=PREFIXES, **options)
    return list(answer)


def _turns(one: Callable[[], object], other: Callable[[], object], repeat: int) -> tuple[float, float]:
    """Return the medians of two functions that run in turns, in milliseconds."""
    times: list[tuple[float, float]] = []
    start = time.perf_counter()
    while len(times) < repeat and (not times or time.perf_counter() - start < _TIRED):
        pair = (_seconds(one), _seconds(other)) if len(times) % 2 else (_seconds(other), _seconds(one))[::-1]
        times.append(pair)
    first, second = (median(column) * 1000 for column in zip(*times, strict=True))
    return first, second


def _seconds(function: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


_HEAD: Final = """# Stored queries beside the bare engine

Each stored query through `kg.query`, and the same SPARQL with the same terms given to pyoxigraph's store,
over a synthetic corridor in memory. Medians of milliseconds of five runs in turns (fewer where a query
takes seconds). `python -m benchmarks.queries --write` makes this page. Where a value is the name of an
entity, the API first finds who bears it: about a millisecond, which shows where the query takes less.

"""


def table(measures: list[Measure], size: int) -> str:
    """Return measures as a table, with what they come to."""
    lines = [
        "| query | with | rows | API, ms | engine, ms | ratio |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for each in measures:
        cells = (each.name, ", ".join(each.values), f"{each.rows:,}", f"{each.api:.2f}", f"{each.engine:.2f}")
        lines.append(f"| {' | '.join(cells)} | {each.ratio:.2f} |")
    ratios = [each.ratio for each in measures]
    total = sum(each.api for each in measures) / sum(each.engine for each in measures)
    summary = (
        f"{len(measures)} measures at {size:,} triples. Ratio: median {median(ratios):.2f}, geometric mean "
        f"{geometric_mean(ratios):.2f}, most {max(ratios):.2f}; of all times added up {total:.2f}."
    )
    return "\n".join([summary, "", *lines, ""])


if __name__ == "__main__":
    main()
