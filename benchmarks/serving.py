"""The server beside Oxigraph's own, on the same store, with the same clients, one after the other.

Goes in: how many clients, and how often. Comes out: a table on standard output: requests a second and
milliseconds for stored queries, cheap and medium; with `--write` the first part of
`docs/serving-benchmark.md`. Pages are measured by `benchmarks.pages`. Our server is asked for stored
queries by name with a thing's CURIE, Oxigraph's for the same SPARQL, which begins with its IRI as data;
both give the same number of rows. Each query is asked once of each thing that it may be asked of, those of
one half when the other half is answered: nothing is answered from what was kept. What is asked again stands
in a line of its own. The processor's time is that of all processes of a server, for each request: it tells
two servers apart on a busy machine, too.

    python -m benchmarks.serving --write
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote, urlencode

from benchmarks.serving_client import Outcome, get, load, percentile
from benchmarks.serving_servers import Server, ours, oxigraph
from benchmarks.serving_write import replace_part
from g60kg import KnowledgeGraph
from g60kg.errors import QueryError
from g60kg.query import bind
from g60kg.store.lexer import used_prefixes
from g60kg.terms import curie

JSON: Final = "application/sparql-results+json"
CHEAP: Final = {"cooperation": "entity", "distinctions": "entity", "names": "entity", "located-in": "entity"}
MEDIUM: Final = {"inferred-facts": "entity", "said-of": "entity", "things-of-kind": "kind"}
"""Stored queries, each with the parameter that is given all things in turn."""
_WHERE: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_THINGS: Final = "SELECT DISTINCT ?thing { ?thing skos:prefLabel ?name } ORDER BY ?thing"
_KINDS: Final = "SELECT DISTINCT ?kind { ?kind a owl:Class ; rdfs:isDefinedBy ?ontology } ORDER BY ?kind"


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured of one kind of request at one server."""

    what: str
    server: str
    rate: float
    median: float
    p99: float
    work: float
    statuses: frozenset[int]


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Compare the server with Oxigraph's own.")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--runs", type=int, default=5, help="of each; the median counts")
    parser.add_argument("--write", action="store_true", help="write the part of docs/serving-benchmark.md")
    asked = parser.parse_args()
    with TemporaryDirectory() as room:
        store = Path(room) / "store"
        KnowledgeGraph.build(store, validate=False)
        text = measured(store, asked.clients, asked.runs)
    print(text)
    if asked.write:
        replace_part("serving", text)


def measured(store: Path, clients: int, runs: int, most: int | None = None) -> str:
    """Return the table; `most` bounds the number of requests."""
    kg = KnowledgeGraph.open(store)
    kinds = {"cheap": questions(kg, CHEAP, most)[:most], "medium": questions(kg, MEDIUM, most)[:most]}
    lines: list[Line] = []
    for _ in range(runs):
        for what, asked in kinds.items():
            own = [get(f"/queries/{name}?{urlencode(values)}", Accept=JSON) for name, values in asked]
            other = [get(f"/query?query={quote(_sparql(kg, *each))}", Accept=JSON) for each in asked]
            with oxigraph(store) as them:
                lines.append(line(what, them, other, clients))
                rows = rows_of(them, other)
            with ours(store) as us:
                lines.append(line(what, us, own, clients))
                lines.append(line(f"{what}, again", us, own, clients))
                assert rows == rows_of(us, own)
    return "\n".join(table(lines))


def questions(
    kg: KnowledgeGraph, queries: Mapping[str, str], most: int | None = None
) -> list[tuple[str, dict[str, str]]]:
    """Return each query with each value of its parameter, or with so many of them, the queries in turn."""
    found = []
    for name, parameter in queries.items():
        text = _KINDS if parameter == "kind" else _THINGS
        values = [{parameter: curie(str(row[0])[1:-1])} for row in kg.store.select(text).rows][:most]
        found.append([(name, value) for value in values if _may(kg, name, value)])
    return [each for turn in zip_longest(*found) for each in turn if each is not None]


def _may(kg: KnowledgeGraph, name: str, values: dict[str, str]) -> bool:
    """Whether a query may be asked with these values."""
    try:
        return bool(bind(kg.store, kg.catalogue[name], values))
    except QueryError:
        return False


def line(what: str, server: Server, requests: Sequence[bytes], clients: int) -> Line:
    """Measure one kind of request at one server: those of one half, when it has answered the other half."""
    load(server.url, requests[::2], len(requests[::2]), clients, lambda _: None)
    server.settle()
    requests = requests[1::2]
    found: list[Outcome] = []
    before = server.work()
    took = load(server.url, requests, len(requests), clients, found.append)
    work = (server.work() - before) / len(requests)
    times = [each.seconds for each in found]
    statuses = frozenset(each.status for each in found)
    return Line(
        what, server.name, len(requests) / took, median(times), percentile(times, 0.99), work, statuses
    )


def _sparql(kg: KnowledgeGraph, name: str, values: dict[str, str]) -> str:
    """Return a stored query with its prefixes, and its values as data where its pattern begins."""
    query = kg.catalogue[name]
    bindings = {name: each[0] for name, each in bind(kg.store, query, values).items()}
    names, terms = " ".join(f"?{name}" for name in bindings), " ".join(map(str, bindings.values()))
    text = query.sparql
    prefixes = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in used_prefixes(text).items())
    return prefixes + _WHERE.sub(rf"\g<0> VALUES ({names}) {{ ({terms}) }}", text, count=1)


def rows_of(server: Server, requests: Sequence[bytes]) -> list[int]:
    """Return how many rows a server gives to some of the requests."""
    some = requests[:: max(1, len(requests) // 50)]
    return [len(json.loads(each.body)["results"]["bindings"]) for each in _alone(server.url, some)]


_HEAD: Final = (
    "| stored queries | server | requests a second | ratio | median | p99 | p99 : median | processor |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


def table(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the table of stored queries; the ratio is that of the rates, ours to the other."""
    yield from _HEAD
    of: dict[tuple[str, str], list[Line]] = {}
    for each in lines:
        assert each.statuses == {200}, each
        of.setdefault((each.what, each.server), []).append(each)
    for (what, server), found in of.items():
        rate, middle, p99, work = (
            median(getattr(each, name) for each in found) for name in ("rate", "median", "p99", "work")
        )
        other = of.get((what, "oxigraph serve"), found)
        ratio = f"{rate / median(each.rate for each in other):.2f}" if other is not found else ""
        yield (
            f"| {what} | `{server}` | {rate:,.0f} | {ratio} | {middle * 1e3:.1f} ms | {p99 * 1e3:.1f} ms "
            f"| {p99 / middle:.1f} | {work * 1e3:.2f} ms |"
        )


def _alone(url: str, requests: Sequence[bytes]) -> list[Outcome]:
    found: list[Outcome] = []
    load(url, requests, len(requests), 1, found.append)
    assert {each.status for each in found} == {200}, requests[0]
    return found


if __name__ == "__main__":
    main()
