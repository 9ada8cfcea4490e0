"""An hour's worth of requests, mixed, with hostile ones among them: does anything grow, get lost or go wrong?

Goes in: how many requests and clients. Comes out: on standard output what became of each kind of request, and
the memory of the server at each tenth of the way; exit status 1 where a request was lost or answered wrongly,
or where the memory of the front grew. What is right is known beforehand: each harmless request is asked
alone, and must be answered the same ever after (or 503, busy); each hostile one has the statuses it may get.

    python -m benchmarks.serving_load --requests 100000 --write
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from benchmarks.serving import JSON
from benchmarks.serving_client import Outcome, get, load, percentile
from benchmarks.serving_servers import Server, ours
from benchmarks.serving_write import replace_part
from g60kg import KnowledgeGraph

_QUERIES: Final = (
    "candidates",
    "classes-in-use",
    "cooperation?entity=Songjiang",
    "layers",
    "member-cities?phase=version+2.0",
    "most-said-of",
    "names?entity=Songjiang&language=zh",
    "regions-in-themselves",
)
_PAGES: Final = ("/", "/page/songjiang", "/articles/2023-07-11-g60-corridor", "/queries", "/search?q=zhou")
_ENDLESS: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_PATHS: Final = "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?b (!<x:x>|^!<x:x>)* ?c }"
_MILLION: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"
_SERVICE: Final = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }"
_BUSY: Final = frozenset({503})
_GROWTH: Final = 1.3
"""How much larger the front may be at the end than at the first tenth."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: what is sent, its share of all, and the statuses it may get; none: its own."""

    name: str
    requests: tuple[bytes, ...]
    share: float
    statuses: frozenset[int] = frozenset()


@dataclass(slots=True)
class Tally:
    """What became of the requests."""

    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    memory: list[tuple[float, float, int]] = field(default_factory=list)


def kinds() -> tuple[Kind, ...]:
    """Return the kinds of requests."""
    stored = tuple(get(f"/queries/{query}", Accept=JSON) for query in _QUERIES)
    pages = tuple(
        get(path, Accept="text/html", Accept_Language=tongue) for path in _PAGES for tongue in ("en", "zh")
    )
    plain = tuple(sparql(f"SELECT ?s {{ ?s a ?t }} LIMIT {n}") for n in range(1, 40))
    broken = (get("/id/%zz"), get("/x" * 50), get("/queries/none"), sparql("SELECT * {"), sparql(_SERVICE))
    return (
        Kind("stored queries", stored, 0.45),
        Kind("pages", pages, 0.25),
        Kind("SPARQL", plain, 0.2),
        Kind("broken", broken, 0.09),
        Kind("a million rows", (sparql(_MILLION),), 0.001, frozenset({422, 504}) | _BUSY),
        Kind("endless", (sparql(_ENDLESS), sparql(_PATHS)), 0.001, frozenset({504}) | _BUSY),
    )


def sparql(query: str) -> bytes:
    """Return a request for a SPARQL query."""
    return get(f"/sparql?query={quote(query)}", Accept=JSON)


def main() -> None:
    """Send what the command line asks for, and say what became of it."""
    parser = argparse.ArgumentParser(description="Load the server with mixed and hostile requests.")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--query-seconds", type=float, default=4, help="endless queries end sooner")
    parser.add_argument("--write", action="store_true", help="write the part of docs/serving-benchmark.md")
    asked = parser.parse_args()
    with TemporaryDirectory() as room:
        KnowledgeGraph.build(store := Path(room) / "store", validate=False)
        with ours(store, "--query-seconds", str(asked.query_seconds)) as server:
            tally = loaded(server, asked.requests, asked.clients)
    text = "\n".join(report(tally))
    print(text)
    if asked.write:
        replace_part("serving-load", text)
    sys.exit(bool(tally.wrong) or grown(tally))


def loaded(server: Server, count: int, clients: int) -> Tally:
    """Send the requests, in tenths, and look at the memory after each."""
    known = {each: expected(server, each) for kind in kinds() if not kind.statuses for each in kind.requests}
    tally = Tally()
    dice = random.Random(60)
    for _ in range(10):
        chosen = list(mixed(dice, count // 10))

        def told(found: Outcome, chosen: Sequence[tuple[Kind, bytes]] = chosen) -> None:
            kind, request = chosen[found.number]
            judge(tally, kind, request, found, known)

        load(server.url, [request for _, request in chosen], len(chosen), clients, told)
        tally.memory.append(server.memory())
    return tally


def mixed(dice: random.Random, count: int) -> Iterator[tuple[Kind, bytes]]:
    """Yield requests of all kinds, by their shares."""
    all_kinds = kinds()
    for kind in dice.choices(all_kinds, [each.share for each in all_kinds], k=count):
        yield kind, dice.choice(kind.requests)


def expected(server: Server, request: bytes) -> tuple[int, bytes]:
    """Return the answer of a harmless request, asked for alone."""
    found: list[Outcome] = []
    load(server.url, [request], 1, 1, found.append)
    return found[0].status, found[0].body


def judge(
    tally: Tally, kind: Kind, request: bytes, found: Outcome, known: Mapping[bytes, tuple[int, bytes]]
) -> None:
    """Count an answer, and note one that is wrong."""
    tally.statuses.setdefault(kind.name, Counter())[found.status] += 1
    tally.seconds.setdefault(kind.name, []).append(found.seconds)
    right = found.status in kind.statuses if kind.statuses else (found.status, found.body) == known[request]
    if not right and found.status not in _BUSY:
        tally.wrong.append(f"{kind.name}: {found.status} for {request[:100]!r}: {found.body[:100]!r}")


def grown(tally: Tally) -> bool:
    """Whether the front has grown since the first tenth."""
    return tally.memory[-1][0] > tally.memory[0][0] * _GROWTH


def report(tally: Tally) -> Iterator[str]:
    """Yield what became of the requests, as Markdown."""
    yield "| requests | answers | median | p99 |"
    yield "| --- | --- | --- | --- |"
    for name, statuses in tally.statuses.items():
        said = ", ".join(f"{number:,} × {status or 'lost'}" for status, number in sorted(statuses.items()))
        middle, p99 = (percentile(tally.seconds[name], share) * 1e3 for share in (0.5, 0.99))
        yield f"| {name} | {said} | {middle:.0f} ms | {p99:.0f} ms |"
    yield ""
    yield "| memory after | front | largest worker | workers |"
    yield "| --- | --- | --- | --- |"
    for tenth, (front, worker, number) in enumerate(tally.memory, 1):
        yield f"| {tenth * 10} % | {front / 1e6:.0f} MB | {worker / 1e6:.0f} MB | {number} |"
    yield ""
    yield f"Lost or answered wrongly: {len(tally.wrong)}."
    yield from tally.wrong[:10]


if __name__ == "__main__":
    main()
