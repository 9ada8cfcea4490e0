"""The server beside Oxigraph's own, on the same store, with the same clients, one after the other.

Goes in: how many clients, and for how long. Comes out: tables on standard output: requests a second and
milliseconds for stored queries, cheap and medium, and of the pages; with `--write` the first part of
`docs/serving-benchmark.md`. Our server is asked for a stored query by its name with the names of things,
Oxigraph's for the same SPARQL with the things' IRIs; both give the same number of rows. Ours keeps no answers
meanwhile (`--cache-bytes 0`); how quick those are that it kept stands in a line of its own. The processor's
time is that of all processes of the server, for each request: it tells two servers apart on a busy machine.

    python -m benchmarks.serving --write
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote, urlencode

from benchmarks.serving_client import Outcome, get, load, percentile
from benchmarks.serving_servers import Server, ours, oxigraph
from benchmarks.serving_write import replace_part
from g60kg import KnowledgeGraph
from g60kg.query import bind
from g60kg.store.bind import bindable
from g60kg.terms import PREFIXES

JSON: Final = "application/sparql-results+json"
CHEAP: Final[dict[str, dict[str, str]]] = {
    "cooperation": {"entity": "Songjiang"},
    "member-cities": {"phase": "version 2.0"},
    "names": {"entity": "Songjiang", "language": "zh"},
    "projects-by-investor": {"investor": "Wuhu"},
    "regions-in-themselves": {},
}
MEDIUM: Final[dict[str, dict[str, str]]] = {
    "candidates": {},
    "classes-in-use": {},
    "facts-with-several-sources": {},
    "layers": {},
    "most-said-of": {},
}
PAGES: Final = ("/", "/page/songjiang", "/articles/2023-07-11-g60-corridor", "/queries", "/search?text=zhou")


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
    parser.add_argument("--seconds", type=float, default=5, help="about how long each measure takes")
    parser.add_argument("--runs", type=int, default=3, help="of each; the median counts")
    parser.add_argument("--write", action="store_true", help="write the part of docs/serving-benchmark.md")
    asked = parser.parse_args()
    with TemporaryDirectory() as room:
        store = Path(room) / "store"
        KnowledgeGraph.build(store, validate=False)
        text = measured(store, asked.clients, asked.seconds, asked.runs)
    print(text)
    if asked.write:
        replace_part("serving", text)


def measured(store: Path, clients: int, seconds: float, runs: int) -> str:
    """Return all tables."""
    lines: list[Line] = []
    with ours(store, "--cache-bytes", "0") as us, oxigraph(store) as them:
        for what, queries in (("cheap", CHEAP), ("medium", MEDIUM)):
            own = [get(path_of(*each), Accept=JSON) for each in queries.items()]
            other = oxigraph_requests(store, queries)
            check_same(us, own, them, other)
            for _ in range(runs):
                lines.append(line(what, us, own, clients, seconds))
                lines.append(line(what, them, other, clients, seconds))
        shown = list(pages(us.url))
    with ours(store) as us:
        kept = [get(path_of(*each), Accept=JSON) for each in (CHEAP | MEDIUM).items()]
        lines += [line("kept", us, kept, clients, seconds) for _ in range(runs)]
    return "\n".join((*table(lines), "", *shown))


def line(what: str, server: Server, requests: Sequence[bytes], clients: int, seconds: float) -> Line:
    """Measure one kind of request at one server: first how fast about, then so many as take the time."""
    trial = clients * 4
    count = max(trial, int(trial / load(server.url, requests, trial, clients, lambda _: None) * seconds))
    found: list[Outcome] = []
    before = server.work()
    took = load(server.url, requests, count, clients, found.append)
    work = (server.work() - before) / count
    times = [each.seconds for each in found]
    statuses = frozenset(each.status for each in found)
    return Line(what, server.name, count / took, median(times), percentile(times, 0.99), work, statuses)


def path_of(name: str, values: Mapping[str, object]) -> str:
    """Return the address of a stored query with values."""
    return f"/queries/{name}?{urlencode(values)}"


def oxigraph_requests(store: Path, queries: Mapping[str, dict[str, str]]) -> list[bytes]:
    """Return requests to Oxigraph for the same SPARQL, with the terms in its text."""
    kg = KnowledgeGraph.open(store)
    return [get(f"/query?query={quote(_sparql(kg, *each))}", Accept=JSON) for each in queries.items()]


def _sparql(kg: KnowledgeGraph, name: str, values: dict[str, str]) -> str:
    """Return a stored query with its prefixes, and its values as data."""
    query = kg.catalogue[name]
    bindings = bind(kg.store, query, values)
    prefixes = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
    text = bindable(query.text, bindings).text
    names, terms = " ".join(f"?{name}" for name in bindings), " ".join(map(str, bindings.values()))
    return prefixes + text + (f"\nVALUES ({names}) {{ ({terms}) }}" if bindings else "")


def check_same(us: Server, own: Sequence[bytes], them: Server, other: Sequence[bytes]) -> None:
    """Check that both servers give as many rows to each request."""
    mine, theirs = (
        [len(json.loads(each.body)["results"]["bindings"]) for each in _alone(server.url, requests)]
        for server, requests in ((us, own), (them, other))
    )
    assert mine == theirs, (mine, theirs)


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


def pages(url: str) -> Iterator[str]:
    """Yield the table of pages: in what time the server answers one client, and how large they are."""
    yield "| page | median | size | compressed |"
    yield "| --- | --- | --- | --- |"
    for path in PAGES:
        plain = _alone(url, [get(path, Accept="text/html")] * 20)
        packed = _alone(url, [get(path, Accept="text/html", Accept_Encoding="gzip")])
        middle = median(each.seconds for each in plain)
        sizes = len(plain[0].body) / 1024, len(packed[0].body) / 1024
        yield f"| `{path}` | {middle * 1e3:.1f} ms | {sizes[0]:.0f} KB | {sizes[1]:.0f} KB |"


def _alone(url: str, requests: Sequence[bytes]) -> list[Outcome]:
    found: list[Outcome] = []
    load(url, requests, len(requests), 1, found.append)
    assert {each.status for each in found} == {200}, requests[0]
    return found


if __name__ == "__main__":
    main()
